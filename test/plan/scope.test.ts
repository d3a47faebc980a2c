import type { Case } from './cases.ts';
import { inSales, ada, adas, adasLink, tell } from './cases.ts';
import type { Situation } from './people.ts';
import { account, link, person, stranger } from './people.ts';
import { clause, isOneOf, withThen } from './specs.ts';

const scoping: readonly Case[] = [
  {
    name: 'who is out of scope keeps the account by default',
    people: [person('ada', { department: 'Legal', first_name: 'Other' })],
    accounts: [adas],
    links: [adasLink],
    sync: inSales,
    says: ['ada is outOfScope (out of scope: who[0] is false)'],
  },
  ...(['disable', 'delete'] as const).map((deed) => ({
    name: `who is out of scope loses the account where the spec says ${deed}; strangers never do`,
    people: [person('ada', { department: 'Legal' }), person('bob', { department: 'Legal' })],
    accounts: [adas, stranger('bob')],
    links: [adasLink],
    sync: {
      ...inSales,
      ...withThen({ outOfScope: deed }),
    },
    changes: [`${deed} ada (out of scope: who[0] is false)`],
    says: [
      'acc-bob is orphan (nobody of the source has this account)',
      'ada is outOfScope (out of scope: who[0] is false)',
      'bob is outOfScope (out of scope: who[0] is false)',
    ],
  })),
  {
    name: 'whose clause depends on something absent is neither created nor removed nor updated',
    people: [
      person('ada', { department: undefined, first_name: 'Other' }),
      person('bob', { department: undefined }),
    ],
    accounts: [adas],
    links: [adasLink],
    sync: inSales,
    says: [
      'ada is undecided (who[0] depends on department, which is absent)',
      'bob is undecided (who[0] depends on department, which is absent)',
    ],
  },
  {
    name: 'a clause that is false wins over one that is undecided, and over one that fails',
    people: [
      person('ada', { department: undefined, phone: '1' }),
      person('bob', { department: '!broken', phone: '1' }),
    ],
    sync: { who: [...inSales.who, clause('who[1]', isOneOf('phone', '2'))] },
    says: [
      'ada is outOfScope (out of scope: who[1] is false)',
      'bob is outOfScope (out of scope: who[1] is false)',
    ],
  },
  {
    name: 'a status that is absent is undecided, one that the spec does not list is an error',
    people: [person('ada', { status: undefined }), person('bob', { status: 'sabbatical' })],
    says: [
      'ada is undecided (status depends on status, which is absent)',
      'bob is failed! (status: status (personal) has a value that the spec does not list)',
    ],
  },
  {
    name: 'the status of people out of scope without a link is nobody’s concern',
    people: [person('ada', { status: 'freelance', department: 'Legal' })],
    sync: inSales,
    says: ['ada is outOfScope (out of scope: who[0] is false)'],
  },
];

const withAway = (away: 'keep' | 'disable'): Situation['sync'] => ({
  ...withThen({ away }),
});
const onLeave = person('ada', { status: 'leave', first_name: 'New' });

const absence: readonly Case[] = [
  {
    name: 'who is away keeps the account, and its attributes are kept up',
    people: [onLeave],
    accounts: [account('ada', {}, { active: false })],
    links: [adasLink],
    changes: ['update ada (away: the status says so; differs: first_name)'],
    says: ['ada is away (away: the status says so; differs: first_name)'],
  },
  {
    name: 'away: disable disables',
    people: [onLeave],
    accounts: [adas],
    links: [adasLink],
    sync: withAway('disable'),
    changes: ['disable ada (away: the status says so)'],
    says: ['ada is away (away: the status says so)'],
  },
  {
    name: 'who is away gets no account',
    people: [onLeave],
    says: ['ada is away (away: the status says so)'],
  },
  {
    name: 'who is still away stays disabled',
    people: [onLeave],
    accounts: [account('ada', {}, { active: false })],
    links: [link('ada', { state: 'tombstone', ended: 'away' })],
    says: ['ada is away (away: stays disabled)'],
  },
];

const faults: readonly Case[] = [
  {
    name: 'an id that comes twice stops only those two',
    people: [ada, person('ada', { first_name: 'Eve' }), person('bob')],
    accounts: [account('bob')],
    links: [link('bob')],
    says: ['ada is failed! (the source has this id more than once)'],
  },
  {
    name: 'a faulty record is an error of that person',
    people: [person('ada', { lastDay: '2026-11-20' }, { fault: 'no employment' })],
    accounts: [adas],
    links: [adasLink],
    says: ['ada is failed! (the record is faulty: no employment)'],
  },
  {
    name: 'a faulty record of an account is left alone',
    people: [person('ada', { first_name: 'New' })],
    accounts: [account('ada', {}, { fault: 'no login' })],
    links: [adasLink],
    says: ["ada is failed! (the account's record is faulty: no login)"],
  },
  {
    name: 'a time zone that nobody knows is an error of that person',
    people: [person('ada', { lastDay: '2026-11-20', zone: 'Mars/Base' })],
    accounts: [adas],
    links: [adasLink],
    says: ['ada is failed! (timezone is not a zone that is known here)'],
  },
  {
    name: 'a last day that is none is an error, not a leave',
    people: [person('ada', { lastDay: 'soon' })],
    accounts: [adas],
    links: [adasLink],
    says: ['ada is failed! (lastDay: lastDay (personal) holds no date)'],
  },
];

tell([...scoping, ...absence, ...faults]);
