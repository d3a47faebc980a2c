import type { HttpRequest } from './client.ts';

/** A write that was sent gets this long to be answered after the pass was told to stop. */
const graceMs = 8_000;

export interface Deadline extends Disposable {
  readonly signal: AbortSignal;
  readonly timedOut: boolean;
}

/**
 * When one attempt ends without an answer. Sockets are real, so this is the one place that counts real time. A read
 * ends with the caller's signal; a write in flight is finished, so that its outcome is known.
 */
export function deadline(effect: HttpRequest['effect'], timeoutMs: number, caller: AbortSignal): Deadline {
  const timeout = AbortSignal.timeout(timeoutMs);
  if (effect === 'read') {
    return {
      signal: AbortSignal.any([caller, timeout]),
      get timedOut() {
        return timeout.aborted;
      },
      [Symbol.dispose]() {},
    };
  }
  const end = new AbortController();
  const stop = () => end.abort(new DOMException('no answer in time', 'TimeoutError'));
  const hurry = () => AbortSignal.timeout(graceMs).addEventListener('abort', stop, { once: true });
  timeout.addEventListener('abort', stop, { once: true });
  if (caller.aborted) hurry();
  else caller.addEventListener('abort', hurry, { once: true });
  return {
    signal: end.signal,
    get timedOut() {
      return end.signal.aborted;
    },
    [Symbol.dispose]() {
      timeout.removeEventListener('abort', stop);
      caller.removeEventListener('abort', hurry);
    },
  };
}
