import type { Json } from '../../model/value.ts';
import { idOf, isObject, objectsOf, type JsonObject } from '../json.ts';
import { pagesAhead } from '../pages-ahead.ts';
import type { TalentLmsClient } from './client.ts';
import { dataOf } from './envelope.ts';

export interface ListProof {
  readonly pages: number;
  readonly total: number;
}

interface Page extends ListProof {
  readonly number: number;
  readonly size: number;
  readonly items: readonly JsonObject[];
}

const pageSize = 100;

/**
 * A whole list, page by page. The end is proven by the totals that every page names: they must not change, every page
 * must be full but the last, and nobody may come twice. On any doubt it rejects with `Waiting`.
 *
 * `next` and `last` links are not followed: the published example has `prev` of page 1 point to page 1.
 */
export async function* readPages(
  client: TalentLmsClient,
  path: string,
  filter: Readonly<Record<string, string>>,
  signal: AbortSignal,
): AsyncGenerator<readonly JsonObject[], ListProof> {
  const fetch = (number: number) => fetchPage(client, path, filter, number, signal);
  const first = await fetch(1);
  const seen = new Set<string>();
  let number = 0;
  for await (const page of pagesAhead(first, first.pages, (index) => fetch(index + 1), signal)) {
    number += 1;
    const doubt = doubtOf(page, first, number, seen);
    if (doubt !== undefined) throw client.unexpected(`a list (${path}) that ${doubt}`);
    if (page.items.length > 0) yield page.items;
  }
  return { pages: Math.max(1, first.pages), total: first.total };
}

async function fetchPage(
  client: TalentLmsClient,
  path: string,
  filter: Readonly<Record<string, string>>,
  number: number,
  signal: AbortSignal,
): Promise<Page> {
  const query = { 'page[number]': number, 'page[size]': pageSize, ...filter };
  const { body } = await client.request({ method: 'GET', path, query, effect: 'read' }, signal);
  const data = dataOf(body);
  const items = objectsOf(data);
  const counts = paginationOf(body);
  if (counts === undefined || !Array.isArray(data) || items.length !== data.length) {
    throw client.unexpected(`a page of ${path} without its items or totals`);
  }
  return { ...counts, items };
}

function paginationOf(body: Json): Omit<Page, 'items'> | undefined {
  const meta = isObject(body) ? body['_meta'] : undefined;
  const pagination = isObject(meta) ? meta['pagination'] : undefined;
  if (!isObject(pagination)) return undefined;
  const { page, page_size: size, total_items: total, total_pages: pages } = pagination;
  const counts = [page, size, total, pages];
  if (!counts.every((one) => typeof one === 'number' && Number.isSafeInteger(one) && one >= 0))
    return undefined;
  return { number: page as number, size: size as number, total: total as number, pages: pages as number };
}

/** Why a page cannot be part of one whole list; `undefined` when it can. Remembers whom it holds. */
function doubtOf(page: Page, first: Page, number: number, seen: Set<string>): string | undefined {
  if (page.number !== number) return 'gave another page than the one asked for';
  if (page.total !== first.total || page.pages !== first.pages || page.size !== first.size) {
    return 'changed while it was read';
  }
  if (page.size < 1 || page.size > pageSize) return 'names a page size that was not asked for';
  if (Math.max(1, page.pages) !== Math.max(1, Math.ceil(page.total / page.size))) {
    return 'has totals that do not add up';
  }
  const due = Math.min(page.size, page.total - (number - 1) * page.size);
  if (page.items.length !== due) return 'has totals that do not add up';
  for (const item of page.items) {
    const id = idOf(item['id']);
    if (id === undefined) continue;
    if (seen.has(id)) return 'repeats what an earlier page held';
    seen.add(id);
  }
  return undefined;
}
