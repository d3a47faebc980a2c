import type { Paging } from '../schema/paging.ts';
import { isThere, stepsOf, valueAt } from '../path.ts';
import {
  doubt,
  end,
  flagAt,
  goOn,
  wordAt,
  type Page,
  type Progress,
  type Step,
  type Style,
  type Turn,
} from './page.ts';

type Of<K extends Paging['kind']> = Extract<Paging, { kind: K }>;
type Query = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Each page holds the cursor of the next; the last one holds none, or says that no other follows. */
export function cursorStyle(paging: Of<'cursor'>): Style {
  const { cursor, parameter, size } = paging;
  const sized = size === undefined ? {} : { [size.parameter]: size.value };
  return {
    first: { parameters: sized },
    next(page, progress) {
      const word = wordAt(page, cursor);
      const turn = word === undefined ? undefined : { parameters: { ...sized, [parameter]: word } };
      return following(paging, page, progress, turn, { path: cursor, name: 'cursor' });
    },
  };
}

/** Each page holds the address of the next. */
export function nextStyle(paging: Of<'next'>, query: Query): Style {
  const { next, size, repeatQuery } = paging;
  return {
    first: { parameters: size === undefined ? {} : { [size.parameter]: size.value } },
    next(page, progress) {
      const link = wordAt(page, next);
      const turn = link === undefined ? undefined : linkedTurn(link, page, repeatQuery ? query : {});
      if (link !== undefined && turn === undefined) return notAnAddress;
      return following(paging, page, progress, turn, { path: next, name: 'next link' });
    },
  };
}

/** The address of the next page stands in the header `Link` with `rel="next"` (RFC 8288). */
export function linkStyle(paging: Of<'link'>, query: Query): Style {
  const { size, repeatQuery } = paging;
  return {
    first: { parameters: size === undefined ? {} : { [size.parameter]: size.value } },
    next(page, { number }) {
      const header = page.headers['link'];
      if (header === undefined) {
        return number === 1 && isUnproven(paging, page) ? unproven('next link') : end('no next link');
      }
      const links = linksIn(header);
      if (links === undefined) return doubt('has a header Link that is none');
      const link = links.find(({ relations }) => relations.includes('next'));
      if (link === undefined) return end('no next link');
      const turn = linkedTurn(link.target, page, repeatQuery ? query : {});
      return turn === undefined ? notAnAddress : goOn(turn);
    },
  };
}

const notAnAddress = doubt('names a next page that is no address');

/**
 * Where a page says itself whether another follows, that counts: cursors and links may stand on the last one too. Else the
 * last one says by null or empty text that it is the last. Nothing at all may be a path that was mistyped, and an object one
 * that stops too early.
 */
function following(
  paging: Of<'cursor' | 'next'>,
  page: Page,
  { number }: Progress,
  turn: Turn | undefined,
  { path, name }: { readonly path: string; readonly name: string },
): Step {
  if (paging.more !== undefined) {
    const follows = flagAt(page, paging.more);
    if (follows === undefined) return doubt('does not say what its end is proven by');
    if (!follows) return end('page that says no other follows');
    return turn === undefined ? doubt(`says that another page follows, and has no ${name}`) : goOn(turn);
  }
  if (turn !== undefined) return goOn(turn);
  const steps = stepsOf(path);
  if (isThere(page.body, steps)) {
    const isNone = [null, '', false].includes(valueAt(page.body, steps) as null | string | boolean);
    return isNone
      ? end(`no ${name}`)
      : doubt(`has something else than a ${name} at "${path}"; correct the path`);
  }
  if (!paging.mayLack)
    return doubt(`has nothing at "${path}"; correct the path, or say mayLack if the last page lacks it`);
  return number === 1 && isUnproven(paging, page) ? unproven(name) : end(`no ${name}`);
}

/** A first page that is full and names no other: the whole list by chance, or a path or a header that is not there. */
function isUnproven({ size, total }: Of<'cursor' | 'next' | 'link'>, { records }: Page): boolean {
  return total === undefined && size !== undefined && records.length >= size.value;
}

function unproven(name: string): Step {
  return doubt(
    `has a first page that is full, and no ${name}; say where its total stands, or ask for another size`,
  );
}

/** The address, absolute; parameters of the list that it lacks are added. */
function linkedTurn(link: string, { url }: Page, query: Query): Turn | undefined {
  const address = URL.parse(link, url);
  if (address === null) return undefined;
  for (const [name, value] of Object.entries(query)) {
    if (address.searchParams.has(name)) continue;
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [String(value)]) {
      address.searchParams.append(name, one);
    }
  }
  return { parameters: {}, url: address.href };
}

interface Link {
  readonly target: string;
  readonly relations: readonly string[];
}

const link =
  /\s*<([^>]*)>((?:\s*;\s*[\w!#$%&'*+.^`|~-]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",;]+))?)*)\s*(?:,|$)/y;

/** The links of a header as RFC 8288 writes them; `undefined` where it is none, so that no end is read into it. */
export function linksIn(header: string): readonly Link[] | undefined {
  const links: Link[] = [];
  link.lastIndex = 0;
  while (header.slice(link.lastIndex).trim() !== '') {
    const found = link.exec(header);
    if (found === null) return undefined;
    const [, target = '', parameters = ''] = found;
    const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i.exec(parameters);
    const relations = (relation?.[1] ?? relation?.[2] ?? '').toLowerCase().split(/\s+/);
    links.push({ target, relations });
  }
  return links;
}
