import { Waiting } from '../../model/error.ts';
import type { HttpRequest } from '../../http/client.ts';
import type { Json } from '../../model/value.ts';
import { objectsIn, textOf, type JsonObject } from '../json.ts';
import type { RestClient } from './client.ts';
import { countAt, type Page, type Progress, type Turn } from './paging/page.ts';
import { styleOf } from './paging/style.ts';
import { stepsOf, valueAt, withValue } from './path.ts';
import type { ListConfig } from './schema/requests.ts';

/** What one way through a list has shown. */
export interface Proof {
  readonly pages: number;
  readonly records: number;
  readonly end: string;
  readonly total?: number;
}

/** One declared list of a connection. */
export interface List {
  readonly client: RestClient;
  readonly baseUrl: string;
  readonly config: ListConfig;
  /** Where the id of a record stands. */
  readonly id: string;
}

/** Pages in a row that hold nobody and name another: a cursor that leads nowhere. */
const mostEmpty = 1_000;

/**
 * A whole list, page by page, each record once, then what proves that it was whole. Rejects with `Waiting` on any doubt:
 * a page or a record that comes twice, a cursor or link that was there before, an end that nothing proves, a total that
 * changes or does not add up.
 *
 * Pages may move while they are read, so that somebody between two of them is missed and nothing shows it. A total that
 * adds up tells; without one, a list of several pages is gone through again, and must hold the same records.
 */
export async function* walk(list: List, signal: AbortSignal): AsyncGenerator<readonly JsonObject[], Proof> {
  const { paging } = list.config;
  const ids = new Set<string>();
  const proof = yield* once(list, ids, signal);
  const isSure = proof.total !== undefined || proof.pages === 1 || paging.kind === 'none' || !paging.shifts;
  if (isSure) return proof;
  const again = new Set<string>();
  const second = once(list, again, signal);
  let step = await second.next();
  while (step.done !== true) step = await second.next();
  const isSame = step.value.records === proof.records && again.size === ids.size && again.isSubsetOf(ids);
  if (!isSame) throw moved(list, 'changed between two readings');
  return { ...proof, pages: proof.pages + step.value.pages, end: `${proof.end}, the same when read twice` };
}

async function* once(
  list: List,
  ids: Set<string>,
  signal: AbortSignal,
): AsyncGenerator<readonly JsonObject[], Proof> {
  const style = styleOf(list.config);
  const turns = new Set<string>();
  let progress: Progress = { number: 0, received: 0, largest: 0, emptyBefore: false };
  let total: number | undefined;
  let empty = 0;
  let coming = fetchPage(list, style.first, signal);
  for (;;) {
    const page = await coming;
    progress = {
      ...progress,
      number: progress.number + 1,
      received: progress.received + page.records.length,
    };
    total = sameTotal(list, page, total, progress.number);
    remember(list, page, ids);
    const next = style.next(page, progress);
    if (next.kind === 'doubt') throw moved(list, next.why);
    empty = page.records.length === 0 ? empty + 1 : 0;
    if (next.kind === 'turn') {
      const key = JSON.stringify(next.turn);
      if (turns.has(key)) throw moved(list, 'goes in a circle');
      if (empty > mostEmpty) throw moved(list, 'goes on without holding anybody');
      turns.add(key);
      coming = fetchPage(list, next.turn, signal);
      // Asked for before this page is worked on; whoever stops there must not leave a rejection behind.
      coming.catch(() => undefined);
    } else if (total !== undefined && total !== progress.received) {
      throw moved(list, 'does not add up with its total');
    }
    signal.throwIfAborted();
    if (page.records.length > 0) yield page.records;
    if (next.kind === 'end') {
      const { number: pages, received: records } = progress;
      return { pages, records, end: next.how, ...(total === undefined ? {} : { total }) };
    }
    const { length } = page.records;
    progress = { ...progress, largest: Math.max(progress.largest, length), emptyBefore: length === 0 };
  }
}

/** The total that every page names alike. */
function sameTotal(list: List, page: Page, before: number | undefined, number: number): number | undefined {
  const { paging } = list.config;
  if (paging.total === undefined) return undefined;
  const total = countAt(page, paging.total);
  if (total === undefined) throw moved(list, 'does not say its total');
  if (number > 1 && total !== before) throw moved(list, 'changed its total while it was read');
  return total;
}

/** Nobody comes twice: whoever does has moved from one page to another, and somebody else may have moved the other way. */
function remember(list: List, { records }: Page, ids: Set<string>): void {
  const before = ids.size;
  let without = 0;
  const steps = stepsOf(list.id);
  const here = new Set<string>();
  for (const record of records) {
    const id = textOf(valueAt(record, steps)) ?? '';
    if (id === '') without += 1;
    else here.add(id);
  }
  for (const id of here) {
    if (ids.has(id)) throw moved(list, 'holds a record a second time');
    ids.add(id);
  }
  if (without > 0 && without === records.length && before === 0) {
    throw list.client.stalled(
      'NoIds',
      `no record of ${list.config.path} has an id at "${list.id}"; correct record.id in the config`,
    );
  }
}

/** One page, every part of it as it was declared. */
export async function fetchPage(list: List, turn: Turn, signal: AbortSignal): Promise<Page> {
  const { client, config } = list;
  const request = requestOf(config, turn);
  const answer = await client.read(
    { ...request, method: config.method, template: config.path, statuses: config.statuses },
    signal,
  );
  const records = objectsIn(valueAt(answer.body, stepsOf(config.records)) ?? null);
  if (records === undefined) {
    const where = config.records === '' ? 'no list' : `no list at "${config.records}"`;
    throw client.unexpected(`${where} where ${config.path} was asked for`);
  }
  return { records, body: answer.body, headers: answer.headers, url: addressOf(list.baseUrl, request) };
}

/** A link of a page before holds all its parameters itself. */
function requestOf(
  config: ListConfig,
  { parameters, url }: Turn,
): Pick<HttpRequest, 'path' | 'query' | 'body'> {
  const { paging, body } = config;
  const inBody = 'in' in paging && paging.in === 'body';
  const json = Object.entries(inBody ? parameters : {}).reduce<JsonObject>(
    (sent, [path, value]) => withValue(sent, path, value),
    body ?? {},
  );
  const sent = config.method === 'POST' ? { body: { json: json as Json } } : {};
  if (url !== undefined) return { path: url, ...sent };
  return { path: config.path, query: { ...config.query, ...(inBody ? {} : parameters) }, ...sent };
}

/** What links of an answer are relative to. */
function addressOf(baseUrl: string, { path, query = {} }: Pick<HttpRequest, 'path' | 'query'>): string {
  if (/^https?:/i.test(path)) return path;
  const base = baseUrl.replace(/\/+$/, '');
  const url = new URL(`${base}/${path.replace(/^\//, '')}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return url.href;
}

function moved({ client, config }: List, why: string): Waiting {
  return new Waiting(
    'ListMoved',
    `connection ${client.connection}: the list ${config.path} of ${client.system} ${why}; nothing is concluded from it, the next pass reads it again`,
    { connection: client.connection },
  );
}
