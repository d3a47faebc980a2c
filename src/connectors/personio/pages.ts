import type { Json } from '../../model/value.ts';
import type { Page } from './client.ts';

export interface Listing {
  readonly pages: number;
  readonly total: number;
}

/** Pages that are asked for before the one in hand is used up. */
const ahead = 4;

/**
 * Every page by offset, in order, some of them fetched ahead. Ends at a short page, never because a total says so: a
 * full last page is followed by one more, which must be empty. Rejects with `doubt` when totals change on the way or do
 * not add up, since then the list moved while it was read.
 */
export async function* everyPage(
  fetchPage: (offset: number) => Promise<Page>,
  pageSize: number,
  doubt: (what: string) => Error,
): AsyncGenerator<readonly Json[], Listing> {
  const queue: Promise<Page>[] = [fetchPage(0)];
  let total: number | undefined;
  let records = 0;
  for (let pages = 1; ; pages += 1) {
    const page = await (queue.shift() ?? fetchPage(records));
    total ??= page.total;
    records += page.records.length;
    const isLast = page.records.length < pageSize;
    const isSane = page.total === total && records <= total && (!isLast || records === total);
    if (!isSane) {
      for (const pending of queue) pending.catch(() => undefined);
      throw doubt(
        page.total === total
          ? 'a list that does not add up to its total'
          : 'a list that changed while it was read',
      );
    }
    if (!isLast) {
      for (
        let next = records + queue.length * pageSize;
        queue.length < ahead && next <= total;
        next += pageSize
      ) {
        const pending = fetchPage(next);
        // Awaited in its turn; until then a failure must not count as unhandled.
        pending.catch(() => undefined);
        queue.push(pending);
      }
    }
    yield page.records;
    if (isLast) return { pages, total };
  }
}
