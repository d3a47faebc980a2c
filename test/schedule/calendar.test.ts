import * as fc from 'fast-check';
import { createTask, type ScheduledTask } from 'node-cron';
import { describe, expect, test } from 'vitest';

import { cronAfter, cronBefore } from '../../src/schedule/calendar.ts';
import { checkCron } from '../../src/schedule/cron.ts';

const at = (instant: string): number => Date.parse(instant);
const iso = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString();

describe('wall-clock times of a zone', () => {
  test.each([
    { name: 'an ordinary Monday', cron: '0 5 * * 1', after: '2026-11-20T12:00Z', next: '2026-11-23T04:00Z' },
    {
      name: 'a time in the gap of spring comes at its end',
      cron: '30 2 * * *',
      after: '2027-03-28T00:00Z',
      next: '2027-03-28T01:00Z',
    },
    {
      name: 'so does the first time of the gap',
      cron: '0 2 * * *',
      after: '2027-03-28T00:00Z',
      next: '2027-03-28T01:00Z',
    },
    {
      name: 'and the day after at its own time',
      cron: '30 2 * * *',
      after: '2027-03-28T01:00Z',
      next: '2027-03-29T00:30Z',
    },
    {
      name: 'several times in the gap are one',
      cron: '*/20 2,3 * * *',
      after: '2027-03-28T01:00Z',
      next: '2027-03-28T01:20Z',
    },
    {
      name: 'a repeated time of autumn comes the first time',
      cron: '30 2 * * *',
      after: '2026-10-25T00:00Z',
      next: '2026-10-25T00:30Z',
    },
    { name: 'and not again', cron: '30 2 * * *', after: '2026-10-25T00:30Z', next: '2026-10-26T01:30Z' },
    {
      name: 'every quarter of the repeated hour comes once',
      cron: '*/15 * * * *',
      after: '2026-10-25T00:45Z',
      next: '2026-10-25T02:00Z',
    },
    {
      name: 'the last day of a month',
      cron: '0 12 L * *',
      after: '2028-02-10T00:00Z',
      next: '2028-02-29T11:00Z',
    },
    {
      name: 'a leap day over a century without one',
      cron: '0 12 29 2 *',
      after: '2096-03-01T00:00Z',
      next: '2104-02-29T11:00Z',
    },
  ])('$name', ({ cron, after, next }) => {
    expect(iso(cronAfter(cron, 'Europe/Berlin', at(after)))).toBe(iso(at(next)));
    expect(iso(cronBefore(cron, 'Europe/Berlin', at(next)))).toBe(iso(at(next)));
  });

  test('a midnight that does not exist comes at the first moment of the day', () => {
    expect(iso(cronAfter('0 0 * * *', 'Africa/Cairo', at('2026-04-23T12:00Z')))).toBe(
      '2026-04-23T22:00:00.000Z',
    );
  });

  test('a day that a country left out comes at the end of the gap', () => {
    expect(iso(cronAfter('0 8 30 12 *', 'Pacific/Apia', at('2011-12-29T12:00Z')))).toBe(
      '2011-12-30T10:00:00.000Z',
    );
  });

  test('in the second pass of a repeated hour, what came in the first is the last that came', () => {
    expect(iso(cronBefore('45 2 * * *', 'Europe/Berlin', at('2026-10-25T01:10Z')))).toBe(
      '2026-10-25T00:45:00.000Z',
    );
  });
});

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Kolkata',
];
/** Around these moments some of the zones change their clocks. */
const moments = [
  '2026-03-08T07:00Z',
  '2026-03-29T01:00Z',
  '2026-04-05T15:00Z',
  '2026-04-23T22:00Z',
  '2026-10-04T15:30Z',
  '2026-10-25T01:00Z',
  '2026-11-01T06:00Z',
  '2026-07-15T00:00Z',
];
const minute = 60_000;

const fullOrHalf = fc.oneof(fc.constant('0'), fc.constant('30'));
const values = (from: number, to: number) =>
  fc.oneof(
    fc.constant('*'),
    fc.integer({ min: 2, max: 20 }).map((step) => `*/${step}`),
    fc
      .uniqueArray(fc.integer({ min: from, max: to }), { minLength: 1, maxLength: 3 })
      .map((list) => list.join(',')),
  );
const crons = fc
  .tuple(
    fc.oneof(values(0, 59), fullOrHalf),
    fc.oneof(values(0, 23), fc.integer({ min: 0, max: 3 }).map(String)),
    fc.boolean(),
    values(1, 31),
    values(0, 6),
  )
  .map(([m, h, byDay, day, weekday]) => (byDay ? `${m} ${h} ${day} * *` : `${m} ${h} * * ${weekday}`))
  .filter((cron) => checkCron(cron, 'UTC') === undefined);

test('next and previous agree with a search minute by minute, also where clocks change', () => {
  fc.assert(
    fc.property(
      crons,
      fc.constantFrom(...zones),
      fc.constantFrom(...moments),
      fc.integer({ min: -600, max: 200 }),
      (cron, zone, moment, shift) => {
        const from = at(moment) + shift * minute;
        const expected = minuteByMinute(cron, zone, from, 600);
        const found: number[] = [];
        for (let next = cronAfter(cron, zone, from); next !== undefined && next <= from + 600 * minute;) {
          found.push(next);
          expect(cronBefore(cron, zone, next)).toBe(next);
          expect(cronBefore(cron, zone, next - 1)).not.toBe(next);
          next = cronAfter(cron, zone, next);
        }
        expect(found.map(iso)).toEqual(expected.map(iso));
        const last = expected.at(-1);
        if (last !== undefined) expect(iso(cronBefore(cron, zone, from + 600 * minute))).toBe(iso(last));
      },
    ),
    { numRuns: 150 },
  );
});

/** What comes in the minutes after `from`: node-cron says which wall-clock times match, minute after minute. */
function minuteByMinute(cron: string, zone: string, from: number, minutes: number): number[] {
  const task = createTask(cron, () => undefined, { timezone: 'UTC' });
  try {
    const seen = new Set<number>();
    const found: number[] = [];
    for (let i = -240; i <= minutes; i += 1) {
      const now = from + i * minute;
      const wall = wallTime(now, zone);
      const before = wallTime(now - minute, zone);
      const comes = !seen.has(wall) && passed(task, Math.min(before + minute, wall), wall);
      seen.add(wall);
      if (comes && i > 0) found.push(now);
    }
    return found;
  } finally {
    void task.destroy();
  }
}

function passed(task: ScheduledTask, first: number, last: number): boolean {
  for (let wall = first; wall <= last; wall += minute) if (task.match(new Date(wall))) return true;
  return false;
}

function wallTime(ms: number, zone: string): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  return ms + zoned.offsetNanoseconds / 1e6;
}
