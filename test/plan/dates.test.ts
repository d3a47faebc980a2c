import { expect, test } from 'vitest';
import type { Evaluation } from '../../src/expression/expression.ts';
import type { Case } from './cases.ts';
import { ada, adas, adasLink, inSales, tell } from './cases.ts';
import { account, link, person } from './people.ts';
import { clause, isOneOf, reads, sync, withThen } from './specs.ts';
import { planFor, summarize } from './summary.ts';

const adasAccount = { accounts: [adas], links: [adasLink] } as const;
const dates: readonly Case[] = [
  {
    ...adasAccount,
    name: 'who came for one day has left when it is over',
    people: [person('ada', { starts: '2026-11-20', lastDay: '2026-11-20' })],
    changes: ['disable ada (left: last day was 2026-11-20)'],
    says: ['ada is left (left: last day was 2026-11-20)'],
  },
  {
    ...adasAccount,
    name: 'a leaver goes although the start cannot be read',
    people: [person('ada', { status: 'inactive', starts: 'soon' })],
    changes: ['disable ada (left: the status says so)'],
    says: ['ada is left (left: the status says so)'],
  },
  {
    ...adasAccount,
    name: 'who is here is not locked out for an earlier last day because the new start cannot be read',
    people: [person('ada', { lastDay: '2026-11-20', starts: 'soon' })],
    says: ['ada is failed! (starts: starts (personal) holds no date)'],
  },
  {
    ...adasAccount,
    name: 'a last day that is a blank cell is none',
    people: [person('ada', { lastDay: '' })],
    says: [],
  },
  {
    name: 'whose contract is ended before it begins gets no account before the first day',
    people: [person('ada', { status: 'inactive', starts: '2026-12-01', lastDay: '2026-12-31' })],
    says: ['ada is unmatched (starts later: 2026-12-01)'],
  },
  {
    name: 'where everybody lives in one time zone, it is there that the last day ends',
    people: [person('ada', { lastDay: '2026-11-22' })],
    accounts: [adas],
    links: [adasLink],
    sync: { dates: { ...sync().dates, timezone: { constant: 'Pacific/Kiritimati' } } },
    changes: ['disable ada (left: last day was 2026-11-22)'],
    says: ['ada is left (left: last day was 2026-11-22)'],
  },
  {
    ...adasAccount,
    name: 'who was deleted in the source has left, however little is left of the record',
    people: [person('ada', {}, { deleted: true, fault: 'no employment' })],
    changes: ['disable ada (left: deleted in the source)'],
    says: ['ada is left (left: deleted in the source)'],
  },
];

const broken = [clause('who[0]', isOneOf('phone', '1')), clause('who[1]', isOneOf('department', 'Sales'))];
const nothing: Evaluation = { kind: 'value', value: null };

const clauses: readonly Case[] = [
  {
    name: 'a clause that breaks is told also where another one depends on something absent',
    people: [person('ada', { department: '!broken' })],
    sync: { who: broken },
    says: ['ada is failed! (who[1]: source.department cannot be read)'],
  },
  {
    ...adasAccount,
    name: 'of whom a clause knows nothing is undecided, and keeps the account',
    people: [ada],
    sync: {
      who: [clause('who[0]', { ...reads('department'), evaluate: () => nothing })],
      ...withThen({ outOfScope: 'delete' }),
    },
    says: ['ada is undecided (who[0] depends on its result, which is absent)'],
  },
  {
    name: 'who is disabled already is not disabled again, be they out of scope or away',
    people: [person('ada', { department: 'Legal' }), person('bob', { status: 'leave' })],
    accounts: [account('ada', {}, { active: false }), account('bob', {}, { active: false })],
    links: [adasLink, link('bob')],
    sync: { ...inSales, ...withThen({ outOfScope: 'disable', away: 'disable' }) },
    says: ['ada is outOfScope (out of scope: who[0] is false)', 'bob is away (away: the status says so)'],
  },
];

tell([...dates, ...clauses]);

test('a clause on today asks for the day in the zone of the person', () => {
  const tomorrow = {
    ...reads('id'),
    evaluate: ({ opaque }: { readonly opaque: unknown }): Evaluation => ({
      kind: 'value',
      value: (opaque as { readonly today: string }).today === '2026-11-23',
    }),
  };
  const plan = planFor({
    sync: { who: [clause('who[0]', tomorrow)] },
    people: [person('ada', { zone: 'Pacific/Kiritimati' }), person('bob')],
  });
  expect(summarize(plan).people).toEqual([
    'ada is unmatched (no account matches)',
    'bob is outOfScope (out of scope: who[0] is false)',
  ]);
});
