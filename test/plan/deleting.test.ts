import { expect, test } from 'vitest';
import type { Case } from './cases.ts';
import { adas, tell } from './cases.ts';
import { day, noon } from './columns.ts';
import { account, link, person } from './people.ts';
import { withThen } from './specs.ts';
import { planFor } from './summary.ts';

const leaver = person('ada', { lastDay: '2026-08-23' });
const sync = withThen({ deleteAfterMs: 90 * day });
const disabled = account('ada', {}, { active: false });
const ended = {
  state: 'tombstone',
  ended: 'left',
  writtenAt: noon - 90 * day,
  endedAt: noon - 90 * day,
} as const;
const reason = 'left: disabled since 2026-08-24, deleted after 90 d';

const deleting: readonly Case[] = [
  {
    name: 'the account of a leaver is deleted when it has been disabled for as long as the spec says',
    people: [leaver],
    accounts: [disabled],
    links: [link('ada', ended)],
    sync,
    changes: [`delete ada (${reason})`],
    says: [`ada is left (${reason})`],
  },
  {
    name: 'not an hour before',
    people: [leaver],
    accounts: [disabled],
    links: [link('ada', { ...ended, endedAt: noon - 90 * day + 3_600_000 })],
    sync,
    says: ['ada is left (left: last day was 2026-08-23)'],
  },
  {
    name: 'where the spec does not say so, never',
    people: [leaver],
    accounts: [disabled],
    links: [link('ada', ended)],
    says: ['ada is left (left: last day was 2026-08-23)'],
  },
  {
    name: 'an account that somebody enabled meanwhile is disabled again, and its time begins anew',
    people: [leaver],
    accounts: [adas],
    links: [link('ada', ended)],
    sync,
    changes: ['disable ada (left: the account was enabled again)'],
    says: ['ada is left! (left: the account was enabled again)'],
  },
  {
    name: 'an account that was enabled and disabled by somebody else is not ours to delete',
    people: [leaver],
    accounts: [disabled],
    links: [link('ada', { ...ended, endedAt: null })],
    sync,
    says: ['ada is left (left: last day was 2026-08-23)'],
  },
  {
    name: 'an account that was disabled for another reason is not deleted, although its person has left since',
    people: [leaver],
    accounts: [disabled],
    links: [link('ada', { ...ended, ended: 'outOfScope' })],
    sync,
    says: ['ada is left (left: last day was 2026-08-23)'],
  },
  {
    name: 'an account of a leaver that was disabled before we knew it is not deleted',
    people: [leaver],
    accounts: [disabled],
    links: [link('ada')],
    sync,
    says: ['ada is left (left: last day was 2026-08-23)'],
  },
  {
    name: 'an account that was read twice with different content is not deleted',
    people: [leaver],
    accounts: [disabled, account('ada', { first_name: 'Other' }, { active: false })],
    links: [link('ada', ended)],
    sync,
    says: ['ada is left (left: last day was 2026-08-23)'],
  },
  {
    name: 'of a leaver whom the source drops, whose account is protected by now, nothing is said: they did not vanish',
    accounts: [account('ada', {}, { active: false, protected: true })],
    links: [link('ada', { ...ended, absentReads: 1, absentSince: noon - day })],
    sync,
    says: [],
  },
  {
    name: 'a mode that takes nothing away deletes nothing',
    people: [leaver],
    accounts: [disabled],
    links: [link('ada', ended)],
    sync: { ...sync, mode: 'upsert' },
    says: [`ada is left (${reason}; mode upsert does not delete)`],
  },
  {
    name: 'a leaver whom the source drops later is deleted when two readings agree on it',
    accounts: [disabled],
    links: [link('ada', { ...ended, absentReads: 1, absentSince: noon - day })],
    sync,
    changes: [`delete ada (${reason})`],
    says: [`ada is left (${reason})`],
  },
  {
    name: 'a leaver who is missing from the source for the first time is not deleted yet',
    accounts: [disabled],
    links: [link('ada', ended)],
    sync,
    says: [],
  },
  {
    name: 'who only vanished was never said to have left, and is not deleted',
    accounts: [disabled],
    links: [link('ada', { ...ended, ended: 'vanished', absentReads: 2, absentSince: noon - 100 * day })],
    sync,
    says: [],
  },
];

tell(deleting);

test('a deletion is due, not a change of data', () => {
  const plan = planFor({ people: [leaver], accounts: [disabled], links: [link('ada', ended)], sync });
  expect(plan.changes.map(({ kind, cause }) => [kind, cause])).toEqual([['delete', 'due']]);
});

test('that an account was seen enabled is remembered, so that its time of grace begins anew', () => {
  const plan = planFor({ people: [leaver], accounts: [adas], links: [link('ada', ended)], sync });
  expect(plan.memory).toEqual([{ kind: 'account-enabled', personId: 'ada' }]);
});
