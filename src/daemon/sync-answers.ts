import { Stalled, Waiting } from '../model/error.ts';
import { storedHeldList, type HeldList } from '../reconcile/held-list.ts';
import type { CompiledSpecs, CompiledSync } from '../spec/compiled.ts';
import type { Due } from '../store/store.ts';
import type { DaemonDeps } from './deps.ts';

/**
 * Everything that a sync's last pass held, `null` for nothing. Rejects with `Stalled` (`UnknownSync`) or `Waiting`
 * (`NoRevision`).
 */
export async function heldBy(
  name: string,
  specs: CompiledSpecs | undefined,
  { store }: Pick<DaemonDeps, 'store'>,
): Promise<HeldList | null> {
  return await storedHeldList(syncOf(name, specs), store);
}

/** What dates will bring a sync's people in so many days, as its last pass saw it. Rejects as `heldBy` does. */
export async function upcomingOf(
  name: string,
  days: number,
  specs: CompiledSpecs | undefined,
  { store, clock }: Pick<DaemonDeps, 'store' | 'clock'>,
): Promise<readonly Due[]> {
  const now = clock.now();
  return await store.due(syncOf(name, specs).name, now, now + days * 86_400_000);
}

function syncOf(name: string, specs: CompiledSpecs | undefined): CompiledSync {
  if (specs === undefined) throw new Waiting('NoRevision', 'no valid revision of the specs is in force yet');
  const sync = specs.syncs.get(name);
  if (sync !== undefined) return sync;
  const names = [...specs.syncs.keys()].join(', ');
  throw new Stalled('UnknownSync', `there is no sync "${name}" at this revision; there are: ${names}`);
}
