import { fateOf, LostAnswer } from '../../http/errors.ts';
import type { HttpRequest, HttpResponse } from '../../http/client.ts';
import { SyncError, Waiting } from '../../model/error.ts';
import type { Order, Result } from '../../model/order.ts';
import { refusals, wordsIn } from './client.ts';
import { isObject } from './json.ts';

export type Fault = NonNullable<Result['error']>;
export type Failure = Pick<Result, 'outcome' | 'error'>;

/** Whether TalentHR said no: by its status, or by `success: false` with 200. */
export function isRefusal({ status, body }: Pick<HttpResponse, 'status' | 'body'>): boolean {
  return (refusals as readonly number[]).includes(status) || (isObject(body) && body['success'] === false);
}

/** TalentHR refused one person's data: nothing changed. Its words are kept as far as they are words of messages. */
export function refused(order: Order, { status, body }: Pick<HttpResponse, 'status' | 'body'>): Failure {
  if (status === 404 && order.accountId === null) {
    return rejected(
      'NotFound',
      'TalentHR does not know where people are hired (404); check baseUrl',
      'stalled',
    );
  }
  if (status === 404) {
    return rejected('AccountGone', 'there is no employee with this id any more (404); the next pass looks');
  }
  const words = wordsIn(body, Object.keys(order.set));
  const reason = /already|taken|exists|unique/i.test(words) ? 'AlreadyExists' : 'Refused';
  return rejected(reason, `TalentHR refused it (${status})${words === '' ? '' : `: "${words}"`}`);
}

export function rejected(reason: string, message: string, fate: Fault['fate'] = 'person'): Failure {
  return { outcome: 'rejected', error: { reason, message, fate } };
}

/** This order cannot be sent at all. */
export function wrong(reason: string, message: string): Fault {
  return { reason, message, fate: 'person' };
}

/**
 * A request that failed as a whole: what that says of the order depends on what the request would have done. Rethrows
 * what is neither the connection's fault nor the end of the pass.
 */
export function failed(error: unknown, effect: HttpRequest['effect'], signal: AbortSignal): Failure {
  if (!(error instanceof SyncError)) {
    if (!signal.aborted) throw error;
    // A write is never cut off by it, so that only one that is repeated may have been done.
    const outcome = effect === 'repeatable' ? 'unknown' : 'not-sent';
    return { outcome, error: { reason: 'Stopped', message: 'the pass was called off', fate: 'waiting' } };
  }
  const { reason, message } = error;
  const wait = error instanceof Waiting ? error.retryAfterMs : undefined;
  const fault: Fault = {
    reason,
    message,
    fate: fateOf(error),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  };
  if (error.fate === 'stalled') return { outcome: 'rejected', error: fault };
  const isOpen = error instanceof LostAnswer || (effect === 'repeatable' && reason !== 'RateLimited');
  return { outcome: isOpen ? 'unknown' : 'not-sent', error: fault };
}

/** A later part of an order failed after an earlier one was done: only looking tells what is there. */
export function halfDone(order: Order, accountId: string, { error }: Failure, done: string): Result {
  const told = error === undefined ? {} : { error: { ...error, message: `${done}; then: ${error.message}` } };
  return { key: order.key, outcome: 'unknown', accountId, ...told };
}
