import { Waiting } from '../model/error.ts';
import { tooLong } from '../reconcile/time-limit.ts';
import type { DaemonDeps } from './deps.ts';

/** How long a pass has to end after the stop (ms): it finishes the write under way and records it. */
const stopMs = 10_000;

/** The pass, or a rejection ten seconds after the stop: a process that was told to end does end. */
export async function withinGrace<T>(
  pass: Promise<T>,
  sync: string,
  { clock, telemetry }: Pick<DaemonDeps, 'clock' | 'telemetry'>,
  signal: AbortSignal,
): Promise<T> {
  const over = new AbortController();
  const late = async (): Promise<never> => {
    await aborted(signal, over.signal);
    await clock.sleep(stopMs, over.signal);
    telemetry.log.error({ sync }, 'pass did not end in time, left behind');
    throw stopped();
  };
  try {
    return await Promise.race([pass, late()]);
  } finally {
    over.abort(stopped());
  }
}

/** How long after its limit a pass has to end (ms): it finishes the write under way and records it. */
const overMs = 60_000;

/**
 * The pass, or a rejection (`PassTooLong`) a minute after its limit. A pass ends itself at its limit; one that hears no
 * signal must not keep the others waiting. Whatever it still does is fenced off by the next pass into its target.
 */
export async function leftBehindLate<T>(
  pass: Promise<T>,
  sync: string,
  { clock, telemetry, passLimitMs }: Pick<DaemonDeps, 'clock' | 'telemetry' | 'passLimitMs'>,
): Promise<T> {
  if (passLimitMs === undefined) return await pass;
  const over = new AbortController();
  const late = async (): Promise<never> => {
    await clock.sleep(passLimitMs + overMs, over.signal);
    telemetry.log.error({ sync }, 'pass did not end at its limit, left behind');
    throw tooLong(sync, passLimitMs);
  };
  try {
    return await Promise.race([pass, late()]);
  } finally {
    over.abort(stopped());
  }
}

/** The work, or `graceMs` after the stop: then it is left behind, whatever becomes of it. The work must not reject. */
export async function orLeft(
  work: Promise<void>,
  graceMs: number,
  clock: DaemonDeps['clock'],
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  const late = aborted(signal, over.signal).then(async () => await clock.sleep(graceMs, over.signal));
  try {
    await Promise.race([work, late.catch(() => undefined)]);
  } finally {
    over.abort(stopped());
  }
}

/** Resolves when the signal aborts; rejects when `over` comes first. */
async function aborted(signal: AbortSignal, over: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true, signal: over });
    over.addEventListener('abort', () => reject(over.reason as Error), { once: true });
  });
}

/** What whoever waits hears when the daemon ends. */
export function stopped(): Waiting {
  return new Waiting('Stopped', 'the daemon stops; ask again when it runs');
}
