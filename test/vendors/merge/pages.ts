import type { Json } from '../../../src/model/value.ts';
import type { VendorAnswer } from '../loopback.ts';
import type { Item } from './record.ts';
import { Refusal, sections } from './refusal.ts';

/** Parameters that may differ between the pages of one walk. */
const notOfTheQuestion = new Set(['cursor', 'page_size']);

/**
 * One page of `{ next, previous, results }`. A cursor holds the question that it was given for: asked with another one it
 * is refused (our model; the vendor says only that all parameters must be repeated).
 */
export function pageOf(
  items: readonly Item[],
  query: URLSearchParams,
  shown: (item: Item) => Json = (item) => item,
): VendorAnswer {
  const question = [...query]
    .filter(([name]) => !notOfTheQuestion.has(name))
    .map(String)
    .toSorted()
    .join('&');
  const from = positionIn(query.get('cursor'), question);
  const size = sizeIn(query.get('page_size'));
  const end = from + size;
  const cursorAt = (at: number): string => Buffer.from(`${at} ${question}`).toString('base64url');
  return {
    status: 200,
    body: {
      next: end < items.length ? cursorAt(end) : null,
      previous: from > 0 ? cursorAt(Math.max(0, from - size)) : null,
      results: items.slice(from, end).map((item) => shown(item)),
    },
  };
}

function positionIn(cursor: string | null, question: string): number {
  if (cursor === null) return 0;
  const [, at, of] = /^(\d+) (.*)$/s.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (at === undefined || of !== question) throw new Refusal(404, sections.model, 'Invalid cursor');
  return Number(at);
}

/** 30 without a word; the maximum is 100 (K1). What is above is taken for it (our model). */
function sizeIn(text: string | null): number {
  if (text === null) return 30;
  if (!/^\d+$/.test(text) || Number(text) < 1)
    throw new Refusal(400, sections.reading, 'page_size is a number');
  return Math.min(100, Number(text));
}
