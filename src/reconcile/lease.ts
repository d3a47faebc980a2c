import { Waiting } from '../model/error.ts';
import type { Clock } from '../model/effects.ts';
import type { Lease, Store } from '../store/store.ts';

const leaseMs = 60_000;
const renewMs = 15_000;

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
  work: (lease: Lease, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lease = await store.acquireLease(`target:${target}`, holder, leaseMs);
  if (lease === undefined) {
    throw new Waiting('TargetBusy', `another rosterd is writing to ${target}; this pass waits for its turn`, {
      connection: target,
      retryAfterMs: renewMs,
    });
  }
  const lost = new AbortController();
  const ended = new AbortController();
  const renewing = keepRenewing(lease, store, clock, lost, ended.signal);
  try {
    return await work(lease, AbortSignal.any([signal, lost.signal]));
  } finally {
    ended.abort();
    await renewing;
    await store.releaseLease(lease);
  }
}

async function keepRenewing(
  lease: Lease,
  store: Store,
  clock: Clock,
  lost: AbortController,
  ended: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      await clock.sleep(renewMs, ended);
    } catch {
      return;
    }
    const held = await store.renewLease(lease, leaseMs).catch(() => false);
    if (!held) {
      lost.abort(
        new Waiting('LeaseLost', `another rosterd took over ${lease.name}; this pass writes nothing more`),
      );
      return;
    }
  }
}
