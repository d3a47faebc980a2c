import { describe, expect, test } from 'vitest';
import type { Row } from '../../src/model/row.ts';
import type { Case } from './cases.ts';
import { ada, adas, adasLink, leaver, tell } from './cases.ts';
import { day, noon } from './columns.ts';
import { account, link, person, stranger } from './people.ts';
import { mapped, reads, withThen } from './specs.ts';
import { planFor } from './summary.ts';

/** As a system hands it over that does not say who is active. */
const unflagged = ({ id, values }: Row): Row => ({ id, values });
const disabled = ['disable ada (left: last day was 2026-11-20)'];
const left = ['ada is left (left: last day was 2026-11-20)'];
const byRole = { protect: [{ attribute: 'login', values: ['Root'] }] };

const cases: readonly Case[] = [
  {
    name: 'a leaver whose account has an odd record goes all the same',
    people: [leaver],
    accounts: [account('ada', {}, { fault: 'no login' })],
    links: [adasLink],
    changes: disabled,
    says: left,
  },
  {
    name: 'a leaver goes also where the system does not say who is active',
    people: [leaver],
    accounts: [unflagged(adas)],
    links: [adasLink],
    changes: disabled,
    says: left,
  },
  {
    name: 'who starts later and has a deactivated account is linked to it, and not let in',
    people: [person('ada', { starts: '2026-12-01' })],
    accounts: [account('ada', {}, { active: false })],
    changes: ['adopt ada (matched by identity)'],
    says: ['ada is unlinked (matched by identity)'],
  },
  {
    name: 'an account is protected in whatever spelling the target hands the value back, also a former one',
    people: [leaver, person('bob', { lastDay: '2026-11-20' })],
    accounts: [
      account('ada', { login: 'root' }),
      account('bob', { login: 'root' }),
      stranger('x', { login: 'root' }),
    ],
    links: [adasLink, link('bob', { state: 'tombstone', ended: 'left' })],
    sync: byRole,
    says: [
      'acc-x is protected (the account is protected)',
      'ada is protected (the linked account is protected)',
      'bob is protected (the former account is protected)',
    ],
  },
  {
    name: 'an account that another sync has for the same person is foreign',
    people: [ada],
    accounts: [stranger('ada')],
    owners: { 'acc-ada': { sync: 'interns', personId: 'ada' } },
    says: ['ada is foreign! (match[0]: the account belongs to sync "interns")'],
  },
  {
    name: 'who has no id is not taken for somebody who has none either',
    people: [person('ada', { login: '', email: undefined })],
    accounts: [stranger('x', { login: '', email: undefined })],
    sync: { identity: [mapped('login', reads('login'))], attributes: [] },
    changes: ['create ada (no account matches; login)'],
    says: [
      'acc-x is orphan (nobody of the source has this account)',
      'ada is unmatched (no account matches)',
    ],
  },
  {
    name: 'who has no id yet does not take an account that carries one',
    people: [ada],
    accounts: [stranger('ada', { login: 'x' })],
    sync: { identity: [mapped('login', reads('login'))] },
    says: ['ada is disputed! (match[0]: the account\'s identity attribute "login" holds another value)'],
  },
  {
    name: 'of three accounts with the same address the only one that can be used is found',
    people: [ada],
    accounts: ['a', 'b', 'c'].map((id) =>
      stranger(id, { email: 'ada@example.com', first_name: 'ADA' }, { active: id === 'c' }),
    ),
    changes: ['adopt ada (matched by match[0]; hris_id)'],
    says: [
      'acc-a is orphan (nobody of the source has this account)',
      'acc-b is orphan (nobody of the source has this account)',
      'ada is unlinked (matched by match[0])',
    ],
  },
  {
    name: 'a rule for any account finds a deactivated one, which is enabled',
    people: [ada],
    accounts: [stranger('ada', {}, { active: false })],
    sync: {
      match: [
        { id: 'match[0]', items: [{ attribute: 'email', expression: reads('email') }], accounts: 'any' },
      ],
    },
    changes: ['adopt ada (matched by match[0]; hris_id)', 'enable ada (matched by match[0])'],
    says: ['ada is unlinked (matched by match[0])'],
  },
  {
    name: 'of two leavers who match one account neither is linked to it',
    people: [leaver, person('bob', { email: 'ada@example.com', lastDay: '2026-11-20' })],
    accounts: [stranger('ada')],
    says: [
      'ada is collision! (collision: several people stand for this account)',
      'bob is collision! (collision: several people stand for this account)',
    ],
  },
  {
    name: 'a leaver gives way to somebody here whose account it may be, among others',
    people: [leaver, person('bob', { email: undefined, login: 'shared' })],
    accounts: [stranger('ada', { login: 'shared' }), stranger('x', { login: 'shared' })],
    sync: {
      attributes: [],
      match: ['email', 'login'].map((name, at) => ({
        id: `match[${at}]`,
        items: [{ attribute: name, expression: reads(name) }],
        accounts: 'active' as const,
      })),
    },
    says: [
      'acc-x is orphan (nobody of the source has this account)',
      'ada is left! (left: last day was 2026-11-20; somebody who has not left matches the same account)',
      'bob is disputed! (match[1]: 2 accounts match)',
    ],
  },
  {
    name: 'an account that two people had, one after the other, is taken from the first one again',
    people: [leaver],
    accounts: [adas],
    links: [
      link('ada', { state: 'tombstone', ended: 'left' }),
      link('bob', { accountId: 'acc-ada', state: 'tombstone', ended: 'left' }),
    ],
    changes: ['disable ada (left: the account was enabled again)'],
    says: ['ada is left! (left: the account was enabled again)'],
  },
  {
    name: 'an account that was read twice with different content is left alone',
    people: [person('ada', { first_name: 'New' })],
    accounts: [adas, account('ada', { first_name: 'Other' })],
    links: [adasLink],
    says: ['ada is failed! (the account was read twice with different content)'],
  },
  {
    name: 'accounts of other syncs, and former accounts, are nobody’s orphans',
    accounts: [account('x'), account('y')],
    links: [link('y', { state: 'tombstone', ended: 'left' })],
    owners: { 'acc-x': { sync: 'interns', personId: 'x' } },
    says: [],
  },
  {
    name: 'who shares an account stands in one place, also when nothing would be done',
    people: [person('ada', { status: undefined }), person('bob')],
    accounts: [adas],
    links: [adasLink, link('bob', { accountId: 'acc-ada' })],
    says: [
      'ada is collision! (collision: several people stand for this account)',
      'bob is collision! (collision: several people stand for this account)',
    ],
  },
];

