import type { Case } from './cases.ts';
import { ada, adas, adasLink, leaver, tell } from './cases.ts';
import { account, link, person, stranger } from './people.ts';

const conflicts: readonly Case[] = [
  {
    name: 'two accounts with the same e-mail are disputed',
    people: [ada],
    accounts: [stranger('ada'), stranger('bob', { email: 'ADA@example.com' })],
    says: [
      'acc-ada is orphan (nobody of the source has this account)',
      'acc-bob is orphan (nobody of the source has this account)',
      'ada is disputed! (match[0]: 2 accounts match)',
    ],
  },
  {
    name: "an account that carries somebody else's id is disputed",
    people: [ada],
    accounts: [account('bob', { email: 'ada@example.com' })],
    says: ['ada is disputed! (match[0]: the account\'s identity attribute "hris_id" holds another value)'],
  },
  {
    name: "a linked account that got somebody else's id is disputed",
    people: [ada],
    accounts: [account('ada', { hris_id: 'bob' })],
    links: [adasLink],
    says: ['ada is disputed! (identity attribute "hris_id" holds another value)'],
  },
  {
    name: 'two people who match one account are both held out',
    people: [ada, person('bob', { email: 'ada@example.com' })],
    accounts: [stranger('ada')],
    says: [
      'ada is collision! (collision: several people stand for this account)',
      'bob is collision! (collision: several people stand for this account)',
    ],
  },
  {
    name: 'two people who are linked to one account are both held out',
    people: [ada, person('bob')],
    accounts: [adas],
    links: [adasLink, link('bob', { accountId: 'acc-ada' })],
    says: [
      'ada is collision! (collision: several people stand for this account)',
      'bob is collision! (collision: several people stand for this account)',
    ],
  },
  {
    name: 'an account of another sync is foreign and no second one is made',
    people: [ada],
    accounts: [stranger('ada')],
    owners: { 'acc-ada': { sync: 'interns', personId: 'x' } },
    says: ['ada is foreign! (match[0]: the account belongs to sync "interns")'],
  },
  {
    name: 'an account outside the scope is foreign and no second one is made',
    people: [ada],
    accounts: [stranger('ada', {}, { outside: true })],
    says: ['ada is foreign! (match[0]: the account is outside the scope of this sync)'],
  },
  {
    name: 'a linked account that was moved outside the scope is left alone',
    people: [leaver],
    accounts: [account('ada', {}, { outside: true })],
    links: [adasLink],
    says: ['ada is left (left: last day was 2026-11-20)'],
  },
  {
    name: "somebody else's linked account is not taken by an e-mail",
    people: [ada, person('bob', { email: 'ada@example.com', first_name: 'ADA' })],
    accounts: [adas],
    links: [adasLink],
    says: ['bob is foreign! (match[0]: the account belongs to person ada)'],
  },
  {
    name: "a leaver's former account is not taken by an e-mail",
    people: [person('bob', { email: 'ada@example.com' })],
    accounts: [stranger('ada')],
    links: [link('ada', { state: 'tombstone', ended: 'left' })],
    says: ['bob is foreign! (match[0]: the account belonged to person ada)'],
  },
  {
    name: 'whose a former account was does not depend on the order in which the store lists people',
    people: [person('carl', { email: 'ada@example.com' })],
    accounts: [stranger('ada')],
    links: ['bob', 'ada'].map((id) => link(id, { accountId: 'acc-ada', state: 'tombstone', ended: 'left' })),
    says: ['carl is foreign! (match[0]: the account belonged to person bob)'],
  },
  {
    name: 'a protected account is never touched, linked or matched',
    people: [leaver, person('bob')],
    accounts: [account('ada', {}, { protected: true }), stranger('bob', { role: 'admin' })],
    links: [adasLink],
    sync: { protect: [{ attribute: 'role', values: ['admin'] }] },
    says: [
      'ada is protected (the linked account is protected)',
      'bob is protected (the account is protected)',
    ],
  },
  {
    name: 'accounts without a person are reported, protected ones by that name, those outside not at all',
    accounts: [
      stranger('x'),
      stranger('root', {}, { protected: true }),
      stranger('y', {}, { outside: true }),
    ],
    says: [
      'acc-root is protected (the account is protected)',
      'acc-x is orphan (nobody of the source has this account)',
    ],
  },
];

tell(conflicts);
