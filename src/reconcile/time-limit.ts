import { Waiting } from '../model/error.ts';
import type { PassDeps } from './deps.ts';

/**
 * Runs `work` with a signal that also fires when the pass has taken as long as it may, by the steady clock. Its reason
 * is `Waiting` (`PassTooLong`): the next pass goes on from what was recorded.
 */
export async function withinLimit<T>(
  { passLimitMs, sync, clock }: Pick<PassDeps, 'passLimitMs' | 'sync' | 'clock'>,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (passLimitMs === undefined) return await work(signal);
  const late = new AbortController();
  const ended = new AbortController();
  const counting = clock.sleep(passLimitMs, ended.signal).then(
    () => late.abort(tooLong(sync.name, passLimitMs)),
    () => undefined,
  );
  try {
    // With its end: a signal that never fires keeps everything alive that ever listened to it.
    return await work(AbortSignal.any([signal, late.signal, ended.signal]));
  } finally {
    ended.abort();
    await counting;
  }
}

/** What ends a pass that takes too long. */
export function tooLong(sync: string, limitMs: number): Waiting {
  const minutes = Math.round(limitMs / 60_000);
  const limit = minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  return new Waiting(
    'PassTooLong',
    `the pass of ${sync} took longer than ${limit} and was ended between two people; what it did is recorded, and the next pass does the rest. If it needs that long, raise passLimit in the operator's configuration`,
  );
}
