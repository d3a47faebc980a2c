import { Invalid, SyncError } from '../model/error.ts';
import type { Outcome, RunRecord, RunSummary } from '../model/run.ts';
import { awayBy } from './away.ts';
import type { PassDeps } from './deps.ts';

/**
 * The outcome of a pass that could not begin or look, or that a bug ended: nothing was planned, or what was under way is
 * looked up by the next pass.
 */
export function failedOutcome(
  run: RunRecord,
  error: unknown,
  signal: AbortSignal,
  { clock, only }: Pick<PassDeps, 'clock' | 'only'>,
): Outcome {
  const retryAfterMs = error instanceof SyncError && 'retryAfterMs' in error ? error.retryAfterMs : undefined;
  const away = awayBy(error);
  return {
    run,
    summary: {
      endedAt: clock.now(),
      ...resultOf(error, signal),
      people: {},
      changes: [],
      held: 0,
      heldDigest: null,
      drift: 0,
      ...(only === undefined ? {} : { partial: { people: only.size, notFound: 0 } }),
      source: null,
      targetReceipt: null,
    },
    released: [],
    held: [],
    drift: [],
    ...(typeof retryAfterMs === 'number' ? { retryAfterMs } : {}),
    ...(away === undefined ? {} : { away }),
  };
}

function resultOf(error: unknown, signal: AbortSignal): Pick<RunSummary, 'result' | 'reason' | 'message'> {
  if (error instanceof SyncError) return { result: error.fate, reason: error.reason, message: error.message };
  if (error instanceof Invalid) return { result: 'stalled', reason: 'Invalid', message: error.message };
  if (signal.aborted) return { result: 'stopped', reason: 'Stopped', message: 'the pass was asked to stop' };
  // What a bug says may hold anything: it goes to the log only.
  const message = 'rosterd itself failed; the log says where. It tries again by itself';
  return { result: 'waiting', reason: 'InternalError', message };
}
