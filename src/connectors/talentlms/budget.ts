import type { Clock } from '../../model/effects.ts';
import type { Receipt } from '../../model/row.ts';

const hourMs = 3_600_000;
/** The smallest plan: 2,000 requests an hour. */
const smallestPlan = 2_000;
/** The vendor has a second limit, 200 in 5 s. A header that names no more than that speaks of it. */
const burst = 200;

/**
 * What is left of the plan's requests of this hour: by the vendor's own headers, which also count other programs on
 * the same portal, and by our own count where they are missing. A tenth is kept back for writes and for others.
 */
export class Budget {
  readonly #clock: Clock;
  readonly #configured: number | undefined;
  #announced: number | undefined;
  #remaining: number | undefined;
  #windowStart = Number.NEGATIVE_INFINITY;
  #used = 0;

  constructor(clock: Clock, configured: number | undefined) {
    this.#clock = clock;
    this.#configured = configured;
  }

  get perHour(): number {
    return Math.min(this.#configured ?? Number.POSITIVE_INFINITY, this.#announced ?? smallestPlan);
  }

  /** Requests that may be spent on details now. */
  get free(): number {
    const own = this.perHour - this.#used;
    const left = Math.min(own, this.#remaining ?? own);
    return Math.max(0, left - Math.ceil(this.perHour / 10));
  }

  /** What a receipt says when details of so many users had to wait for the next hour. */
  shortBy(missing: number): Pick<Receipt, 'incomplete'> {
    if (missing === 0) return {};
    const reason =
      `what the list of users lacks is read one user at a time, and the ${this.perHour} requests of this hour are ` +
      'used up; the next pass goes on where this one ended';
    return { incomplete: { missing, reason } };
  }

  note(headers: Readonly<Record<string, string>>): void {
    const now = this.#clock.monotonic();
    if (now - this.#windowStart >= hourMs) {
      this.#windowStart = now;
      this.#used = 0;
    }
    this.#used += 1;
    const limit = wholeOf(headers['x-ratelimit-limit']);
    if (limit !== undefined && limit > burst) {
      this.announce(limit, wholeOf(headers['x-ratelimit-remaining']));
    } else if (this.#remaining !== undefined) {
      this.#remaining -= 1;
    }
  }

  /** The portal's own count. API v1 has no headers for it and is asked. */
  announce(limit: number, remaining: number | undefined): void {
    this.#announced = limit;
    this.#remaining = remaining;
  }
}

function wholeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}
