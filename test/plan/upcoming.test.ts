import { assert, constantFrom, integer, property, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import type { Plan } from '../../src/model/change.ts';
import type { Upcoming } from '../../src/model/upcoming.ts';
import { day, noon } from './columns.ts';
import type { Situation } from './people.ts';
import { account, link, person, shape } from './people.ts';
import { isOneOf, withThen } from './specs.ts';
import { planFor } from './summary.ts';
import { World } from './world.ts';

const oneOf = <const Item>(...items: readonly Item[]) => constantFrom(...items);
const dateIn = (days: number): string => new Date(noon + days * day).toISOString().slice(0, 10);

/** One person each, in every place that a date can change: joiners, leavers, people who come back, who vanished. */
const somebody: Arbitrary<Situation> = record({
  listed: oneOf(true, true, true, false),
  status: oneOf('active', 'active', 'active', 'leave', 'inactive'),
  starts: oneOf(undefined, undefined, -400, -1, 0, 1, 5, 14, 20, 40),
  lastDay: oneOf(undefined, undefined, -400, -3, -1, 0, 1, 6, 30, 45),
  zone: oneOf('UTC', 'Europe/Berlin', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/Santiago'),
  dismissed: oneOf(undefined, undefined, 'dismissal'),
  first_name: oneOf('ADA', 'Ada', '!broken'),
  account: oneOf('usable', 'usable', 'disabled', 'none'),
  link: oneOf('active', 'active', 'left', 'away', 'outOfScope', 'deleted', 'none'),
  endedAgo: integer({ min: 0, max: 120 }),
  absentReads: oneOf(0, 1),
  mode: oneOf('full', 'full', 'full', 'upsert', 'create-only'),
  ahead: oneOf(0, 1, 14),
  enable: oneOf('at-start-of-day', 'on-create'),
  left: oneOf('at-end-of-day', 'at-end-of-day', 'immediately', 'keep'),
  deleteAfter: oneOf(undefined, 1, 3, 30, 90),
  away: oneOf('keep', 'disable'),
  vanished: oneOf('hold', 'disable', 'delete', 'keep'),
  returned: oneOf('reuse', 'new', 'hold'),
}).map((drawn) => {
  const { zone, status, first_name, dismissed: phone } = drawn;
  const starts = drawn.starts === undefined ? undefined : dateIn(drawn.starts);
  const lastDay = drawn.lastDay === undefined ? undefined : dateIn(drawn.lastDay);
  const ended = { state: 'tombstone', endedAt: noon - drawn.endedAgo * day } as const;
  const { link: state, absentReads } = drawn;
  const absent = { absentReads, absentSince: absentReads === 0 ? null : noon - 5 * day };
  const written = { writtenAt: noon - drawn.endedAgo * day - 1000, ...absent };
  return {
    people: drawn.listed ? [person('ada', { zone, status, first_name, phone, starts, lastDay })] : [],
    accounts: drawn.account === 'none' ? [] : [account('ada', {}, { active: drawn.account === 'usable' })],
    links:
      state === 'none'
        ? []
        : [link('ada', state === 'active' ? written : { ...written, ...ended, ended: state })],
    shape: { abilities: { ...shape.abilities, createDisabled: true } },
    sync: {
      mode: drawn.mode,
      ...withThen({
        starting: { createBeforeDays: drawn.ahead, enable: drawn.enable },
        left: drawn.left,
        immediatelyWhen: isOneOf('phone', 'dismissal'),
        ...(drawn.deleteAfter === undefined ? {} : { deleteAfterMs: drawn.deleteAfter * day }),
        away: drawn.away,
        vanished: drawn.vanished,
        vanishedAfterMs: 7 * day,
        returned: drawn.returned,
      }),
    },
  };
});

const kinds = ['create', 'enable', 'disable', 'delete'];

/** What of a plan a date could have brought. */
function deeds({ changes }: Plan): readonly string[] {
  return changes
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind, personId }) => `${kind} ${personId}`);
}

/** The world once nothing is left to do but to wait. */
function settled(given: Situation): { readonly world: World; readonly plan: Plan; readonly now: number } {
  const world = new World(given);
  let now = noon;
  let plan = world.planAt(now);
  for (let pass = 0; pass < 4; pass += 1) {
    world.apply(plan.changes, plan.memory);
    now += 60_000;
    plan = world.planAt(now);
  }
  return { world, plan, now };
}

