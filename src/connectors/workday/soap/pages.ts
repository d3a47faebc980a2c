import type { XmlElement } from '../../xml.ts';
import { pagesAhead } from '../../pages-ahead.ts';
import type { WorkersPage } from './response.ts';

export interface Ended {
  readonly pages: number;
  readonly records: number;
}

/**
 * Every worker, page by page, and how many there were. Rejects with what `doubt` makes of half a sentence when the pages do
 * not make up the whole: another page than the one asked for, totals that change, a page that is short in the middle,
 * workers who do not add up to the total.
 */
export async function* everyPage(
  fetch: (page: number) => Promise<WorkersPage>,
  doubt: (what: string) => Error,
  signal: AbortSignal,
): AsyncGenerator<readonly XmlElement[], Ended> {
  const first = await fetch(1);
  const { totalPages, totalResults } = first;
  let pages = 0;
  let records = 0;
  for await (const page of pagesAhead(first, totalPages, (index) => fetch(index + 1), signal)) {
    pages += 1;
    records += page.workers.length;
    if (page.page !== pages && totalResults > 0) throw doubt('another page than the one asked for');
    if (page.totalPages !== totalPages || page.totalResults !== totalResults) {
      throw doubt('totals that change from page to page: the list moved while it was read');
    }
    if (pages < totalPages && page.workers.length !== first.workers.length) {
      throw doubt('a page that is short, and not the last');
    }
    yield page.workers;
  }
  if (records !== totalResults) {
    throw doubt(`${String(records)} workers where its total is ${String(totalResults)}`);
  }
  return { pages, records };
}
