import type { HttpRequest } from '../http/client.ts';
import { fateOf, LostAnswer } from '../http/errors.ts';
import { SyncError, Waiting } from '../model/error.ts';
import type { Order, Result } from '../model/order.ts';
import { PictureUnavailable } from '../model/picture.ts';

/** What came of an order, without its key. */
export type Failure = Pick<Result, 'outcome' | 'error'>;

/** What stopped one order, and what becomes of the others. */
export type Fault = NonNullable<Result['error']>;

/** The system said no to this person's data, and nothing changed; `stalled` where it says no to everybody's. */
export function rejected(reason: string, message: string, fate: Fault['fate'] = 'person'): Failure {
  return { outcome: 'rejected', error: { reason, message, fate } };
}

/**
 * A request that failed as a whole: what that says of the order depends on what the request would have done. Rethrows
 * what is neither the connection's fault nor the end of the pass.
 */
export function failedWrite(error: unknown, effect: HttpRequest['effect'], signal: AbortSignal): Failure {
  if (error instanceof PictureUnavailable) {
    const { reason, message, isFinal } = error;
    return { outcome: isFinal ? 'rejected' : 'not-sent', error: { reason, message, fate: 'person' } };
  }
  if (!(error instanceof SyncError)) {
    if (!signal.aborted) throw error;
    // A write is never cut off by it, so that only one that is repeated may have been done.
    const outcome = effect === 'repeatable' ? 'unknown' : 'not-sent';
    return { outcome, error: { reason: 'Stopped', message: 'the pass was called off', fate: 'waiting' } };
  }
  if (error.fate === 'stalled') return { outcome: 'rejected', error: faultOf(error) };
  const mayBeDone =
    error instanceof LostAnswer || (effect === 'repeatable' && error.reason !== 'RateLimited');
  return { outcome: mayBeDone ? 'unknown' : 'not-sent', error: faultOf(error) };
}

/** What a failed request says of its order and of those after it. */
export function faultOf(error: SyncError): Fault {
  const { reason, message } = error;
  const wait = error instanceof Waiting ? error.retryAfterMs : undefined;
  return { reason, message, fate: fateOf(error), ...(wait === undefined ? {} : { retryAfterMs: wait }) };
}

/** A later part of an order failed after an earlier one was done: only looking tells what is there. */
export function halfDone(accountId: string, { error }: Failure, done: string): Omit<Result, 'key'> {
  if (error === undefined) return { outcome: 'unknown', accountId };
  return { outcome: 'unknown', accountId, error: { ...error, message: `${done}; then: ${error.message}` } };
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
