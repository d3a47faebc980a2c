import type { HttpRequest } from './client.ts';
import type { Exchange } from './exchange.ts';
import { badBody, lost, refused, unavailable, unreachable, type Place } from './failure.ts';
import { afterFailure, afterStatus } from './retry.ts';

/** The request cannot be sent at all, or this client was closed. */
const hopeless = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_DESTROYED', 'UND_ERR_CLOSED']);

/** How long an answer asks to wait (ms). Only `Retry-After` says that a 503 did nothing; what is left of a quota does not. */
export interface NamedWait {
  readonly ms: number;
  readonly isRetryAfter: boolean;
}

/** What a failed attempt means, and whether trying again could mend it. */
export function judge(
  request: HttpRequest,
  answer: Exchange,
  named: NamedWait | undefined,
  place: Place,
  attempts: number,
): { readonly final: boolean; readonly error: Error } {
  if (answer.kind === 'none') {
    const verdict = afterFailure(request.effect, answer.reached);
    if (verdict === 'lost') return { final: true, error: lost(place, answer.code, { cause: answer.error }) };
    return {
      final: hopeless.has(answer.code),
      error: unreachable(place, answer.code, answer.error),
    };
  }
  if (answer.kind === 'bad-body') {
    if (request.effect === 'once') return { final: true, error: lost(place, answer.error.reason) };
    return { final: answer.error.reason !== 'BodyCut', error: badBody(place, answer.error) };
  }
  const verdict = afterStatus(request.effect, answer.status, named?.isRetryAfter === true);
  if (verdict === 'refused') return { final: true, error: refused(place, answer.status) };
  if (verdict === 'lost') {
    const more = named === undefined ? {} : { retryAfterMs: named.ms };
    return { final: true, error: lost(place, String(answer.status), more) };
  }
  return { final: false, error: unavailable(place, answer.status, attempts, named?.ms) };
}

/** `undefined` when no answer came. */
export function statusOf(answer: Exchange): number | undefined {
  return answer.kind === 'none' ? undefined : answer.status;
}
