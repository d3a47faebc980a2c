import type { Json } from '../../../model/value.ts';
import { idOf, isObject, objectsIn, type JsonObject } from '../../json.ts';

export interface Page {
  readonly items: readonly JsonObject[];
  /** Where the list goes on; `undefined` on its last page. */
  readonly next: string | undefined;
}

interface Listing {
  readonly pages: number;
  readonly records: number;
}

/**
 * `{ _data, _meta: { links: { next: { href } } } }`; `undefined` for anything else. Personio's document does not promise
 * `links`: only a page with room left is the last one without them.
 */
export function pageOf(body: Json, most: number): Page | undefined {
  const items = isObject(body) ? objectsIn(body['_data']) : undefined;
  const meta = isObject(body) ? body['_meta'] : undefined;
  if (items === undefined || !isObject(meta)) return undefined;
  const links = meta['links'] ?? (items.length < most ? {} : undefined);
  if (!isObject(links)) return undefined;
  const next = links['next'] ?? undefined;
  if (next === undefined) return { items, next };
  const cursor = isObject(next) && typeof next['href'] === 'string' ? cursorIn(next['href']) : undefined;
  return cursor === undefined ? undefined : { items, next: cursor };
}

/**
 * The cursor of a link. The link itself is not followed: in examples of the vendor it leads to another path, and it may be
 * relative. A plus is part of a cursor, which may be base64, and no space.
 */
function cursorIn(href: string): string | undefined {
  const raw = /[?&]cursor=([^&#]+)/.exec(href)?.[1];
  if (raw === undefined) return undefined;
  try {
    return decodeURIComponent(raw);
  } catch {
    return undefined;
  }
}

/**
 * Every page of a list by cursor, in order. It ends where a page has no next one, which is all that Personio tells: there
 * are no totals, and no order of persons is documented. Rejects with `doubt` where the pages go in a circle, or on
 * without anything on them, and where somebody comes twice, since then the list moved while it was read.
 */
export async function* everyPage(
  fetchPage: (cursor: string | undefined) => Promise<Page>,
  doubt: (what: string) => Error,
): AsyncGenerator<readonly JsonObject[], Listing> {
  const cursors = new Set<string>();
  const ids = new Set<string>();
  let cursor: string | undefined;
  let records = 0;
  let wasEmpty = false;
  for (let pages = 1; ; pages += 1) {
    const { items, next } = await fetchPage(cursor);
    const isEmpty = items.length === 0;
    if (next !== undefined && cursors.has(next)) throw doubt('a list whose pages go in a circle');
    if (next !== undefined && isEmpty && wasEmpty) throw doubt('a list that goes on with nothing in it');
    for (const item of items) {
      const id = idOf(item['id']);
      if (id !== undefined && ids.has(id))
        throw doubt('the same one twice: the list shifted while it was read');
      if (id !== undefined) ids.add(id);
    }
    records += items.length;
    if (!isEmpty) yield items;
    if (next === undefined) return { pages, records };
    cursors.add(next);
    cursor = next;
    wasEmpty = isEmpty;
  }
}
