import type { Random } from '../model/effects.ts';

const minuteMs = 60_000;
const steps = [1, 5, 15, 60];

/**
 * How long to wait after so many passes in a row that had to wait (ms): 1, 5, 15, then 60 minutes, a fifth more or less
 * so that syncs that failed together do not come back together; never earlier than the other side asked for.
 */
export function backOff(failures: number, retryAfterMs: number | undefined, random: Random): number {
  const step = steps[Math.min(failures, steps.length) - 1] ?? 1;
  return Math.max(step * minuteMs * (0.8 + 0.4 * random.fraction()), retryAfterMs ?? 0);
}
