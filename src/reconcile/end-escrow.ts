import type { Change } from '../model/change.ts';
import type { Lease } from '../store/store.ts';
import type { Applied } from './applied.ts';
import type { PassDeps } from './deps.ts';
import { overcome, type EscrowView } from './escrow.ts';

/**
 * Forgets refusals that are overcome, and counts who still waits. A pass that only looks forgets nothing. After a crash
 * before this, the next pass finds the same: what succeeded is not planned any more.
 */
export async function endEscrow(
  view: EscrowView,
  planned: readonly Change[],
  released: readonly Change[],
  { done }: Applied,
  lease: Lease,
  { sync, killSwitch, store, telemetry }: PassDeps,
): Promise<void> {
  if (sync.mode !== 'observe' && !killSwitch) {
    const ended = (...outcomes: readonly string[]) =>
      new Set(done.filter(({ outcome }) => outcomes.includes(outcome)).map(({ change }) => change.id));
    const refused = ended('rejected', 'failed');
    const over = overcome(view, planned, released, ended('applied', 'delivered'), refused);
    if (over.length > 0) await store.clearEscrow(sync.name, over, lease);
  }
  const left = await store.escrow(sync.name);
  telemetry.metrics.escrow.set({ sync: sync.name }, new Set(left.map(({ personId }) => personId)).size);
}
