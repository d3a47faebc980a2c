import type { Waiting } from '../../model/error.ts';
import type { JsonObject } from '../json.ts';
import type { ApideckClient, Page } from './client.ts';
import { recordId } from './decode.ts';
import type { Config, Settled } from './schema.ts';

export type List = 'employees' | 'departments' | 'companies';

/** One of the filters of a list, and its value. */
export type Filter = readonly [name: string, value: string];

/** What a list is asked for with. */
export type How = Pick<Config, 'paging' | 'checkTotal'> &
  Settled & { readonly fields: string; readonly filter?: Filter | undefined };

export interface ListProof {
  readonly pages: number;
  readonly records: number;
  readonly total: number | undefined;
}

/** Pages without anybody that may follow one another: filtering empties some, and a list without an end has no others. */
const mostEmpty = 50;

/**
 * One list, page by page, the next one asked for while this one is used. It ends where a page says that none follows
 * ("Pagination"; a short or empty page proves nothing), every cursor is a new one, nobody stands on two pages, and a
 * `total_count`, where the service gives one, stays the same and is reached. On any doubt it rejects with `Waiting`.
 */
export async function* readList(
  client: ApideckClient,
  list: List,
  how: How,
  signal: AbortSignal,
): AsyncGenerator<readonly JsonObject[], ListProof> {
  const fetch = (cursor: string | undefined) => client.page(list, queryOf(list, how, cursor), signal);
  const doubt = new Doubt(client, list, how.checkTotal);
  let coming: Promise<Page> | undefined = fetch(undefined);
  let [pages, records] = [0, 0];
  try {
    for (;;) {
      const page: Page = await coming;
      pages += 1;
      records += page.records.length;
      doubt.judge(page, records);
      coming = page.next === null ? undefined : fetch(page.next);
      // It may fail before it is awaited; the failure is told where it is.
      coming?.catch(() => undefined);
      if (page.records.length > 0) yield page.records;
      signal.throwIfAborted();
      if (coming === undefined) return { pages, records, total: page.total };
    }
  } finally {
    await coming?.catch(() => undefined);
  }
}

/** The parameters of one page of a list. */
export function queryOf(
  list: List,
  { paging, pageSize, passThrough, fields, filter }: How,
  cursor: string | undefined,
) {
  const passed = list === 'employees' ? Object.entries(passThrough) : [];
  return {
    ...(paging === 'none' ? {} : { limit: pageSize }),
    ...(cursor === undefined ? {} : { cursor }),
    fields,
    ...(filter === undefined ? {} : { [`filter[${filter[0]}]`]: filter[1] }),
    ...Object.fromEntries(passed.map(([name, value]) => [`pass_through[${name}]`, value])),
  };
}

/** What the pages so far say about one another. */
class Doubt {
  readonly #client: ApideckClient;
  readonly #list: string;
  readonly #checksTotal: boolean;
  readonly #cursors = new Set<string>();
  readonly #seen = new Set<string>();
  #empty = 0;
  /** Of the first page; null before it. */
  #total: number | undefined | null = null;

  constructor(client: ApideckClient, list: string, checksTotal: boolean) {
    this.#client = client;
    this.#list = list;
    this.#checksTotal = checksTotal;
  }

  judge({ records, next, total }: Page, soFar: number): void {
    if (next !== null && this.#cursors.has(next)) throw this.#say('goes in a circle');
    if (next !== null) this.#cursors.add(next);
    this.#empty = records.length === 0 ? this.#empty + 1 : 0;
    if (this.#empty > mostEmpty) throw this.#say('has no end');
    this.#notTwice(records);
    if (!this.#checksTotal) return;
    if (this.#total === null) this.#total = total;
    if (this.#total !== total) throw this.#say('changed while it was read');
    if (total !== undefined && (soFar > total || (next === null && soFar !== total)))
      throw this.#say(
        'does not add up to its total',
        'set `checkTotal: false` where this service never counts right',
      );
  }

  /** Within one page it is the data's fault, and that person's error; across pages the list shifted. */
  #notTwice(records: readonly JsonObject[]): void {
    const ids = records.map(recordId).filter((id) => id !== undefined);
    if (ids.some((id) => this.#seen.has(id)))
      throw this.#say('has somebody twice: it shifted while it was read');
    for (const id of ids) this.#seen.add(id);
  }

  #say(what: string, hint?: string): Waiting {
    return this.#client.unusable(`a list of ${this.#list} that ${what}`, hint);
  }
}
