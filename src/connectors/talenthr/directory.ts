import type { Json } from '../../model/value.ts';
import { idOf, isObject, objectsIn, type JsonObject } from '../json.ts';
import { pagesAhead } from '../pages-ahead.ts';
import type { TalentHrClient } from './client.ts';

export interface ListProof {
  readonly pages: number;
  readonly total: number;
}

interface Page {
  readonly total: number;
  readonly rows: readonly JsonObject[];
}

/** The most that is asked for; whether TalentHR gives less at once is seen from the first page. */
const pageSize = 100;

/**
 * The directory page by page, of everybody or of those in one of its filters. The end is proven by the total that every
 * page names: it must not change, every page must be full but the last, and nobody may come twice, since a list by
 * offset shifts when somebody is added or taken out. On any doubt it rejects with `Waiting`.
 */
export async function* readDirectory(
  client: TalentHrClient,
  filter: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly JsonObject[], ListProof> {
  const fetch = (offset: number, limit: number) => fetchPage(client, { limit, offset }, filter, signal);
  const first = await fetch(0, pageSize);
  const size = first.rows.length;
  const { total } = first;
  if (size === 0 && total > 0) throw doubt(client, 'has a total and nobody in it');
  const pages = Math.max(1, Math.ceil(total / Math.max(1, size)));
  const seen = new Set<string>();
  let due = total;
  for await (const page of pagesAhead(first, pages, (index) => fetch(index * size, size), signal)) {
    if (page.total !== total) throw doubt(client, 'changed while it was read');
    if (page.rows.length !== Math.min(size, due)) throw doubt(client, 'does not add up to its total');
    due -= size;
    notTwice(client, page.rows, seen);
    if (page.rows.length > 0) yield page.rows;
  }
  // A short last page proves the end; behind a full one there must be nobody.
  const isShort = total % Math.max(1, size) > 0 || (pages === 1 && size < pageSize);
  const behind = isShort ? undefined : await fetch(total, 1);
  if (behind !== undefined && (behind.rows.length > 0 || behind.total !== total)) {
    throw doubt(client, 'goes on behind its total');
  }
  return { pages, total };
}

/** Everybody in one answer (`offset: -1`), for looking somebody up: the API finds nobody by address or number. */
export async function wholeDirectory(
  client: TalentHrClient,
  filter: string | undefined,
  signal: AbortSignal,
): Promise<readonly JsonObject[]> {
  const { rows, total } = await fetchPage(client, { offset: -1 }, filter, signal);
  if (rows.length !== total) throw doubt(client, 'does not add up to its total');
  notTwice(client, rows, new Set());
  return rows;
}

/** How many people the directory has. */
export async function countDirectory(client: TalentHrClient, signal: AbortSignal): Promise<Page> {
  return await fetchPage(client, { limit: 1, offset: 0 }, undefined, signal);
}

async function fetchPage(
  client: TalentHrClient,
  range: { readonly limit?: number; readonly offset: number },
  filter: string | undefined,
  signal: AbortSignal,
): Promise<Page> {
  const query = { ...range, ...(filter === undefined ? {} : { filter }) };
  const data = await client.get('directory', query, signal);
  const total: Json | undefined = isObject(data) ? data['total'] : undefined;
  const rows = objectsIn(isObject(data) ? data['rows'] : undefined);
  if (rows === undefined || typeof total !== 'number' || !Number.isSafeInteger(total) || total < 0) {
    throw client.unexpected('a directory without its rows or its total');
  }
  if (rows.length > total || (range.limit !== undefined && rows.length > range.limit)) {
    throw doubt(client, 'does not add up to its total');
  }
  return { total, rows };
}

function notTwice(client: TalentHrClient, rows: readonly JsonObject[], seen: Set<string>): void {
  for (const row of rows) {
    const id = idOf(row['id']);
    if (id === undefined) continue;
    if (seen.has(id)) throw doubt(client, 'has somebody twice');
    seen.add(id);
  }
}

function doubt(client: TalentHrClient, what: string): Error {
  return client.unexpected(`a directory that ${what}`);
}