const over = 'vanished: absent from the source beyond the time allowed';
const absence: readonly Case[] = [
  {
    name: 'who is absent for the first time does not go with somebody who has been for weeks',
    accounts: [adas, account('bob')],
    links: [link('ada', { absentReads: 1, absentSince: noon - 10 * day }), link('bob')],
    changes: [`disable ada (${over})`],
    says: [`ada is vanished! (${over})`, 'bob is vanished! (vanished: absent from the source)'],
  },
  {
    name: 'a source whose clock runs ahead takes nobody away early',
    accounts: [adas],
    links: [link('ada', { absentReads: 1, absentSince: noon - day })],
    asOf: noon + 10 * day,
    says: ['ada is vanished! (vanished: absent from the source)'],
  },
  {
    name: 'the time allowed runs by readings, not while an old list is handed out',
    accounts: [adas],
    links: [link('ada', { absentReads: 1, absentSince: noon - 10 * day })],
    asOf: noon - 9 * day,
    says: ['ada is vanished! (vanished: absent from the source)'],
  },
  {
    name: 'a copy of the list that is read twice is one reading, also where no time is allowed',
    accounts: [adas],
    links: [link('ada', { absentReads: 1, absentSince: noon })],
    sync: withThen({ vanished: 'disable', vanishedAfterMs: 0 }),
    says: ['ada is vanished! (vanished: absent from the source)'],
  },
  {
    name: 'a partial pass changes nobody but whom it is asked for',
    people: [person('ada', { first_name: 'New' }), person('bob', { first_name: 'New' }), person('carl')],
    accounts: [adas, account('bob')],
    links: [adasLink, link('bob')],
    only: ['ada'],
    changes: ['update ada (differs: first_name)'],
    says: ['ada is linked (differs: first_name)'],
  },
  {
    name: 'a partial pass does not say that an account is gone which it did not look for',
    people: [ada],
    links: [link('ada', { missingReads: 1 })],
    only: ['ada'],
    says: ['ada is missing (missing: not looked for in a partial pass)'],
  },
  {
    name: 'who left long ago does not vanish',
    accounts: [account('ada', {}, { active: false })],
    links: [link('ada', { state: 'tombstone', ended: 'left' })],
    says: [],
  },
];

tell([...cases, ...absence]);

describe('the census', () => {
  test('counts each account once, whoever matches it, and none of another scope', () => {
    const { census } = planFor({
      people: [ada, person('bob', { email: 'ada@example.com' })],
      accounts: [adas, stranger('x', {}, { outside: true }), unflagged(stranger('y'))],
      links: [adasLink],
    });
    expect(census).toEqual({ active: 2, strangers: 1 });
  });

  test('takes no account of another sync for a stranger', () => {
    const { census } = planFor({
      people: [ada],
      accounts: [stranger('ada')],
      owners: { 'acc-ada': { sync: 'interns', personId: 'x' } },
    });
    expect(census?.strangers).toBe(0);
  });
});
