import { createHash } from 'node:crypto';

import type { CompiledSchedule } from '../spec/compiled.ts';
import { cronAfter, cronBefore } from './calendar.ts';
import { nextPermitted, permits } from './windows.ts';

interface ScheduleFacts {
  /** Name of the sync; its jitter is derived from it and stays the same. */
  readonly sync: string;
  /** When the sync was first active (ms): `every` counts from it. */
  readonly activatedAt: number | null;
}

interface ScheduleState extends ScheduleFacts {
  /** The occurrence that was last taken up (ms), jitter included. */
  readonly lastOccurrence: number | null;
}

/** The first occurrence after `after` (ms), jitter included, windows left aside. `undefined`: none (manual, or not active). */
export function nextOccurrence(
  schedule: CompiledSchedule,
  after: number,
  facts: ScheduleFacts,
): number | undefined {
  if (schedule.kind === 'manual') return undefined;
  const jitter = jitterOf(facts.sync, schedule.jitterMs);
  if (schedule.kind === 'cron') {
    const moment = cronAfter(schedule.cron, schedule.timezone, after - jitter);
    return moment === undefined ? undefined : moment + jitter;
  }
  if (facts.activatedAt === null) return undefined;
  const first = facts.activatedAt + schedule.initialDelayMs + jitter;
  if (after < first) return first;
  return first + (Math.floor((after - first) / schedule.everyMs) + 1) * schedule.everyMs;
}

/** The last occurrence at or before `at` (ms), jitter included; `undefined` when there was none. */
export function previousOccurrence(
  schedule: CompiledSchedule,
  at: number,
  facts: ScheduleFacts,
): number | undefined {
  if (schedule.kind === 'manual') return undefined;
  const jitter = jitterOf(facts.sync, schedule.jitterMs);
  if (schedule.kind === 'cron') {
    const moment = cronBefore(schedule.cron, schedule.timezone, at - jitter);
    return moment === undefined ? undefined : moment + jitter;
  }
  if (facts.activatedAt === null) return undefined;
  const first = facts.activatedAt + schedule.initialDelayMs + jitter;
  return at < first ? undefined : first + Math.floor((at - first) / schedule.everyMs) * schedule.everyMs;
}

/**
 * The occurrence to take up now, or `undefined`.
 *
 * However many were missed (the daemon was down, a window was closed), they are one. An occurrence before the
 * activation is none of ours. `manual` with `onActivation` is due once, with the activation as its occurrence.
 */
export function dueNow(schedule: CompiledSchedule, state: ScheduleState, now: number): number | undefined {
  const occurrence = openOccurrence(schedule, state, now);
  return occurrence !== undefined && permits(schedule.windows, now) ? occurrence : undefined;
}

/** The occurrence that would be taken up now if a window were open, or `undefined`. */
export function waitingForWindow(
  schedule: CompiledSchedule,
  state: ScheduleState,
  now: number,
): number | undefined {
  return permits(schedule.windows, now) ? undefined : openOccurrence(schedule, state, now);
}

/** When the daemon must look again (ms): the next occurrence, or the opening of a window for one that waits. */
export function nextDue(schedule: CompiledSchedule, state: ScheduleState, now: number): number | undefined {
  const next =
    openOccurrence(schedule, state, now) === undefined ? nextOccurrence(schedule, now, state) : now;
  return next === undefined ? undefined : nextPermitted(schedule.windows, next);
}

const dayMs = 24 * 60 * 60_000;

function openOccurrence(schedule: CompiledSchedule, state: ScheduleState, now: number): number | undefined {
  const { activatedAt, lastOccurrence } = state;
  if (activatedAt === null) return undefined;
  if (schedule.kind === 'manual') {
    return schedule.onActivation && lastOccurrence === null ? activatedAt : undefined;
  }
  const occurrence = previousOccurrence(schedule, now, state);
  if (occurrence === undefined) return undefined;
  // One from far in the future was taken up under a clock that was wrong: it must not silence the schedule until then.
  const misdated = lastOccurrence !== null && lastOccurrence > now + dayMs;
  if (misdated) return occurrence > Math.min(activatedAt, now) ? occurrence : undefined;
  // The activation itself is an occurrence of `every` without a delay.
  const open = lastOccurrence === null ? occurrence >= activatedAt : occurrence > lastOccurrence;
  return open ? occurrence : undefined;
}

/** The same shift for every occurrence of a sync, so that syncs with one schedule do not all begin at once. */
function jitterOf(sync: string, jitterMs: number): number {
  if (jitterMs <= 0) return 0;
  const fraction = createHash('sha256').update(`jitter/${sync}`).digest().readUIntBE(0, 6) / 2 ** 48;
  return Math.floor(fraction * jitterMs);
}
