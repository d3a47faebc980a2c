import type { LinkRecord } from '../model/link.ts';
import type { Memory } from '../plan/input.ts';
import type { PassDeps } from './deps.ts';

/** What the store remembers, as one pass needs it. */
export interface PassMemory extends Memory {
  readonly links: ReadonlyMap<string, LinkRecord>;
  /** Accounts linked to this sync now. */
  readonly population: number;
}

export async function recall({ store, sync }: PassDeps): Promise<PassMemory> {
  const [records, owners] = await Promise.all([store.links(sync.name), store.owners(sync.to)]);
  const links = new Map(records.map((link) => [link.personId, link]));
  const population = records.reduce((count, link) => count + (link.state === 'active' ? 1 : 0), 0);
  return { links, owners, population };
}
