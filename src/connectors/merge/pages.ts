import type { JsonObject } from '../json.ts';
import type { Page } from './client.ts';

export interface Listing {
  readonly pages: number;
  readonly records: number;
}

/**
 * Every page of a list by cursor. Ends where Merge says that there is no next page, and nowhere else; rejects with `doubt`
 * where a cursor or a record comes again, since then pages went in a circle or shifted. `key`: the field by which the
 * records of this list are told apart.
 */
export async function* everyPage(
  fetchPage: (cursor: string | undefined) => Promise<Page>,
  doubt: (what: string) => Error,
  key = 'id',
): AsyncGenerator<readonly JsonObject[], Listing> {
  const cursors = new Set<string>();
  const ids = new Set<string>();
  let next: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const page = await fetchPage(next);
    for (const { [key]: id } of page.items) {
      if (typeof id !== 'string' || id === '') throw doubt(`a record without ${key}`);
      if (ids.has(id)) throw doubt('the same record twice in one list');
      ids.add(id);
    }
    yield page.items;
    next = page.next;
    if (next === undefined) return { pages, records: ids.size };
    if (cursors.has(next)) throw doubt('pages that go in a circle');
    cursors.add(next);
  }
}
