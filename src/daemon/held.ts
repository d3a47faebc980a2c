import { Stalled, Waiting } from '../model/error.ts';
import { storedHeldList, type HeldList } from '../reconcile/held-list.ts';
import type { CompiledSpecs } from '../spec/compiled.ts';
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
  if (specs === undefined) throw new Waiting('NoRevision', 'no valid revision of the specs is in force yet');
  const sync = specs.syncs.get(name);
  if (sync !== undefined) return await storedHeldList(sync, store);
  const names = [...specs.syncs.keys()].join(', ');
  throw new Stalled('UnknownSync', `there is no sync "${name}" at this revision; there are: ${names}`);
}
