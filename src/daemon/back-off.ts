import type { Random } from '../model/effects.ts';

export const minuteMs = 60_000;
/** For a sync that has to wait: 1, 5, 15, then 60 minutes. */
const ofSync = [1, 5, 15, 60];
/** For probes of a connection that is away: 1, 5, 15, 60 minutes, 6 hours, then a day. */
export const ofConnection = [1, 5, 15, 60, 360, 1440];

/**
 * How long to wait after so many passes in a row that had to wait (ms), a fifth more or less so that what failed together
 * does not come back together; never earlier than the other side asked for.
 */
export function backOff(
  failures: number,
  retryAfterMs: number | undefined,
  random: Random,
  steps: readonly number[] = ofSync,
): number {
  const step = steps[Math.min(failures, steps.length) - 1] ?? 1;
  // Whole, as every moment is: half a millisecond is none to a calendar.
  return Math.ceil(Math.max(step * minuteMs * (0.8 + 0.4 * random.fraction()), retryAfterMs ?? 0));
}
