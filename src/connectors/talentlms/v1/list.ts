import { idOf, objectsOf, type JsonObject } from '../../json.ts';
import type { TalentLmsClient } from '../client.ts';
import { pathOf } from './answer.ts';

export interface V1Proof {
  readonly pages: number;
  readonly records: number;
  readonly end: string;
}

/** The most that public clients ask for; a portal may give fewer. */
const pageSize = 1_000;
/** Pages asked for ahead of the one that is handed over. */
const ahead = 3;

/**
 * A whole list, page by page. An answer is a bare array without totals, so that its end is proven by two things: a page
 * that is empty, and the number that the portal counts itself (`total`). All pages but the last hold as many as the
 * first, and nobody comes twice. On any doubt it rejects with `Waiting`.
 *
 * A portal that knows no paging gives everybody at once: more than were asked for, or the same as many as it counts.
 */
export async function* readList(
  client: TalentLmsClient,
  action: string,
  total: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly JsonObject[], V1Proof> {
  const list = new Pages(client, action, signal);
  const seen = new Set<string>();
  let first: readonly JsonObject[] = [];
  let last = 0;
  try {
    for (let number = 1; ; number += 1) {
      signal.throwIfAborted();
      const items = await list.take(number);
      if (items.length === 0 || (number === 2 && first.length === total && isRepeated(first, items))) {
        return proven(client, action, {
          pages: Math.max(1, number - 1),
          records: seen.size,
          total,
          end: 'empty page',
        });
      }
      if (number === 1) {
        first = items;
        list.expect(total === undefined ? 1 : Math.ceil(total / items.length) + 1);
      } else if (last < first.length || items.length > first.length) {
        throw client.unexpected(`a list (${action}) with a page that is short in the middle`);
      }
      last = items.length;
      for (const item of items) {
        const id = idOf(item['id']);
        if (id === undefined) continue;
        if (seen.has(id))
          throw client.unexpected(`a list (${action}) that repeats what an earlier page held`);
        seen.add(id);
      }
      yield items;
      if (items.length > pageSize) {
        return proven(client, action, { pages: 1, records: seen.size, total, end: 'all at once' });
      }
    }
  } finally {
    await list.settle();
  }
}

function isRepeated(first: readonly JsonObject[], items: readonly JsonObject[]): boolean {
  return (
    first.length === items.length &&
    first.every((item, index) => idOf(item['id']) === idOf(items[index]?.['id']))
  );
}

/** Fewer than the portal counts are not everybody. More may be, when it counts only some. */
function proven(
  client: TalentLmsClient,
  action: string,
  { total, ...proof }: V1Proof & { readonly total: number | undefined },
): V1Proof {
  if (total === undefined) return proof;
  if (proof.records < total) {
    throw client.unexpected(`a list (${action}) of fewer than the portal counts`);
  }
  return proof.records === total ? { ...proof, end: `${proof.end}, total reached` } : proof;
}

/** Pages on their way. */
class Pages {
  readonly #client: TalentLmsClient;
  readonly #action: string;
  readonly #signal: AbortSignal;
  readonly #coming = new Map<number, Promise<readonly JsonObject[]>>();
  #expected = 1;

  constructor(client: TalentLmsClient, action: string, signal: AbortSignal) {
    this.#client = client;
    this.#action = action;
    this.#signal = signal;
  }

  /** How many pages there will likely be, so that no more are asked for ahead. */
  expect(pages: number): void {
    this.#expected = pages;
  }

  async take(number: number): Promise<readonly JsonObject[]> {
    const until = Math.max(number, Math.min(this.#expected, number + ahead));
    for (let next = number; next <= until; next += 1) {
      if (this.#coming.has(next)) continue;
      const page = this.#fetch(next);
      // It may fail before it is awaited; the failure is told where it is.
      page.catch(() => undefined);
      this.#coming.set(next, page);
    }
    const page = this.#coming.get(number);
    // Whoever reads 100,000 people holds few pages of them.
    this.#coming.delete(number);
    return (await page) ?? [];
  }

  async settle(): Promise<void> {
    await Promise.allSettled(this.#coming.values());
  }

  async #fetch(number: number): Promise<readonly JsonObject[]> {
    const path = pathOf(this.#action, { page_size: pageSize, page_number: number });
    const { body } = await this.#client.get(path, this.#signal);
    const items = objectsOf(body);
    if (!Array.isArray(body) || items.length !== body.length) {
      throw this.#client.unexpected(`a page of ${this.#action} that is no list`);
    }
    return items;
  }
}
