import type { Clock } from '../model/effects.ts';
import type { Token } from './client.ts';

export interface HeldToken {
  readonly text: string;
  /** Counts renewals: some vendors hand out the same text again. */
  readonly generation: number;
}

const earlyMs = 60_000;
/** A renewal under way has so long to end when the connection is closed (ms): well within what a stop has. */
const lastChanceMs = 5_000;

/** One token for all requests of a connection: fetched once however many wait for it. */
export class Tokens {
  readonly #clock: Clock;
  readonly #fetch: (signal: AbortSignal) => Promise<Token>;
  readonly #closed = new AbortController();
  #held: (HeldToken & { readonly until: number }) | undefined;
  #fetching: Promise<HeldToken> | undefined;
  #generation = 0;

  constructor(clock: Clock, fetch: (signal: AbortSignal) => Promise<Token>) {
    this.#clock = clock;
    this.#fetch = fetch;
  }

  /** The token now. A token that is about to end is renewed before. */
  async get(signal: AbortSignal): Promise<HeldToken> {
    // Before the renewal begins: a failure of one that nobody waits for would end the process.
    signal.throwIfAborted();
    const held = this.#held;
    if (held !== undefined && this.#clock.monotonic() < held.until) return held;
    return await orAbort((this.#fetching ??= this.#renew()), signal);
  }

  /** A token newer than the refused one; the renewal is shared by everybody whose request was refused with it. */
  async newer(refused: HeldToken, signal: AbortSignal): Promise<HeldToken> {
    if (this.#held?.generation === refused.generation) this.#held = undefined;
    return await this.get(signal);
  }

  /**
   * Waits a moment for a renewal under way before it is broken off: where a token is replaced at each use, its answer holds
   * the only one that is still worth something, and a stop in that second would cost somebody's consent.
   */
  async close(): Promise<void> {
    if (this.#fetching !== undefined) {
      const ended = new AbortController();
      const late = this.#clock.sleep(lastChanceMs, ended.signal);
      await Promise.race([this.#fetching, late]).catch(() => undefined);
      ended.abort();
      late.catch(() => undefined);
    }
    this.#closed.abort();
  }

  /** Not bound to the signal of the request that happens to come first: others wait for the same token. */
  async #renew(): Promise<HeldToken> {
    try {
      const askedAt = this.#clock.monotonic();
      const token = await this.#fetch(this.#closed.signal);
      const life = token.expiresInMs - Math.min(earlyMs, token.expiresInMs / 10);
      this.#generation += 1;
      this.#held = { text: token.text, generation: this.#generation, until: askedAt + life };
      return this.#held;
    } finally {
      this.#fetching = undefined;
    }
  }
}

function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
