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
  const end = new AbortController();
  let timedOut = false;
  const stop = () => {
    timedOut = true;
    end.abort(new DOMException('no answer in time', 'TimeoutError'));
  };
  // Not AbortSignal.timeout: its timer lives on until it fires, however soon the answer comes.
  const timer = setTimeout(stop, timeoutMs).unref();
  let grace: NodeJS.Timeout | undefined;
  const forget = whenAborted(caller, () => {
    if (effect === 'read') end.abort(caller.reason);
    else grace = setTimeout(stop, graceMs).unref();
  });
  return {
    signal: end.signal,
    get timedOut() {
      return timedOut;
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      clearTimeout(grace);
      forget();
    },
  };
}

const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back when the signal fires, until forgotten. One listener for all requests of a signal: a listener that is
 * removed still points to the one added after it, and a chain of them kept what a hundred thousand requests had in
 * memory alive until the next full collection.
 */
function whenAborted(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => {};
  }
  const callbacks = waiting.get(signal) ?? listen(signal);
  callbacks.add(callback);
  return () => callbacks.delete(callback);
}

function listen(signal: AbortSignal): Set<() => void> {
  const callbacks = new Set<() => void>();
  waiting.set(signal, callbacks);
  signal.addEventListener('abort', () => callbacks.forEach((callback) => callback()), { once: true });
  return callbacks;
}
