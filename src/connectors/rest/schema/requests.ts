import { z } from 'zod';
import { pagingSchema } from './paging.ts';
import {
  bodySchema,
  pathOrWhole,
  pathSchema,
  placeSchema,
  querySchema,
  requestPath,
  writtenPath,
} from './parts.ts';

const success = (byDefault: number[]) =>
  z
    .array(z.int().min(200).max(299))
    .min(1)
    .default(byDefault)
    .describe('Statuses of success; any other one is no answer');

const readMethod = z.enum(['GET', 'POST']).default('GET');

/** The request that lists everybody. */
export const listSchema = z
  .strictObject({
    method: readMethod.describe('POST where the API asks for a list by it; it must change nothing'),
    path: requestPath('nothing').describe('Path below baseUrl'),
    query: querySchema,
    body: bodySchema.optional().describe('Sent with POST, as JSON'),
    records: pathOrWhole.default('').describe('Where the records stand; empty where the answer is the list'),
    statuses: success([200]),
    paging: pagingSchema,
  })
  .superRefine(({ method, body, paging }, context) => {
    const wrong = (key: string, message: string) =>
      context.addIssue({ code: 'custom', path: [key], message });
    if (method === 'POST') return;
    if (body !== undefined) wrong('body', 'a GET has no body; say `method: POST`');
    if ('in' in paging && paging.in === 'body') wrong('paging', 'a GET has no body; say `in: query`');
  });

/** One record, by a path that holds the value. */
const single = z.strictObject({
  path: requestPath('value').regex(/\{(?:id|value)\}/, 'a path that holds {id} or {value}'),
  query: querySchema,
  record: pathOrWhole.default('').describe('Where the record stands; empty where the answer is the record'),
  missing: z
    .array(z.union([z.literal(404), z.literal(410)]))
    .default([404])
    .describe('Statuses that say that there is none'),
});

/** The list, narrowed by one more parameter. */
const narrowed = z.strictObject({
  parameter: z
    .string()
    .min(1)
    .describe('Parameter of the list that takes the value; with `in: body` its path'),
  in: z.enum(['query', 'body']).default('query'),
  list: listSchema.optional().describe('Another list than that of everybody'),
});

export const findSchema = z
  .record(z.string().min(1), z.union([single, narrowed]))
  .default({})
  .describe('How a record is looked up, by attribute; `id` is the id. Without it everybody is read');

const write = {
  method: z.enum(['POST', 'PUT', 'PATCH']),
  query: querySchema,
  body: bodySchema.default({}).describe('Constants that are sent along, as JSON'),
  under: writtenPath.optional().describe('Where the attributes stand in the body, such as "user"'),
  statuses: success([200, 201, 204]),
  answer: z
    .enum(['json', 'none'])
    .default('json')
    .describe('none: the body of the answer is not looked at, so that an error in it is not seen'),
};

const repeatable = z
  .enum(['once', 'repeatable'])
  .default('repeatable')
  .describe('once: sent twice, it would do something twice; a lost answer is looked up first');

const onOne = requestPath('id').regex(/\{id\}/, 'a path that holds {id}');

/** Disables or enables one account. */
const switching = z.strictObject({
  ...write,
  method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
  path: onOne,
  effect: repeatable,
  carries: z
    .boolean()
    .default(false)
    .describe('Whether attributes can be changed by the same request; else they go ahead by an update'),
});

export const writeSchema = z
  .strictObject({
    create: z
      .strictObject({
        ...write,
        path: requestPath('nothing'),
        id: placeSchema.describe('Where the answer holds the new id; of a header, its last part'),
        effect: z
          .enum(['once', 'repeatable'])
          .default('once')
          .describe('repeatable: sent twice, it makes one account (a PUT, or an API that tells them apart)'),
        disabled: bodySchema
          .optional()
          .describe('Constants besides `body` that make an account which cannot be used yet'),
      })
      .optional(),
    update: z
      .strictObject({
        ...write,
        path: onOne,
        effect: repeatable,
        whole: z
          .boolean()
          .default(false)
          .describe('The request replaces the record: it is read first, and sent back with what changes'),
        leaveOut: z
          .array(writtenPath)
          .default([])
          .describe('With `whole`: what the system shows and does not take back'),
      })
      .optional(),
    disable: switching.optional(),
    enable: switching.optional(),
    delete: z
      .strictObject({
        ...write,
        method: z.enum(['DELETE', 'POST', 'PUT', 'PATCH']).default('DELETE'),
        path: onOne,
        effect: repeatable,
      })
      .optional(),
    refusals: z
      .array(z.int().min(400).max(499))
      .default([400, 404, 405, 409, 410, 412, 413, 422])
      .describe('Statuses that refuse one record, and say nothing of the others'),
  })
  .describe('How accounts are written; each kind of change that is left out is not supported');

/** What a request asks besides people. */
export const askSchema = z.strictObject({ path: requestPath('nothing'), query: querySchema });

export const accountSchema = askSchema.extend({
  value: pathSchema.describe('Where the answer names the account or tenant'),
});

export const probeSchema = askSchema.extend({
  needs: z.string().min(1).describe('What must be granted for it, for people: the scope people:read'),
});

export type ListConfig = z.infer<typeof listSchema>;
export type FindConfig = z.infer<typeof findSchema>[string];
export type SingleConfig = z.infer<typeof single>;
export type WriteConfig = z.infer<typeof writeSchema>;
export type CreateConfig = NonNullable<WriteConfig['create']>;
export type UpdateConfig = NonNullable<WriteConfig['update']>;
export type SwitchConfig = NonNullable<WriteConfig['disable']>;
export type DeleteConfig = NonNullable<WriteConfig['delete']>;
