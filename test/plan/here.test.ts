import type { Case } from './cases.ts';
import { ada, adas, adasLink, tell } from './cases.ts';
import { account, link, person, stranger } from './people.ts';

const here: readonly Case[] = [
  {
    name: 'who is linked and unchanged is counted and not mentioned',
    people: [ada],
    accounts: [adas],
    links: [adasLink],
    says: [],
  },
  {
    name: 'who is here without an account gets one',
    people: [ada],
    changes: ['create ada (no account matches; email, first_name, hris_id)'],
    says: ['ada is unmatched (no account matches)'],
  },
  {
    name: 'an account that matches by e-mail is adopted and marked',
    people: [ada],
    accounts: [stranger('ada')],
    changes: ['adopt ada (matched by match[0]; hris_id)'],
    says: ['ada is unlinked (matched by match[0])'],
  },
  {
    name: 'the identity is found before any rule, also in a deactivated account, which is enabled',
    people: [ada],
    accounts: [
      account('ada', { email: 'old@example.com' }, { active: false }),
      stranger('bob', { email: 'ada@example.com' }),
    ],
    changes: [],
    says: [
      'acc-bob is orphan (nobody of the source has this account)',
      'ada is failed! (attribute "email": another account holds the value)',
    ],
  },
  {
    name: 'a deactivated account with the identity is adopted, then enabled',
    people: [ada],
    accounts: [account('ada', {}, { active: false })],
    changes: ['adopt ada (matched by identity)', 'enable ada (matched by identity)'],
    says: ['ada is unlinked (matched by identity)'],
  },
  {
    name: 'of the deactivated account of somebody who left it is said whose it was, and how it is given to another',
    people: [ada, person('bob', { lastDay: '2026-08-23' })],
    accounts: [account('bob', { email: 'ada@example.com', first_name: 'BOB' }, { active: false })],
    links: [link('bob', { state: 'tombstone', ended: 'left' })],
    says: [
      'ada is failed! (match[0]: e-mail is in use by a deactivated account, that of person bob; say that it is theirs if it is the same person (rosterd links adopt), else free e-mail there)',
      'bob is left (left: last day was 2026-08-23)',
    ],
  },
  {
    name: 'a match that finds only a deactivated account makes no second one',
    people: [ada],
    accounts: [stranger('ada', {}, { active: false })],
    says: [
      'acc-ada is orphan (nobody of the source has this account)',
      'ada is failed! (match[0]: e-mail is in use by a deactivated account; reactivate it and run again if it is the same person, else free e-mail there)',
    ],
  },
  {
    name: 'a linked account that somebody deactivated is enabled again',
    people: [ada],
    accounts: [account('ada', {}, { active: false })],
    links: [adasLink],
    changes: ['enable ada (deactivated in the target)'],
    says: ['ada is linked (deactivated in the target)'],
  },
  {
    name: 'who starts later gets no account yet',
    people: [person('ada', { starts: '2026-12-01' })],
    says: ['ada is unmatched (starts later: 2026-12-01)'],
  },
  {
    name: 'who starts today gets one',
    people: [person('ada', { starts: '2026-11-22' })],
    changes: ['create ada (no account matches; email, first_name, hris_id)'],
    says: ['ada is unmatched (no account matches)'],
  },
  {
    name: 'who is linked and starts later keeps the account, deactivated as it is',
    people: [person('ada', { starts: '2026-12-01' })],
    accounts: [account('ada', {}, { active: false })],
    links: [adasLink],
    says: [],
  },
];

tell(here);
