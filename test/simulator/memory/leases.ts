import type { Clock } from '../../../src/model/effects.ts';
import { Waiting } from '../../../src/model/error.ts';
import type { Lease } from '../../../src/store/store.ts';

/** As in the real store: a lease that ends later than this was given by a clock that was wrong. */
const mostSkewMs = 10 * 60_000;

interface Row {
  holder: string | null;
  token: number;
  expiresAt: number;
}

/** Leases with fencing tokens, by the wall clock. */
export class Leases {
  readonly #clock: Clock;
  readonly #rows = new Map<string, Row>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  acquire(name: string, holder: string, ttlMs: number): Lease | undefined {
    const now = this.#clock.now();
    const row = this.#rows.get(name) ?? { holder: null, token: 0, expiresAt: 0 };
    const lasts = row.expiresAt > now && row.expiresAt <= now + ttlMs + mostSkewMs;
    if (row.holder !== null && row.holder !== holder && lasts) return undefined;
    const token = row.token + 1;
    this.#rows.set(name, { holder, token, expiresAt: now + ttlMs });
    return { name, holder, token };
  }

  renew(lease: Lease, ttlMs: number): boolean {
    const row = this.#ours(lease);
    if (row !== undefined) row.expiresAt = this.#clock.now() + ttlMs;
    return row !== undefined;
  }

  release(lease: Lease): void {
    const row = this.#ours(lease);
    if (row === undefined) return;
    row.holder = null;
    row.expiresAt = 0;
  }

  /** Throws once another has taken the lease, or it was given back. */
  fence(lease: Lease): void {
    if (this.#ours(lease) === undefined)
      throw new Waiting(
        'LeaseLost',
        `the lease "${lease.name}" has another holder by now; nothing was recorded, and the next pass looks afresh`,
      );
  }

  #ours({ name, holder, token }: Lease): Row | undefined {
    const row = this.#rows.get(name);
    return row?.holder === holder && row.token === token ? row : undefined;
  }
}
