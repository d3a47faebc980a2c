import { z } from 'zod';
import { pathSchema, placeSchema, writtenPath } from './parts.ts';

const where = z.enum(['query', 'body']).default('query');

const parameter = z.string().min(1).describe('Name of the parameter; with `in: body` its path');

const size = z
  .strictObject({
    parameter: z.string().min(1).describe('Parameter that says how many records a page holds'),
    value: z.int().min(1).max(100_000).describe('How many are asked for'),
  })
  .optional()
  .describe('How large pages are asked for; stands where the other parameter does');

const total = placeSchema.optional().describe('Where each page says how many records the list has in all');
const more = pathSchema.optional().describe('Where a page says whether another follows: true or false');

const shifts = (byDefault: boolean) =>
  z
    .boolean()
    .default(byDefault)
    .describe(
      'Whether pages move when somebody comes or goes while they are read: without a total the list is read twice then',
    );

/** What proves the end of numbered pages. */
const ends = {
  total,
  pages: placeSchema.optional().describe('Where each page says how many pages there are'),
  last: pathSchema.optional().describe('Where a page says whether it is the last: true or false'),
  more,
  until: z
    .enum(['short-page', 'empty-page'])
    .optional()
    .describe('Where the API says nothing of its end: read until a page is not full, or until one is empty'),
};

const numbered = {
  parameter,
  in: where,
  size,
  ...ends,
  shifts: shifts(true),
};

const mayLack = z
  .boolean()
  .default(false)
  .describe('The last page leaves it out, instead of saying null; needs total, more or size');

const linked = {
  size,
  repeatQuery: z.boolean().default(false).describe('Add the query of the list to links that lack it'),
  total,
  shifts: shifts(true),
};

/** How a list is divided into pages, and what proves that the last one was the last. */
export const pagingSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('none'),
      total,
      atMost: z
        .int()
        .min(1)
        .optional()
        .describe('What one answer can hold: as many or more is no proof of a whole list'),
    }),
    z.strictObject({
      kind: z.literal('page'),
      ...numbered,
      first: z.int().min(0).max(1).default(1).describe('Number of the first page'),
    }),
    z.strictObject({
      kind: z.literal('offset'),
      ...numbered,
      first: z.int().min(0).max(1).default(0).describe('Number of the first record'),
    }),
    z.strictObject({
      kind: z.literal('cursor'),
      parameter,
      in: where,
      size,
      cursor: pathSchema.describe('Where a page holds the cursor of the next'),
      mayLack,
      total,
      more,
      shifts: shifts(false),
    }),
    z.strictObject({
      kind: z.literal('next'),
      next: pathSchema.describe('Where a page holds the address of the next'),
      mayLack,
      more,
      ...linked,
    }),
    z.strictObject({ kind: z.literal('link'), ...linked }),
  ])
  .superRefine((paging, context) => {
    const wrong = (key: string, message: string) =>
      context.addIssue({ code: 'custom', path: [key], message });
    if (paging.kind === 'none') return;
    if (paging.kind === 'page' || paging.kind === 'offset') {
      const isSaid = [paging.total, paging.pages, paging.last, paging.more].some((one) => one !== undefined);
      if (!isSaid && paging.until === undefined) {
        wrong('until', 'what proves the end? Say total, pages, last or more, or else until');
      }
      if (isSaid && paging.until !== undefined) {
        wrong('until', 'total, pages, last or more prove the end already; leave it out');
      }
      if (paging.until === 'short-page' && paging.size === undefined) {
        wrong('until', 'a short page shows only where "size" says how large a full one is');
      }
    }
    const proves = 'more' in paging && paging.more !== undefined;
    if (paging.kind === 'link' || ('mayLack' in paging && paging.mayLack)) {
      if (paging.total === undefined && paging.size === undefined && !proves) {
        wrong('size', 'how large is a full page? Without it, or a total, a list that is cut looks whole');
      }
    }
    if ('in' in paging && paging.in === 'body') {
      if (!writtenPath.safeParse(paging.parameter).success)
        wrong('parameter', 'in a body: names with dots between them');
      if (paging.size !== undefined && !writtenPath.safeParse(paging.size.parameter).success) {
        wrong('size', 'in a body: names with dots between them');
      }
    }
  })
  .describe('How the list is divided into pages, and what proves its end');

export type Paging = z.infer<typeof pagingSchema>;
