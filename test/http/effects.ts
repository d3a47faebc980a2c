import type { Clock, Random } from '../../src/model/effects.ts';

/** A clock that jumps: whoever sleeps wakes at once, and the time slept has passed. */
export class JumpingClock implements Clock {
  readonly slept: number[] = [];
  #ms: number;

  constructor(start = Date.parse('2026-03-02T09:00:00Z')) {
    this.#ms = start;
  }

  now(): number {
    return this.#ms;
  }

  monotonic(): number {
    return this.#ms;
  }

  advance(ms: number): void {
    this.#ms += ms;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.slept.push(ms);
    this.#ms += ms;
  }
}

/** Always the same fraction, so that jitter can be computed by hand. */
export function steadyRandom(fraction = 0.5): Random {
  let count = 0;
  return {
    fraction: () => fraction,
    bytes: (length) => new Uint8Array(length).fill(7),
    id: () => `id-${(count += 1)}`,
  };
}
