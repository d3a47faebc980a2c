import { listOf } from '../model/entity.ts';
import type { HandOver } from '../plan/input.ts';
import type { PassDeps } from './deps.ts';

/** What the syncs have whose links are handed over to this one: their links into this target, by ids of this source. */
export async function handOversOf({
  decisions,
  store,
  sync,
}: Pick<PassDeps, 'decisions' | 'store' | 'sync'>): Promise<readonly HandOver[]> {
  const handOvers: HandOver[] = [];
  for (const transfer of decisions?.transfers ?? []) {
    const links = (await store.links(transfer.from)).filter(
      ({ target }) => target === listOf(sync.to, sync.entity),
    );
    if (links.length === 0) continue;
    const { source } = await store.syncState(transfer.from);
    if (source === sync.from) handOvers.push({ transfer, links });
    else {
      const whose = source === null ? 'a source that is not known' : `connection "${source}"`;
      const fault = `the ${links.length} links of sync "${transfer.from}" are by ids of ${whose}, and this sync reads "${sync.from}": they stay as they are`;
      handOvers.push({ transfer, links: [], fault });
    }
  }
  return handOvers;
}
