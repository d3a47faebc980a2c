import type { Case } from './cases.ts';
import { inSales, adas, adasLink, leaver, tell } from './cases.ts';
import { account, link, person, stranger } from './people.ts';
import { withThen } from './specs.ts';

const leaving: readonly Case[] = [
  {
    name: 'who has left is disabled when the last day is over',
    people: [leaver],
    accounts: [adas],
    links: [adasLink],
    changes: ['disable ada (left: last day was 2026-11-20)'],
    says: ['ada is left (left: last day was 2026-11-20)'],
  },
  {
    name: 'on the last day itself nobody is locked out',
    people: [person('ada', { lastDay: '2026-11-22', status: 'inactive' })],
    accounts: [adas],
    links: [adasLink],
    says: [],
  },
  {
    name: 'the last day ends in the time zone of the person',
    people: [
      person('ada', { lastDay: '2026-11-22', zone: 'Pacific/Kiritimati' }),
      person('bob', { lastDay: '2026-11-22' }),
    ],
    accounts: [adas, account('bob')],
    links: [adasLink, link('bob')],
    changes: ['disable ada (left: last day was 2026-11-22)'],
    says: ['ada is left (left: last day was 2026-11-22)'],
  },
  {
    name: 'a status that says so waits for a last day still to come',
    people: [person('ada', { status: 'inactive', lastDay: '2026-12-31' })],
    accounts: [adas],
    links: [adasLink],
    says: [],
  },
  {
    name: 'immediately means that it does not wait',
    people: [person('ada', { status: 'inactive', lastDay: '2026-12-31' })],
    accounts: [adas],
    links: [adasLink],
    sync: {
      ...withThen({ left: 'immediately' }),
    },
    changes: ['disable ada (left: the status says so)'],
    says: ['ada is left (left: the status says so)'],
  },
  {
    name: 'keep keeps the account of who has left',
    people: [leaver],
    accounts: [adas],
    links: [adasLink],
    sync: {
      ...withThen({ left: 'keep' }),
    },
    says: ['ada is left (left: last day was 2026-11-20)'],
  },
  {
    name: 'a last day before the start belongs to an earlier employment',
    people: [person('ada', { lastDay: '2020-01-31', starts: '2024-01-01' })],
    accounts: [adas],
    links: [adasLink],
    says: [],
  },
  {
    name: 'a record that the source reports as deleted is a leaver',
    people: [person('ada', {}, { deleted: true })],
    accounts: [adas],
    links: [adasLink],
    changes: ['disable ada (left: deleted in the source)'],
    says: ['ada is left (left: deleted in the source)'],
  },
  {
    name: 'a leaver without an account is counted and left alone',
    people: [leaver],
    says: ['ada is left (left: last day was 2026-11-20)'],
  },
  {
    name: 'a leaver whose account is found for the first time is linked and disabled in one change',
    people: [leaver],
    accounts: [stranger('ada')],
    changes: ['disable ada and link (left: last day was 2026-11-20)'],
    says: ['ada is left (left: last day was 2026-11-20)'],
  },
  {
    name: 'a partial pass does not disable an account that is only matched',
    people: [leaver],
    accounts: [stranger('ada')],
    only: ['ada'],
    says: ['ada is left (left: last day was 2026-11-20; not linked yet: a full pass decides)'],
  },
  {
    name: 'a partial pass disables the linked account of who has left',
    people: [leaver],
    accounts: [adas],
    links: [adasLink],
    only: ['ada'],
    changes: ['disable ada (left: last day was 2026-11-20)'],
    says: ['ada is left (left: last day was 2026-11-20)'],
  },
  {
    name: 'a leaver gives way to somebody who is here and matches the same account',
    people: [leaver, person('ada2', { email: 'ada@example.com', first_name: 'ADA' })],
    accounts: [stranger('ada')],
    changes: ['adopt ada2 (matched by match[0]; hris_id)'],
    says: [
      'ada is left! (left: last day was 2026-11-20; somebody who has not left matches the same account)',
      'ada2 is unlinked (matched by match[0])',
    ],
  },
  {
    name: 'a leaver whose account says whose it is gives way to nobody who only has the address',
    people: [leaver, person('ada2', { email: 'ada@example.com' })],
    accounts: [stranger('ada', { hris_id: 'ada' })],
    changes: ['disable ada and link (left: last day was 2026-11-20)'],
    says: [
      'ada is left (left: last day was 2026-11-20)',
      'ada2 is disputed! (match[0]: the account\'s identity attribute "hris_id" holds another value)',
    ],
  },
  {
    name: 'a leaver whose account says whose it is gives way to nobody out of scope either',
    people: [leaver, person('ada2', { email: 'ada@example.com', department: 'Legal' })],
    accounts: [stranger('ada', { hris_id: 'ada' })],
    sync: inSales,
    changes: ['disable ada and link (left: last day was 2026-11-20)'],
    says: [
      'ada is left (left: last day was 2026-11-20)',
      'ada2 is outOfScope (out of scope: who[0] is false)',
    ],
  },
  {
    name: 'a leaver gives way to somebody out of scope as well, who still works here',
    people: [leaver, person('ada2', { email: 'ada@example.com', department: 'Legal' })],
    accounts: [stranger('ada')],
    sync: inSales,
    says: [
      'ada is left! (left: last day was 2026-11-20; somebody who has not left matches the same account)',
      'ada2 is outOfScope (out of scope: who[0] is false)',
    ],
  },
  {
    name: 'a leaver goes although an attribute cannot be computed',
    people: [person('ada', { lastDay: '2026-11-20', email: undefined, first_name: '!broken' })],
    accounts: [adas],
    links: [adasLink],
    changes: ['disable ada (left: last day was 2026-11-20)'],
    says: ['ada is left (left: last day was 2026-11-20)'],
  },
  {
    name: 'a termination wins over a clause that is false and over a status that is absent',
    people: [person('ada', { lastDay: '2026-11-20', department: 'Legal', status: undefined })],
    accounts: [adas],
    links: [adasLink],
    sync: inSales,
    changes: ['disable ada (left: last day was 2026-11-20)'],
    says: ['ada is left (left: last day was 2026-11-20)'],
  },
  {
    name: 'a leaver whom we disabled stays disabled without a further change',
    people: [leaver],
    accounts: [account('ada', {}, { active: false })],
    links: [link('ada', { state: 'tombstone', ended: 'left' })],
    says: ['ada is left (left: last day was 2026-11-20)'],
  },
  {
    name: 'a leaver whose account somebody enabled again is disabled again',
    people: [leaver],
    accounts: [adas],
    links: [link('ada', { state: 'tombstone', ended: 'left' })],
    changes: ['disable ada (left: the account was enabled again)'],
    says: ['ada is left! (left: the account was enabled again)'],
  },
];

tell(leaving);
