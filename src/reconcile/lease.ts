import { Waiting } from '../model/error.ts';
import type { Clock } from '../model/effects.ts';
import type { Lease, Store } from '../store/store.ts';

const leaseMs = 60_000;
const renewMs = 15_000;
/** As long as this after the last renewal nobody else can have taken the lease, with a margin for an order on its way. */
const certainMs = leaseMs / 2;

/** The time in which this process alone may write to a target. */
export interface Tenure {
  readonly lease: Lease;
  /** Aborts when the lease is lost, when the pass was asked to stop, and when the tenure is over. */
  readonly signal: AbortSignal;
  /**
   * Whether the lease is ours now: to be asked just before an order leaves. A process that was frozen (a suspended
   * machine, a long pause) wakes up before any timer tells it that another has taken over; it asks the store then.
   */
  holds(): Promise<boolean>;
}

/**
 * Runs `work` as the only writer to this target connection, over all syncs and processes that share the store. The lease
 * is renewed while it runs; when it is lost, `signal` aborts and the store refuses every further write of this pass.
 *
 * Rejects with `Waiting` (`TargetBusy`) while another holds it.
 */
export async function asOnlyWriter<T>(
  target: string,
  holder: string,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  signal: AbortSignal,
  work: (tenure: Tenure) => Promise<T>,
): Promise<T> {
  const busy = () =>
    new Waiting(
      'TargetBusy',
      `another rosterd is writing to ${target}, or was killed there less than a minute ago; this pass waits for its turn`,
      { connection: target, retryAfterMs: renewMs },
    );
  return await asOnlyHolder({ name: `target:${target}`, holder, busy }, { store, clock }, signal, work);
}

/** What only one process may do at a time, and what the others are told meanwhile. */
export interface Alone {
  readonly name: string;
  readonly holder: string;
  readonly busy: () => Error;
}

/** The same for anything: `work` while nobody else who shares the store holds this lease. Rejects with `busy()` if another does. */
export async function asOnlyHolder<T>(
  { name, holder, busy }: Alone,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  signal: AbortSignal,
  work: (tenure: Tenure) => Promise<T>,
): Promise<T> {
  const asked = momentOf(clock);
  const lease = await store.acquireLease(name, holder, leaseMs);
  if (lease === undefined) throw busy();
  const held = new HeldLease(lease, asked, store, clock);
  // Part of the signal: one that never fires keeps everything alive that ever listened to it.
  const ended = new AbortController();
  const renewing = keepRenewing(held, clock, ended.signal);
  try {
    return await work({
      lease,
      signal: AbortSignal.any([signal, held.lost, ended.signal]),
      holds: () => held.confirm(),
    });
  } finally {
    ended.abort();
    await renewing;
    await store.releaseLease(lease);
  }
}

async function keepRenewing(held: HeldLease, clock: Clock, ended: AbortSignal): Promise<void> {
  for (;;) {
    try {
      await clock.sleep(renewMs, ended);
    } catch {
      return;
    }
    if (!(await held.renew())) return;
  }
}

/** A moment on both clocks: the store's leases run out by the wall clock, which may jump; the steady one may stand still. */
interface Moment {
  readonly wall: number;
  readonly steady: number;
}

function momentOf(clock: Clock): Moment {
  return { wall: clock.now(), steady: clock.monotonic() };
}

class HeldLease {
  readonly #lease: Lease;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #lost = new AbortController();
  /** Before the store was last asked: from then on the lease runs at the earliest. */
  #since: Moment;

  constructor(lease: Lease, since: Moment, store: Store, clock: Clock) {
    this.#lease = lease;
    this.#since = since;
    this.#store = store;
    this.#clock = clock;
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Without asking the store as long as nobody else can have got it. An answer that took long to arrive is asked for
   * again: the process may have been frozen while it was on its way.
   */
  async confirm(): Promise<boolean> {
    while (!this.lost.aborted) {
      if (this.#isCertain()) return true;
      await this.renew();
    }
    return false;
  }

  #isCertain(): boolean {
    const now = momentOf(this.#clock);
    const [wall, steady] = [now.wall - this.#since.wall, now.steady - this.#since.steady];
    // Under a clock that went back, what we hold may look to another like a lease that nobody can have.
    return wall >= 0 && wall < certainMs && steady < certainMs;
  }

  /** False, for ever, once another has it or the store cannot tell. */
  async renew(): Promise<boolean> {
    const asked = momentOf(this.#clock);
    const held = await this.#store.renewLease(this.#lease, leaseMs).catch(() => false);
    if (held) this.#since = asked;
    else this.#lost.abort(lostTo(this.#lease));
    return held;
  }
}

function lostTo({ name }: Lease): Waiting {
  return new Waiting('LeaseLost', `another rosterd took over ${name}; this pass writes nothing more`);
}
