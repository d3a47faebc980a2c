import type { VendorAnswer, VendorRequest } from '../../loopback.ts';
import type { Json } from '../../../../src/model/value.ts';
import { problem } from './problem.ts';

export interface ListRules {
  /** Query parameters besides `limit` and `cursor`. */
  readonly filters: readonly string[];
  readonly usual: number;
  readonly most: number;
  /** A server may give fewer than were asked for: for tests with few people. */
  readonly mostPerPage?: number | undefined;
}

/** One page of a list by cursor, or why not. The last has no `next`. */
export function paged(
  request: VendorRequest,
  rules: ListRules,
  items: () => readonly Json[],
  url: string,
): VendorAnswer {
  const { query, path } = request;
  const unknown = [...query.keys()].find((name) => !['limit', 'cursor', ...rules.filters].includes(name));
  if (unknown !== undefined) {
    return problem(400, `parameter ${unknown} is not documented`, 'Provided filter encoding is invalid.');
  }
  const asked = query.get('limit') ?? String(rules.usual);
  const limit = /^\d+$/.test(asked) ? Number(asked) : 0;
  if (limit < 1 || limit > rules.most) {
    return problem(400, `limit is 1 to ${rules.most}`, 'Provided request parameters are invalid.');
  }
  const from = offsetOf(query.get('cursor'));
  if (from === undefined) return problem(400, 'no such cursor', 'Provided request parameters are invalid.');
  const all = items();
  const until = from + Math.min(limit, rules.mostPerPage ?? limit);
  const here = `${url}${path}`;
  const next = until < all.length ? { next: { href: `${here}?cursor=${cursorOf(until)}` } } : {};
  return {
    status: 200,
    body: { _data: all.slice(from, until), _meta: { links: { self: { href: here }, ...next } } },
  };
}

/** Base64, as clients have seen cursors: with a plus, slashes and equals signs, none of them encoded in the link. */
export function cursorOf(offset: number): string {
  return Buffer.from([0xfb, 0xef, 0xff, ...Buffer.from(String(offset))]).toString('base64');
}

function offsetOf(cursor: string | null): number | undefined {
  if (cursor === null) return 0;
  const bytes = Buffer.from(cursor, 'base64');
  const offset = Number(bytes.subarray(3).toString('latin1'));
  // A plus that came as a space is another cursor.
  return cursorOf(offset) === cursor ? offset : undefined;
}
