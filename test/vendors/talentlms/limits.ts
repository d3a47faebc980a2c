import { Refusal, sections } from './refusal.ts';

export interface VendorLimits {
  readonly perHour: number;
  readonly per5s: number;
}

/** Counts requests in windows of an hour and of 5 s, each beginning with its first request. */
export class Meter {
  readonly #limits: VendorLimits;
  readonly #now: () => number;
  #hour = { start: 0, used: 0 };
  #burst = { start: 0, used: 0 };

  constructor(limits: VendorLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Refuses with 429 and, as the vendor, without Retry-After. */
  count(): void {
    const now = this.#now();
    if (this.#hour.used === 0 || now - this.#hour.start >= 3_600_000) this.#hour = { start: now, used: 0 };
    if (this.#burst.used === 0 || now - this.#burst.start >= 5_000) this.#burst = { start: now, used: 0 };
    if (this.#hour.used >= this.#limits.perHour || this.#burst.used >= this.#limits.per5s) {
      throw new Refusal(429, sections.errors, 'The API request rate limit has been exceeded.');
    }
    this.#hour.used += 1;
    this.#burst.used += 1;
  }

  /** What v1 answers to `ratelimit`; `reset` in Unix seconds. */
  left(): { readonly limit: number; readonly remaining: number; readonly reset: number } {
    const { perHour } = this.#limits;
    const isOver = this.#now() - this.#hour.start >= 3_600_000;
    const start = isOver ? this.#now() : this.#hour.start;
    const remaining = isOver ? perHour : Math.max(0, perHour - this.#hour.used);
    return { limit: perHour, remaining, reset: Math.floor((start + 3_600_000) / 1_000) };
  }

  headers(): Record<string, string> {
    return {
      'x-ratelimit-limit': String(this.#limits.perHour),
      'x-ratelimit-remaining': String(Math.max(0, this.#limits.perHour - this.#hour.used)),
    };
  }
}
