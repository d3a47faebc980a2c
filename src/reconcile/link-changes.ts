import type { LinkChange } from '../model/link-change.ts';
import type { LinkRecord, Owner } from '../model/link.ts';
import type { Lease } from '../store/store.ts';
import type { PassDeps } from './deps.ts';
import type { PassMemory } from './memory.ts';

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
