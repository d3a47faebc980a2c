import type { Random } from '../model/effects.ts';
import type { HttpRequest } from './client.ts';

type Effect = HttpRequest['effect'];

/** What follows an answer that is no success: send again, give up because it may have been done, or a clear no. */
export type Verdict = 'repeat' | 'lost' | 'refused';

const baseMs = 500;
const longestMs = 30_000;
const throttledMs = 1_000;

/** Statuses that pass by themselves; where one names a moment in `Retry-After`, nothing is sent before it. */
export function asksForPatience(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

/**
 * 429, 425 (RFC 8470, 5.2) and a 503 that names a moment say that nothing was done: every request may be repeated. Any
 * other 5xx, and 408, leave open whether it was done.
 */
export function afterStatus(effect: Effect, status: number, namesMoment: boolean): Verdict {
  if (status === 429 || status === 425 || (status === 503 && namesMoment)) return 'repeat';
  if (!asksForPatience(status)) return 'refused';
  return effect === 'once' ? 'lost' : 'repeat';
}

/** `reached` is false only where it is certain that the request never left: no connection was made. */
export function afterFailure(effect: Effect, reached: boolean): Verdict {
  return effect === 'once' && reached ? 'lost' : 'repeat';
}

/**
 * Wait before the next try in ms where the other side named none: exponential with full jitter; after a 429 a second
 * at least, since an answer that says "slower" must not be followed at once.
 */
export function backoffMs(attempt: number, status: number | undefined, random: Random): number {
  const ceiling = Math.min(longestMs, baseMs * 2 ** (attempt - 1));
  const jittered = Math.round(random.fraction() * ceiling);
  return status === 429 ? throttledMs + jittered : jittered;
}
