import { listOf } from '../model/entity.ts';
import type { LinkChange } from '../model/link-change.ts';
import type { LinkRecord, Owner } from '../model/link.ts';
import type { HandOver } from '../plan/input.ts';
import type { Lease } from '../store/store.ts';
import type { PassDeps } from './deps.ts';
import type { PassMemory } from './memory.ts';

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

/** The links after what documents change of them, and of whom the store still says something else. */
export interface ChangedLinks {
  readonly links: Map<string, LinkRecord>;
  readonly waiting: ReadonlySet<string>;
}

/**
 * Carries out in the store what documents decide, in one transaction and before the first write to the target; in a pass
 * that only looks, nothing. An adoption is remembered with the change that makes it.
 */
export async function changeLinks(
  changes: readonly LinkChange[],
  memory: PassMemory,
  writes: boolean,
  lease: Lease,
  { store, sync }: PassDeps,
): Promise<ChangedLinks> {
  const links = new Map(memory.links);
  const stored = changes.filter(({ kind }) => kind !== 'adopt' && kind !== 'replace');
  if (!writes) return { links, waiting: new Set(changes.map(({ personId }) => personId)) };
  if (stored.length === 0) return { links, waiting: new Set() };
  const handed = new Map(
    (memory.handOvers ?? []).flatMap((one) =>
      one.links.map((link) => [`${one.transfer.from}\n${link.personId}`, link] as const),
    ),
  );
  const forget: Owner[] = [];
  const save = new Map<string, LinkRecord>();
  for (const { kind, personId, accountId, from } of stored) {
    if (kind === 'transfer' && from !== undefined) {
      const link = handed.get(`${from}\n${personId}`);
      if (link === undefined) continue;
      forget.push({ sync: from, personId });
      save.set(personId, { ...link, sync: sync.name });
      links.set(personId, { ...link, sync: sync.name });
      continue;
    }
    forget.push({ sync: sync.name, personId });
    // The other sync of a pair has the same two the other way round.
    if (sync.pair !== undefined) forget.push({ sync: sync.pair.partner, personId: accountId });
    save.delete(personId);
    links.delete(personId);
  }
  await store.changeLinks(forget, [...save.values()], lease);
  return { links, waiting: new Set() };
}
