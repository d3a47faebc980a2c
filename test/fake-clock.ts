import type { Clock } from '../src/model/effects.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is told. Sleepers wake in the order of their time, each at exactly its time. */
export class FakeClock implements Clock {
  #now: number;
  #steady = 0;
  readonly #sleepers = new Set<Sleeper>();

  constructor(startMs: number) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#steady;
  }

  /** How many sleep now. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason as Error);
        return;
      }
      const sleeper: Sleeper = {
        until: this.#steady + Math.max(0, ms),
        wake: () => {
          signal?.removeEventListener('abort', onAbort);
          this.#sleepers.delete(sleeper);
          resolve();
        },
      };
      const onAbort = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#sleepers.add(sleeper);
    });
  }

  /** Lets time pass. Whoever wakes gets to run, and to sleep again, before the next one wakes. */
  async advance(ms: number): Promise<void> {
    const end = this.#steady + ms;
    await settle();
    for (;;) {
      const next = [...this.#sleepers].toSorted((a, b) => a.until - b.until)[0];
      if (next === undefined || next.until > end) break;
      this.#forward(Math.max(0, next.until - this.#steady));
      next.wake();
      await settle();
    }
    this.#forward(end - this.#steady);
    await settle();
  }

  /** The wall clock jumps; the steady clock and the sleepers don't notice. */
  jump(ms: number): void {
    this.#now += ms;
  }

  #forward(ms: number): void {
    this.#now += ms;
    this.#steady += ms;
  }
}

/** Lets everything run that needs no time: several turns of the event loop. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
