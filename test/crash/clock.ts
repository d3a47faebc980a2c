import type { Clock } from '../../src/model/effects.ts';

/** Longer sleeps are those of watchers (a lease's renewal, a grace), which wake when work has taken as long. */
const longestPauseMs = 8_000;

interface Watcher {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that moves when somebody pauses or works: a pause takes no real time, and nothing waits for ever. */
export class WorkClock implements Clock {
  #now: number;
  readonly #watchers = new Set<Watcher>();

  constructor(startMs: number) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  /** Work has taken so long. */
  pass(ms: number): void {
    this.#now += ms;
    for (const watcher of this.#watchers) if (watcher.until <= this.#now) watcher.wake();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
    if (ms < longestPauseMs) {
      this.pass(Math.max(0, ms));
      return new Promise((resolve) => setImmediate(resolve));
    }
    return new Promise((resolve, reject) => {
      const end = () => {
        this.#watchers.delete(watcher);
        signal?.removeEventListener('abort', stop);
      };
      const stop = () => {
        end();
        reject(signal?.reason as Error);
      };
      const wake = () => {
        end();
        resolve();
      };
      const watcher: Watcher = { until: this.#now + ms, wake };
      this.#watchers.add(watcher);
      signal?.addEventListener('abort', stop, { once: true });
    });
  }
}
