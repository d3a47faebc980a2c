import { expect, test } from 'vitest';
import type { Case } from './cases.ts';
import { ada, adas, adasLink, leaver, tell } from './cases.ts';
import type { Situation } from './people.ts';
import { day, noon } from './columns.ts';
import { account, link, person, stranger } from './people.ts';
import { withThen } from './specs.ts';
import { planFor } from './summary.ts';

const absent = { accounts: [adas], now: noon } as const;
const tenDaysAgo = noon - 10 * day;
const vanishedPolicy = (then: 'hold' | 'disable' | 'delete' | 'keep'): Situation['sync'] => ({
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
    name: 'an enrolment that the source no longer lists is ended there: the second reading and the time allowed have passed',
    sync: { entity: 'enrollment', ...vanishedPolicy('delete') },
    links: [link('ada', { absentReads: 1, absentSince: tenDaysAgo })],
    changes: [`delete ada (${over})`],
    says: [`ada is vanished! (${over})`],
  },
  {
    ...absent,
    name: 'one that the target says is inactive is ended as well',
    sync: { entity: 'enrollment', ...vanishedPolicy('delete') },
    accounts: [account('ada', {}, { active: false })],
    links: [link('ada', { absentReads: 1, absentSince: tenDaysAgo })],
    changes: [`delete ada (${over})`],
    says: [`ada is vanished! (${over})`],
  },
  {
    ...absent,
    name: 'before the time allowed nothing of it is ended',
    sync: { entity: 'enrollment', ...vanishedPolicy('delete') },
    links: [link('ada', { absentReads: 1, absentSince: noon - 2 * day })],
    says: ['ada is vanished! (vanished: absent from the source)'],
  },
  {
    ...absent,
    name: 'nor after one reading that lacks it, however old the last one is',
    sync: { entity: 'enrollment', ...vanishedPolicy('delete') },
    links: [link('ada', { writtenAt: tenDaysAgo })],
    says: ['ada is vanished! (vanished: absent from the source)'],
  },
  {
    ...absent,
    name: 'an upsert ends nothing',
    sync: { entity: 'enrollment', mode: 'upsert', ...vanishedPolicy('delete') },
    links: [link('ada', { absentReads: 1, absentSince: tenDaysAgo })],
    says: [`ada is vanished! (${over}; mode upsert does not delete)`],
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

tell(vanishing);

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