test('at each moment that is announced exactly that is planned, and between them nothing is', () => {
  let announced = 0;
  assert(
    property(somebody, (given) => {
      const { world, plan, now } = settled(given);
      const before = deeds(plan);
      let done = now;
      for (const { at, kind, personId, reason } of plan.upcoming) {
        announced += 1;
        expect(deeds(world.planAt(at - 1))).toEqual(before);
        const due = world.planAt(at);
        const brought = due.changes.filter((one) => kinds.includes(one.kind));
        expect(brought.map((one) => [one.kind, one.personId])).toEqual([[kind, personId]]);
        expect(brought[0]?.reason.startsWith(reason)).toBe(true);
        expect(brought[0]?.cause).toBe('due');
        world.apply(due.changes, due.memory);
        done = at;
      }
      const end = now + 31 * day;
      expect(deeds(world.planAt(Math.max(done + 60_000, end)))).toEqual(before);
    }),
    { numRuns: 600 },
  );
  expect(announced).toBeGreaterThan(50);
});

test('what is announced does not depend on the day on which one asks', () => {
  assert(
    property(somebody, integer({ min: 0, max: 30 * 24 }), (given, hours) => {
      const { world, plan, now } = settled(given);
      const [first] = plan.upcoming;
      const later = now + hours * 3_600_000;
      if (first === undefined || later >= first.at) return;
      const until = now + 31 * day;
      const again = world.planAt(later).upcoming.filter(({ at }) => at <= until);
      expect(again).toEqual(plan.upcoming);
    }),
    { numRuns: 150 },
  );
});

const told = ({ at, kind, personId, reason }: Upcoming): string =>
  `${new Date(at).toISOString().slice(0, 16)} ${kind} ${personId} (${reason})`;

const ahead = withThen({ starting: { createBeforeDays: 14 }, deleteAfterMs: 5 * day });
const able = { abilities: { ...shape.abilities, createDisabled: true } };

test.each<Situation & { readonly name: string; readonly says: readonly string[] }>([
  {
    name: 'of who starts in three weeks it is told when the account is made and when it can be used, there where they live',
    people: [person('ada', { starts: '2026-12-14', zone: 'Europe/Berlin' })],
    sync: ahead,
    shape: able,
    says: [
      '2026-11-29T23:00 create ada (starts 2026-12-14, made ready ahead)',
      '2026-12-13T23:00 enable ada (first day: 2026-12-14)',
    ],
  },
  {
    name: 'of who leaves it is told when the account is disabled and when it is deleted',
    people: [person('ada', { lastDay: '2026-11-30' })],
    accounts: [account('ada')],
    links: [link('ada')],
    sync: ahead,
    says: [
      '2026-12-01T00:00 disable ada (left: last day was 2026-11-30)',
      '2026-12-06T00:00 delete ada (left: disabled since 2026-12-01, deleted after 5 d)',
    ],
  },
  {
    name: 'a short employment is told from its first day to its last',
    people: [person('ada', { starts: '2026-12-01', lastDay: '2026-12-04' })],
    says: [
      '2026-12-01T00:00 create ada (no account matches)',
      '2026-12-05T00:00 disable ada (left: last day was 2026-12-04)',
    ],
  },
  {
    name: 'who will come back is told to get the former account',
    people: [person('ada', { starts: '2026-12-01' })],
    accounts: [account('ada', {}, { active: false })],
    links: [link('ada', { state: 'tombstone', ended: 'left', endedAt: noon - day, writtenAt: noon - day })],
    says: [
      '2026-12-01T00:00 enable ada (returned: here again after the account was given up (left); first day: 2026-12-01)',
    ],
  },
  {
    name: 'of who vanished it is told until when they are waited for',
    accounts: [account('ada')],
    links: [link('ada', { absentReads: 1, absentSince: noon - day })],
    says: ['2026-11-28T12:00 disable ada (vanished: absent from the source beyond the time allowed)'],
  },
  {
    name: 'who is dismissed is no news of tomorrow',
    people: [person('ada', { lastDay: '2026-12-31', phone: 'dismissal' })],
    accounts: [account('ada')],
    links: [link('ada')],
    sync: withThen({ immediatelyWhen: isOneOf('phone', 'dismissal') }),
    says: [],
  },
  {
    name: 'what a mode does not do is not announced',
    people: [person('ada', { lastDay: '2026-11-30' })],
    accounts: [account('ada')],
    links: [link('ada')],
    sync: { mode: 'upsert' },
    says: [],
  },
  {
    name: 'nor is what lies further away than a month',
    people: [person('ada', { lastDay: '2026-12-31' })],
    accounts: [account('ada')],
    links: [link('ada')],
    says: [],
  },
  {
    name: 'nor what two people for one account keep from being done',
    people: [person('ada', { lastDay: '2026-11-30' }), person('bob')],
    accounts: [account('ada')],
    links: [link('ada'), link('bob', { accountId: 'acc-ada' })],
    says: [],
  },
])('$name', ({ says, ...given }) => {
  expect(planFor(given).upcoming.map(told)).toEqual(says);
});
