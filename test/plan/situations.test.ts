import { expect, test } from 'vitest';
import type { Situation } from './people.ts';
import { account, clause, day, isOneOf, link, noon, person, stranger, withThen } from './people.ts';
import { planFor, summarize } from './summary.ts';

interface Case extends Situation {
  readonly name: string;
  readonly changes?: readonly string[];
  readonly says: readonly string[];
}

const inSales = { who: [clause('who[0]', isOneOf('department', 'Sales'))] };
const ada = person('ada');
const adas = account('ada');
const adasLink = link('ada');
const leaver = person('ada', { lastDay: '2026-11-20' });

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
    name: 'a match that finds only a deactivated account makes no second one',
    people: [ada],
    accounts: [stranger('ada', {}, { active: false })],
    says: [
      'acc-ada is orphan (nobody of the source has this account)',
      'ada is failed! (match[0]: the matched account is deactivated)',
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
  {
    name: 'who comes back after leaving waits for a person',
    people: [ada],
    accounts: [account('ada', {}, { active: false })],
    links: [link('ada', { state: 'tombstone', ended: 'left' })],
    says: ['ada is returned! (returned: here again after the account was given up (left))'],
  },
];

const absent = { accounts: [adas], now: noon } as const;
const tenDaysAgo = noon - 10 * day;
const vanishedPolicy = (then: 'hold' | 'disable' | 'keep'): Situation['sync'] => ({
  ...withThen({ vanished: then }),
});
const over = 'vanished: absent from the source beyond the time allowed';

const vanishing: readonly Case[] = [
  {
    ...absent,
    name: 'absence is not leaving',
    links: [adasLink],
    says: ['ada is vanished! (vanished: absent from the source)'],
  },
  {
    ...absent,
    name: 'after the time allowed and a second reading the disable is planned, for the guard to hold',
    links: [link('ada', { absentReads: 1, absentSince: tenDaysAgo })],
    changes: [`disable ada (${over})`],
    says: [`ada is vanished! (${over})`],
  },
  {
    ...absent,
    name: 'vanished: keep does nothing',
    sync: vanishedPolicy('keep'),
    links: [link('ada', { absentReads: 2, absentSince: tenDaysAgo })],
    says: [`ada is vanished! (${over})`],
  },
  {
    ...absent,
    name: 'the same copy of the data read twice proves nothing more',
    links: [link('ada', { absentReads: 1, absentSince: tenDaysAgo })],
    asOf: tenDaysAgo,
    says: ['ada is vanished! (vanished: absent from the source)'],
  },
  {
    ...absent,
    name: 'a partial pass says nothing about who is absent',
    links: [link('ada', { absentReads: 2, absentSince: tenDaysAgo })],
    only: ['bob'],
    says: [],
  },
  {
    name: 'a linked account that is gone once may be back in the next reading',
    people: [ada],
    links: [adasLink],
    says: ['ada is missing (missing: not in this reading, the next one decides)'],
  },
  {
    name: 'a linked account that is gone twice is reported and not made anew',
    people: [ada],
    links: [link('ada', { missingReads: 1 })],
    says: ['ada is missing! (missing: the linked account is gone from the target)'],
  },
  {
    name: 'a reading older than our last write does not count',
    people: [ada],
    links: [link('ada', { missingReads: 1, writtenAt: noon })],
    says: ['ada is missing (missing: the reading is older than our last write)'],
  },
];

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
      'bob is failed! (status: status has a value that the spec does not list)',
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
    says: ['ada is failed! (lastDay: lastDay holds no date)'],
  },
];

test.each([...here, ...conflicts, ...leaving, ...vanishing, ...scoping, ...absence, ...faults])(
  '$name',
  ({ changes = [], says, ...given }) => {
    expect(summarize(planFor(given))).toEqual({ changes, people: says });
  },
);

test('everybody is counted once, wherever they stand', () => {
  const plan = planFor({
    people: [ada, person('bob'), leaver],
    accounts: [adas, stranger('carl')],
    links: [adasLink],
  });
  const { linked, unmatched, orphan } = plan.counts;
  expect({ linked, unmatched, orphan }).toEqual({ linked: 0, unmatched: 1, orphan: 1 });
});

test('absence and return are remembered, and the first absence is told to the guard', () => {
  const first = planFor({ accounts: [adas], links: [adasLink] });
  expect(first.memory).toEqual([{ kind: 'absent', personId: 'ada' }]);
  expect(first.newlyVanished).toEqual(['ada']);
  const back = planFor({
    people: [ada],
    accounts: [adas],
    links: [link('ada', { absentReads: 1, missingReads: 1 })],
  });
  expect(back.memory.map(({ kind }) => kind)).toEqual(['account-seen', 'seen']);
});
