import { listOf } from '../model/entity.ts';
import type { LinkRecord } from '../model/link.ts';
import type { Memory } from '../plan/input.ts';
import type { Escrow } from '../store/store.ts';
import type { PassDeps } from './deps.ts';
import { viaLinks } from './via.ts';

/** What the store remembers, as one pass needs it. */
export interface PassMemory extends Memory {
  readonly links: ReadonlyMap<string, LinkRecord>;
  /** Changes that wait after a refusal. */
  readonly escrow: readonly Escrow[];
  /** Accounts linked to this sync now. */
  readonly population: number;
  /** True when the sync has links, but none in this target: it was pointed at another system, and begins anew there. */
  readonly moved: boolean;
}

export async function recall({ store, sync }: PassDeps): Promise<PassMemory> {
  const list = listOf(sync.to, sync.entity);
  const [records, owners, escrow, via] = await Promise.all([
    store.links(sync.name),
    store.owners(list),
    store.escrow(sync.name),
    viaLinks({ store, sync }),
  ]);
  // Ids of another system say nothing here, even where they look the same.
  const here = records.filter(({ target }) => target === list);
  const links = new Map(here.map((link) => [link.personId, link]));
  const population = here.reduce((count, link) => count + (link.state === 'active' ? 1 : 0), 0);
  const moved = here.length === 0 && records.length > 0;
  return { links, owners, escrow, population, moved, ...(via === undefined ? {} : { via }) };
}
