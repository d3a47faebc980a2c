import type { Json } from '../../../src/model/value.ts';
import type { VendorAnswer } from '../loopback.ts';
import { Refusal, sections } from './refusal.ts';

/** One page of a list with its total, and the cursor of the next one where there is one. */
export function page<T>(
  query: URLSearchParams,
  all: readonly T[],
  largest: number,
  shown: (one: T) => Json,
): VendorAnswer {
  const cursor = query.get('cursor');
  const from = cursor === null ? 0 : Number(Buffer.from(cursor, 'base64').toString('utf8').slice(3));
  if (!Number.isSafeInteger(from)) throw new Refusal(400, sections.people, 'Invalid cursor');
  const wanted = Number(query.get('size') ?? 1000);
  if (wanted > 1000) throw new Refusal(400, sections.people, '"size" must be less than or equal to 1000');
  const size = Math.min(wanted, largest);
  const users = all.slice(from, from + size).map(shown);
  const next = from + users.length;
  // Three characters ahead, so that its length is a multiple of three and the code needs no padding to be valid.
  const nextCursor = Buffer.from(`at:${String(next).padStart(9, '0')}`).toString('base64');
  return {
    status: 200,
    body: { users, count: users.length, total: all.length, ...(next < all.length ? { nextCursor } : {}) },
  };
}
