import { describe, expect, test } from 'vitest';

import { dueNow, nextDue, nextOccurrence, previousOccurrence } from '../../src/schedule/schedule.ts';
import { nextPermitted, permits } from '../../src/schedule/windows.ts';
import type { CompiledSchedule, Windows } from '../../src/spec/compiled.ts';

const at = (instant: string): number => Date.parse(instant);
const iso = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString();
const open: Windows = { allow: [], deny: [] };
const hour = 3_600_000;
const monday: CompiledSchedule = {
  kind: 'cron',
  cron: '0 5 * * 1',
  timezone: 'UTC',
  jitterMs: 0,
  windows: open,
};
const every: CompiledSchedule = {
  kind: 'every',
  everyMs: 6 * hour,
  initialDelayMs: hour,
  jitterMs: 0,
  windows: open,
};
const activatedAt = at('2026-11-01T00:00Z');

describe('what is due', () => {
  test.each([
    { name: 'nothing before the first occurrence', last: null, now: '2026-11-01T12:00Z', due: undefined },
    {
      name: 'the first one after the activation',
      last: null,
      now: '2026-11-02T05:00Z',
      due: '2026-11-02T05:00Z',
    },
    { name: 'nothing twice', last: '2026-11-02T05:00Z', now: '2026-11-02T05:01Z', due: undefined },
    {
      name: 'three missed Mondays are one',
      last: '2026-11-02T05:00Z',
      now: '2026-11-24T08:00Z',
      due: '2026-11-23T05:00Z',
    },
    {
      name: 'nothing again after the clock was put back',
      last: '2026-11-23T05:00Z',
      now: '2026-11-23T04:30Z',
      due: undefined,
    },
    {
      name: 'one, although a wrong clock had taken up next year',
      last: '2027-11-22T05:00Z',
      now: '2026-11-23T06:00Z',
      due: '2026-11-23T05:00Z',
    },
  ])('$name', ({ last, now, due }) => {
    const state = { sync: 'staff', activatedAt, lastOccurrence: last === null ? null : at(last) };
    expect(iso(dueNow(monday, state, at(now)))).toBe(due === undefined ? undefined : iso(at(due)));
  });

  test('every six hours counts from the activation and its delay', () => {
    const state = { sync: 'staff', activatedAt, lastOccurrence: null };
    expect(dueNow(every, state, activatedAt + hour - 1)).toBeUndefined();
    expect(iso(dueNow(every, state, activatedAt + hour))).toBe('2026-11-01T01:00:00.000Z');
    expect(iso(nextOccurrence(every, activatedAt + hour, state))).toBe('2026-11-01T07:00:00.000Z');
    expect(iso(previousOccurrence(every, activatedAt + 20 * hour, state))).toBe('2026-11-01T19:00:00.000Z');
  });

  test('without a delay the first pass comes with the activation, once', () => {
    const atOnce = { ...every, initialDelayMs: 0 } as const;
    const state = { sync: 'staff', activatedAt, lastOccurrence: null };
    expect(dueNow(atOnce, state, activatedAt)).toBe(activatedAt);
    expect(dueNow(atOnce, { ...state, lastOccurrence: activatedAt }, activatedAt + hour)).toBeUndefined();
  });

  test('a manual sync is due once after its activation where it says so, and never else', () => {
    const manual: CompiledSchedule = { kind: 'manual', onActivation: true, windows: open };
    const state = { sync: 'staff', activatedAt, lastOccurrence: null };
    expect(dueNow(manual, state, activatedAt)).toBe(activatedAt);
    expect(dueNow(manual, { ...state, lastOccurrence: activatedAt }, activatedAt + hour)).toBeUndefined();
    expect(dueNow({ ...manual, onActivation: false }, state, activatedAt)).toBeUndefined();
    expect(dueNow(manual, { ...state, activatedAt: null }, activatedAt)).toBeUndefined();
  });

  test('jitter is the same for a sync each time, differs between syncs, and stays below its bound', () => {
    const jittered: CompiledSchedule = { ...monday, jitterMs: hour };
    const shifts = ['a', 'b', 'c', 'd'].map((sync) => {
      const first = nextOccurrence(jittered, at('2026-11-02T04:00Z'), { sync, activatedAt }) ?? 0;
      expect(nextOccurrence(jittered, first, { sync, activatedAt })).toBe(first + 7 * 24 * hour);
      expect(previousOccurrence(jittered, first, { sync, activatedAt })).toBe(first);
      return first - at('2026-11-02T05:00Z');
    });
    expect(new Set(shifts).size).toBe(4);
    for (const shift of shifts) expect(shift >= 0 && shift < hour).toBe(true);
  });
});

describe('windows', () => {
  const office = { cron: '0 8 * * 1-5', durationMs: 10 * hour, timezone: 'Europe/Berlin' };
  const payroll = { cron: '0 0 L * *', durationMs: 24 * hour, timezone: 'Europe/Berlin' };

  test.each([
    { name: 'no window is always', windows: open, now: '2026-11-22T03:00Z', next: '2026-11-22T03:00Z' },
    {
      name: 'within the allowed',
      windows: { allow: [office], deny: [] },
      now: '2026-11-23T07:00Z',
      next: '2026-11-23T07:00Z',
    },
    {
      name: 'its end is outside',
      windows: { allow: [office], deny: [] },
      now: '2026-11-23T17:00Z',
      next: '2026-11-24T07:00Z',
    },
    {
      name: 'a weekend waits for Monday',
      windows: { allow: [office], deny: [] },
      now: '2026-11-21T12:00Z',
      next: '2026-11-23T07:00Z',
    },
    {
      name: 'a deny wins',
      windows: { allow: [office], deny: [payroll] },
      now: '2026-11-30T09:00Z',
      next: '2026-12-01T07:00Z',
    },
    {
      name: 'windows that leave no room',
      windows: { allow: [], deny: [{ cron: '* * * * *', durationMs: hour, timezone: 'UTC' }] },
      now: '2026-11-22T03:00Z',
      next: undefined,
    },
  ])('$name', ({ windows, now, next }) => {
    expect(iso(nextPermitted(windows, at(now)))).toBe(next === undefined ? undefined : iso(at(next)));
    expect(permits(windows, at(now))).toBe(next === now);
  });

  test('an occurrence in a closed window waits for its opening and is then due', () => {
    const schedule: CompiledSchedule = { ...monday, windows: { allow: [office], deny: [] } };
    const state = { sync: 'staff', activatedAt, lastOccurrence: null };
    expect(dueNow(schedule, state, at('2026-11-02T05:30Z'))).toBeUndefined();
    expect(iso(nextDue(schedule, state, at('2026-11-02T05:30Z')))).toBe('2026-11-02T07:00:00.000Z');
    expect(iso(dueNow(schedule, state, at('2026-11-02T07:00Z')))).toBe('2026-11-02T05:00:00.000Z');
  });
});
