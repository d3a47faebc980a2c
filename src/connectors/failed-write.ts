import type { HttpRequest } from '../http/client.ts';
import { fateOf, LostAnswer } from '../http/errors.ts';
import { SyncError, Waiting } from '../model/error.ts';
import type { Order, Result } from '../model/order.ts';

/** What came of an order, without its key. */
export type Failure = Pick<Result, 'outcome' | 'error'>;

/** The system said no to this person's data, and nothing changed; `stalled` where it says no to everybody's. */
export function rejected(reason: string, message: string, fate: 'person' | 'stalled' = 'person'): Failure {
  return { outcome: 'rejected', error: { reason, message, fate } };
}

/**
 * A request that failed as a whole: what that says of the order depends on what the request would have done. Rethrows
 * what is neither the connection's fault nor the end of the pass.
 */
export function failedWrite(error: unknown, effect: HttpRequest['effect'], signal: AbortSignal): Failure {
  if (!(error instanceof SyncError)) {
    if (!signal.aborted) throw error;
    // A write is never cut off by it, so that only one that is repeated may have been done.
    const outcome = effect === 'repeatable' ? 'unknown' : 'not-sent';
    return { outcome, error: { reason: 'Stopped', message: 'the pass was called off', fate: 'waiting' } };
  }
  const { reason, message } = error;
  if (error.fate === 'stalled') return rejected(reason, message, 'stalled');
  const wait = error instanceof Waiting ? error.retryAfterMs : undefined;
  const told = wait === undefined ? {} : { retryAfterMs: wait };
  const mayBeDone = error instanceof LostAnswer || (effect === 'repeatable' && reason !== 'RateLimited');
  return {
    outcome: mayBeDone ? 'unknown' : 'not-sent',
    error: { reason, message, fate: fateOf(error), ...told },
  };
}

/** Takes no further order once the pass was called off; what is taken is finished. */
export async function* untilCalledOff(
  orders: AsyncIterable<Order>,
  signal: AbortSignal,
): AsyncGenerator<Order> {
  for await (const order of orders) {
    yield order;
    if (signal.aborted) return;
  }
}
