import type { Clock } from '../model/effects.ts';
import type { RateLimit } from './client.ts';

/** Added to each window: two requests may travel at different speed, and the other side counts arrivals. */
const slackMs = 50;

/**
 * Lets requests of one connection start: first come, first served, at most `room` in flight, never more than the
 * limits in any window, none before the end of a pause.
 */
export class Limiter {
  readonly #clock: Clock;
  readonly #windows: readonly Window[];
  readonly #concurrency: number;
  readonly #waiters: (() => void)[] = [];
  #room: number;
  #inFlight = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #slowedAt = Number.NEGATIVE_INFINITY;
  #gate: Promise<void> = Promise.resolve();
  #atGate = 0;

  constructor(clock: Clock, limits: readonly RateLimit[], concurrency: number) {
    this.#clock = clock;
    this.#windows = limits.map((limit) => new Window(limit.requests, limit.perMs + slackMs));
    this.#concurrency = Math.max(1, Math.floor(concurrency));
    this.#room = Math.ceil(this.#concurrency / 2);
  }

  get room(): number {
    return this.#room;
  }

  /** Rest of the pause in ms; 0 when there is none. */
  get pausedMs(): number {
    return Math.max(0, this.#pausedUntil - this.#clock.monotonic());
  }

  /** Resolves when the request may start, with the moment; every start is followed by one `leave`. */
  async enter(signal: AbortSignal): Promise<number> {
    await this.#slot(signal);
    try {
      if (this.#atGate === 0) {
        const wait = this.#waitMs();
        if (wait === 0) return this.#stamp();
      }
      return await this.#queue(signal);
    } catch (error) {
      this.leave();
      throw error;
    }
  }

  leave(): void {
    this.#inFlight -= 1;
    this.#wake();
  }

  /** The other side kept up: one more may run. */
  faster(): void {
    if (this.#room >= this.#concurrency) return;
    this.#room += 1;
    this.#wake();
  }

  /** Halves the room, once for all requests that were in flight together. */
  slower(startedAt: number): void {
    if (startedAt < this.#slowedAt) return;
    this.#slowedAt = this.#clock.monotonic();
    this.#room = Math.max(1, Math.floor(this.#room / 2));
  }

  /** No request starts for this long; a longer pause that already runs stays. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.monotonic() + ms);
  }

  #slot(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#inFlight < this.#room && this.#waiters.length === 0) {
      this.#inFlight += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const admit = () => {
        signal.removeEventListener('abort', forget);
        this.#inFlight += 1;
        resolve();
      };
      const forget = () => {
        this.#waiters.splice(this.#waiters.indexOf(admit), 1);
        reject(signal.reason as Error);
      };
      this.#waiters.push(admit);
      signal.addEventListener('abort', forget, { once: true });
    });
  }

  #wake(): void {
    while (this.#inFlight < this.#room) {
      const admit = this.#waiters.shift();
      if (admit === undefined) return;
      admit();
    }
  }

  /** Only the head of the queue sleeps, so that a pause that begins meanwhile holds for everybody behind it. */
  async #queue(signal: AbortSignal): Promise<number> {
    this.#atGate += 1;
    const before = this.#gate;
    const gate = Promise.withResolvers<void>();
    this.#gate = gate.promise;
    try {
      await before;
      signal.throwIfAborted();
      for (let wait = this.#waitMs(); wait > 0; wait = this.#waitMs()) await this.#clock.sleep(wait, signal);
      return this.#stamp();
    } finally {
      this.#atGate -= 1;
      gate.resolve();
    }
  }

  #waitMs(): number {
    const now = this.#clock.monotonic();
    let until = this.#pausedUntil;
    for (const window of this.#windows) until = Math.max(until, window.free());
    return until > now ? Math.ceil(until - now) : 0;
  }

  #stamp(): number {
    const now = this.#clock.monotonic();
    for (const window of this.#windows) window.stamp(now);
    return now;
  }
}

/** The last starts in a ring: exact for any window, where a token bucket lets twice the limit through. */
class Window {
  readonly #starts: Float64Array;
  readonly #perMs: number;
  #next = 0;

  constructor(requests: number, perMs: number) {
    this.#starts = new Float64Array(Math.max(1, requests)).fill(Number.NEGATIVE_INFINITY);
    this.#perMs = perMs;
  }

  free(): number {
    return (this.#starts[this.#next] ?? 0) + this.#perMs;
  }

  stamp(now: number): void {
    this.#starts[this.#next] = now;
    this.#next = (this.#next + 1) % this.#starts.length;
  }
}
