import type { Json } from '../../model/value.ts';
import { isObject, objectsIn, type JsonObject } from '../json.ts';
import type { PerMinute, ToriiClient } from './client.ts';

export interface ListProof {
  readonly pages: number;
  readonly total: number;
}

/** One of Torii's lists of users, and how two of its entries are told apart. */
export interface List {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly perMinute: PerMinute;
  keyOf(item: JsonObject): string;
}

/** The most that `size` may be. */
export const pageSize = 1000;

/**
 * A whole list, cursor by cursor, each entry once. The end is proven by the total, which every page names and which must
 * not change, and by a last page without a cursor. On any doubt it rejects with `Waiting`.
 */
export async function* everyUser(
  client: ToriiClient,
  list: List,
  signal: AbortSignal,
): AsyncGenerator<readonly JsonObject[], ListProof> {
  const doubt = (what: string) => client.unexpected(`a list (${list.path}) that ${what}`);
  const seen = new Set<string>();
  const cursors = new Set<string>();
  let total: number | undefined;
  let cursor: string | undefined;
  for (let pages = 1; ; pages += 1) {
    signal.throwIfAborted();
    const query = { ...list.query, size: pageSize, cursor };
    const page = pageIn(await client.get(list.perMinute, list.path, query, signal));
    if (page === undefined) throw doubt('has no users or no total');
    if (page.total !== (total ??= page.total)) throw doubt('changed while it was read');
    for (const item of page.users) {
      const key = list.keyOf(item);
      if (seen.has(key)) throw doubt('repeats what an earlier page held');
      seen.add(key);
    }
    if (page.users.length > 0) yield page.users;
    ({ next: cursor } = page);
    if (cursor === undefined) {
      if (seen.size !== total) throw doubt('has a total that does not add up');
      return { pages, total };
    }
    if (cursors.has(cursor)) throw doubt('goes in a circle');
    cursors.add(cursor);
    if (page.users.length === 0 || seen.size > total) throw doubt('goes on behind its end');
  }
}

interface Page {
  readonly users: readonly JsonObject[];
  readonly total: number;
  readonly next: string | undefined;
}

function pageIn(body: Json): Page | undefined {
  if (!isObject(body)) return undefined;
  const { total, nextCursor: next = null } = body;
  const users = objectsIn(body['users']);
  if (users === undefined || typeof total !== 'number' || !Number.isSafeInteger(total)) return undefined;
  if (next !== null && (typeof next !== 'string' || next === '')) return undefined;
  return { users, total, next: next ?? undefined };
}
