import type { ListConfig } from '../schema/requests.ts';
import type { Paging } from '../schema/paging.ts';
import { cursorStyle, linkStyle, nextStyle } from './linked.ts';
import { numberedStyle } from './numbered.ts';
import { countAt, doubt, end, type Style } from './page.ts';

/** How a declared list is gone through. */
export function styleOf({ paging, query }: Pick<ListConfig, 'paging' | 'query'>): Style {
  if (paging.kind === 'none') return onePage(paging);
  if (paging.kind === 'cursor') return cursorStyle(paging);
  if (paging.kind === 'next') return nextStyle(paging, query);
  return paging.kind === 'link' ? linkStyle(paging, query) : numberedStyle(paging);
}

/** Everybody in one answer. One that is as large as an answer can be may lack the rest. */
function onePage({ atMost, total }: Extract<Paging, { kind: 'none' }>): Style {
  return {
    first: { parameters: {} },
    next(page) {
      const count = page.records.length;
      if (atMost !== undefined && count >= atMost) {
        return doubt(`holds ${count} records, as many as one answer can; declare its paging`);
      }
      if (total === undefined) return end('all in one answer');
      return countAt(page, total) === count ? end('total reached') : doubt('does not add up with its total');
    },
  };
}
