import type { Json } from '../../model/value.ts';
import { isObject, objectsIn, type JsonObject } from '../json.ts';

/** One page of any list. */
export interface Page {
  readonly items: readonly JsonObject[];
  /** `undefined` where Merge says that this is the last one. */
  readonly next: string | undefined;
}

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

/** The page that an answer is. One without a word about the next may be cut: only a `next` of null is the end. */
export function pageIn(body: Json, pageSize: number, doubt: (what: string) => Error): Page {
  const items = isObject(body) ? objectsIn(body['results']) : undefined;
  const next = isObject(body) ? body['next'] : undefined;
  if (items === undefined) throw doubt('a list without results');
  if (items.length > pageSize) throw doubt('a larger page than the one asked for');
  if (next === null) return { items, next: undefined };
  if (typeof next !== 'string' || next === '') throw doubt('a page that does not tell of the next');
  return { items, next: cursorIn(next) };
}

/** A cursor is a word; some lists give the address of the page instead. */
function cursorIn(next: string): string {
  return URL.parse(next)?.searchParams.get('cursor') ?? next;
}
