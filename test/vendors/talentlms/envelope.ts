import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { Refusal, sections } from './refusal.ts';

/** One page of a list: `_data`, `_links`, `_meta`. On page 1 `prev` points to page 1, as the vendor's example shows. */
export function page(
  request: VendorRequest,
  items: readonly unknown[],
  largestPage: number,
  url: string,
): VendorAnswer {
  const asked = whole(request, 'page[size]', 10);
  const number = whole(request, 'page[number]', 1);
  if (asked > 100) throw new Refusal(400, sections.users, 'page[size] may not be greater than 100.');
  const size = Math.min(largestPage, asked);
  const pages = Math.max(1, Math.ceil(items.length / size));
  const data = items.slice((number - 1) * size, number * size);
  const link = (to: number) => `${url}${request.path}?page[number]=${to}&page[size]=${size}`;
  return {
    status: 200,
    body: {
      _data: data,
      _links: {
        self: link(number),
        first: link(1),
        last: link(pages),
        prev: link(Math.max(1, number - 1)),
        next: link(Math.min(pages, number + 1)),
      },
      _meta: {
        pagination: {
          page: number,
          page_size: size,
          total_items: items.length,
          total_pages: pages,
          total_results: items.length,
        },
      },
    },
  };
}

function whole(request: VendorRequest, name: string, otherwise: number): number {
  const text = request.query.get(name);
  if (text === null) return otherwise;
  if (!/^[1-9]\d*$/.test(text)) throw new Refusal(400, sections.users, `${name} must be a positive integer.`);
  return Number(text);
}
