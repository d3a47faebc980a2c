import type { Paging } from '../schema/paging.ts';
import {
  countAt,
  doubt,
  end,
  flagAt,
  goOn,
  type Page,
  type Progress,
  type Step,
  type Style,
  type Turn,
} from './page.ts';

type Numbered = Extract<Paging, { kind: 'page' | 'offset' }>;

/** Pages by their number, or by how many records come before them. */
export function numberedStyle(paging: Numbered): Style {
  const { parameter, size, first, kind } = paging;
  const sized = size === undefined ? {} : { [size.parameter]: size.value };
  const turnTo = (position: number): Turn => ({ parameters: { ...sized, [parameter]: position } });
  return {
    first: turnTo(first),
    next(page, progress) {
      const position = first + (kind === 'page' ? progress.number : behind(page, progress, size?.value));
      const next = goOn(turnTo(position));
      return paging.until === undefined
        ? byWord(paging, page, progress, next)
        : byLength(paging, page, progress, next);
    },
  };
}

/**
 * How many records come before the next page: by what came and not by what was asked for, so that a system that gives
 * smaller pages skips nobody. Behind an empty page, a whole one further.
 */
function behind({ records }: Page, { received, largest }: Progress, size: number | undefined): number {
  return records.length > 0 ? received : received + (size ?? Math.max(1, largest));
}

/** Every word that a page says of the end must say the same. */
function byWord(paging: Numbered, page: Page, { number, received }: Progress, next: Step): Step {
  const said = new Map<string, boolean | undefined>();
  if (paging.total !== undefined) {
    const total = countAt(page, paging.total);
    if (total !== undefined && received > total) return doubt('holds more than its total');
    said.set('total reached', total === undefined ? undefined : received >= total);
  }
  if (paging.pages !== undefined) {
    const pages = countAt(page, paging.pages);
    said.set('last of its pages', pages === undefined ? undefined : number >= pages);
  }
  if (paging.last !== undefined) said.set('page that says it is the last', flagAt(page, paging.last));
  if (paging.more !== undefined) {
    const more = flagAt(page, paging.more);
    said.set('page that says no other follows', more === undefined ? undefined : !more);
  }
  const words = [...said.values()];
  if (words.includes(undefined)) return doubt('does not say what its end is proven by');
  if (words.every((word) => word === true)) return end([...said.keys()].join(', '));
  if (words.includes(true)) return doubt('contradicts itself about its end');
  return page.records.length === 0 ? doubt('has an empty page before its end') : next;
}

/**
 * Nothing says how long the list is. A short page is the end only behind a full one: where even the first is short, the
 * system may give fewer than it was asked for. An empty page is the end only when the one behind it is empty too.
 */
function byLength(
  { until, size }: Numbered,
  page: Page,
  { largest, emptyBefore }: Progress,
  next: Step,
): Step {
  const count = page.records.length;
  if (size !== undefined && count > size.value) return doubt('has a page larger than was asked for');
  if (count === 0) return emptyBefore ? end('nothing behind an empty page') : next;
  if (emptyBefore) return doubt('has an empty page in its middle');
  const isShort =
    until === 'short-page' && size !== undefined && count < size.value && largest === size.value;
  return isShort ? end('short page behind a full one') : next;
}
