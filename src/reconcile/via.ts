import type { ViaLinks } from '../plan/input.ts';
import { referencesOf } from '../plan/via.ts';
import type { PassDeps } from './deps.ts';

/** Links of the syncs that this one refers through, each read once for the pass; undefined where it refers through none. */
export async function viaLinks({
  sync,
  store,
}: Pick<PassDeps, 'sync' | 'store'>): Promise<ViaLinks | undefined> {
  const steps = referencesOf(sync).flatMap(({ via }) => via);
  const names = new Set(
    steps.flatMap((step) => [step.sync, ...(step.partner === undefined ? [] : [step.partner.sync])]),
  );
  if (names.size === 0) return undefined;
  return new Map(await Promise.all([...names].map(async (name) => [name, await store.links(name)] as const)));
}
