import { fateOf, LostAnswer } from '../../http/errors.ts';
import type { HttpRequest, HttpResponse } from '../../http/client.ts';
import { SyncError, Waiting } from '../../model/error.ts';
import type { Order, Result } from '../../model/order.ts';
import type { Json } from '../../model/value.ts';
import { vendorWords } from '../vendor-words.ts';
import { isObject } from './json.ts';

type Failure = Pick<Result, 'outcome' | 'error'>;

/** TalentLMS refused one person's data: nothing changed. There is no machine code, only words. */
export function refused(order: Order, answer: Pick<HttpResponse, 'status' | 'body'>): Failure {
  return rejected(order, messageIn(answer.body), answer.status);
}

/** Likewise, where a task says it of one user of a batch. */
export function rejected(order: Order, message: unknown, status?: number): Failure {
  const words = vendorWords(message, { fields: Object.keys(order.set) });
  const said =
    words === '' ? (status === undefined ? 'without a word' : `with status ${status}`) : `"${words}"`;
  return {
    outcome: 'rejected',
    error: { reason: reasonOf(words, status), message: `TalentLMS refused it: ${said}`, fate: 'person' },
  };
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
  const { reason, message, fate } = error;
  const wait = error instanceof Waiting ? error.retryAfterMs : undefined;
  const told = {
    reason,
    message,
    fate: fateOf(error),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  };
  if (fate === 'stalled') return { outcome: 'rejected', error: told };
  const maybeDone = error instanceof LostAnswer || (effect === 'repeatable' && reason !== 'RateLimited');
  return { outcome: maybeDone ? 'unknown' : 'not-sent', error: told };
}

/** A later part of an order failed after an earlier one was done: only looking tells what is there. */
export function halfDone(
  accountId: string,
  failure: Failure,
  done: string,
): Pick<Result, 'outcome' | 'error' | 'accountId'> {
  const { error } = failure;
  if (error === undefined) return { outcome: 'unknown', accountId };
  return { outcome: 'unknown', accountId, error: { ...error, message: `${done}; then: ${error.message}` } };
}

/** Two fields at the top, or below `error`: the vendor documents both. */
export function messageIn(body: Json): unknown {
  if (!isObject(body)) return undefined;
  const { error } = body;
  return isObject(error) ? error['message'] : (body['message'] ?? error);
}

function reasonOf(words: string, status: number | undefined): string {
  if (/already exists/i.test(words)) return 'AlreadyExists';
  if (status === 404 || /does not exist|no longer available/i.test(words)) return 'AccountGone';
  return 'Refused';
}
