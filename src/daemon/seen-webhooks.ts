import type { Clock } from '../model/effects.ts';

/** A webhook that says when it was sent is taken for so long, by either clock (ms). */
const windowMs = 5 * 60_000;
/** One that does not say is remembered for so long (ms). */
const longMs = 24 * 3_600_000;
const most = 10_000;

/**
 * Which webhooks came before. Kept in memory only, and bounded: one that comes again after a restart costs a look, and
 * changes nothing that is right already.
 */
export class SeenWebhooks {
  readonly #clock: Clock;
  /** By connection and id, when it may be forgotten (ms, steady clock); in the order in which they came. */
  readonly #seen = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  judge(
    connection: string,
    { id, sentAt, withinMs = windowMs }: { id: string; sentAt?: number; withinMs?: number },
  ): 'new' | 'repeated' | 'stale' {
    if (sentAt !== undefined && !isNow(this.#clock.now() - sentAt, withinMs)) return 'stale';
    const now = this.#clock.monotonic();
    const key = keyOf(connection, id);
    const until = this.#seen.get(key);
    if (until !== undefined && until > now) return 'repeated';
    this.#seen.delete(key);
    // And a window more: it may have been sent ahead of our clock.
    this.#seen.set(key, now + (sentAt === undefined ? longMs : withinMs + windowMs));
    this.#forgetOld(now);
    return 'new';
  }

  /** Nothing came of it: when it is sent again, it is a new one. */
  forget(connection: string, { id }: { id: string }): void {
    this.#seen.delete(keyOf(connection, id));
  }

  #forgetOld(now: number): void {
    for (const [key, until] of this.#seen) {
      if (until > now && this.#seen.size <= most) return;
      this.#seen.delete(key);
    }
  }
}

function isNow(ageMs: number, withinMs: number): boolean {
  return ageMs >= -windowMs && ageMs <= withinMs;
}

function keyOf(connection: string, id: string): string {
  return `${connection}\n${id}`;
}
