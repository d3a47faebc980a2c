import type { Json } from '../../src/model/value.ts';
import type { VendorAnswer, VendorRequest } from '../vendors/loopback.ts';

/** One page of a vendor's list, in words that all of them share. */
export interface Page {
  readonly items: readonly Json[];
  readonly total: number;
}

type Body = { readonly [key: string]: Json };

/** How the lists of one vendor are read and made. */
export interface Listing {
  isPage(request: Pick<VendorRequest, 'method' | 'path'>): boolean;
  /** From 0. */
  number(request: VendorRequest): number;
  page(body: Body): Page;
  withPage(body: Body, page: { readonly items: Json; readonly total: Json }): Body;
  /** What it says in place of a list, with status 200. */
  readonly error: Json;
}

const endsWith =
  (end: string) =>
  ({ method, path }: Pick<VendorRequest, 'method' | 'path'>): boolean =>
    method === 'GET' && path.endsWith(end);

export const listings: Readonly<Record<'personio' | 'talentlms' | 'scim', Listing>> = {
  personio: {
    isPage: endsWith('/company/employees'),
    number: ({ query }) => Number(query.get('offset')) / 100,
    page: ({ data, metadata }) => ({ items: listOf(data), total: numberIn(metadata, 'total_elements') }),
    withPage: (body, { items, total }) => ({
      ...body,
      data: items,
      metadata: { ...objectOf(body['metadata']), total_elements: total },
    }),
    error: { success: false, error: { code: 0, message: 'Something went wrong' } },
  },
  talentlms: {
    isPage: endsWith('/v2/users'),
    number: ({ query }) => Number(query.get('page[number]')) - 1,
    page: ({ _data, _meta }) => ({
      items: listOf(_data),
      total: numberIn(objectOf(_meta)['pagination'], 'total_items'),
    }),
    withPage(body, { items, total }) {
      const meta = objectOf(body['_meta']);
      const pagination = objectOf(meta['pagination']);
      const pages =
        typeof total === 'number' ? Math.max(1, Math.ceil(total / Number(pagination['page_size']))) : total;
      const counts = { ...pagination, total_items: total, total_pages: pages };
      return { ...body, _data: items, _meta: { ...meta, pagination: counts } };
    },
    error: { error: { message: 'Something went wrong' } },
  },
  scim: {
    isPage: endsWith('/Users'),
    number: ({ query }) => Math.floor((Number(query.get('startIndex')) - 1) / 5),
    page: ({ Resources, totalResults }) => ({ items: listOf(Resources), total: Number(totalResults) }),
    withPage: (body, { items, total }) => ({ ...body, Resources: items, totalResults: total }),
    error: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '500', detail: 'Sorry' },
  },
};

export function bodyOf({ body }: VendorAnswer): Body {
  return JSON.parse(String(body)) as Body;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function objectOf(value: Json | undefined): Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : {};
}

function numberIn(value: Json | undefined, key: string): number {
  return Number(objectOf(value)[key]);
}

/** A page of people, whoever the vendor is. */
export function isPage(request: Pick<VendorRequest, 'method' | 'path'>): boolean {
  return Object.values(listings).some((listing) => listing.isPage(request));
}
