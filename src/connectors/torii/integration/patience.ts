import type { Clock } from '../../../model/effects.ts';

const longestGapMs = 30_000;

/** How long one file is waited for: longer and longer pauses, until their time is used up. */
export class Patience {
  readonly #clock: Clock;
  #leftMs: number;
  #gapMs = 2_000;

  constructor(clock: Clock, seconds: number) {
    this.#clock = clock;
    this.#leftMs = seconds * 1_000;
  }

  /** Waits before the next look; false where there is no time left for one. */
  async pause(signal: AbortSignal): Promise<boolean> {
    if (this.#leftMs <= 0) return false;
    const gap = Math.min(this.#gapMs, this.#leftMs);
    await this.#clock.sleep(gap, signal);
    this.#leftMs -= gap;
    this.#gapMs = Math.min(longestGapMs, this.#gapMs * 2);
    return true;
  }
}
