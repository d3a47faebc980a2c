import { z } from 'zod';
import { isWritable, parsePath, pathForm } from '../path.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Where something stands in an answer or a record. */
export const pathSchema = z.string().refine((text) => text !== '' && parsePath(text) !== undefined, pathForm);

/** Where something stands, or the whole document where it is empty. */
export const pathOrWhole = z.string().refine((text) => parsePath(text) !== undefined, pathForm);

/** Where something is put into a body. */
export const writtenPath = z
  .string()
  .refine(isWritable, 'names with dots between them, such as user.first_name; no brackets');

/** In the body, or in a header of the answer. */
export const placeSchema = z.union([
  pathSchema,
  z.strictObject({ header: z.string().min(1).describe('Name of the header') }),
]);

export const conditionSchema = z
  .strictObject({
    path: pathSchema.describe('Where the value stands'),
    is: z.array(scalar).min(1).optional().describe('It holds where the value is one of these'),
    isNot: z
      .array(scalar)
      .min(1)
      .optional()
      .describe('It holds where the value is none of these, or where there is none'),
  })
  .refine(({ is, isNot }) => is === undefined || isNot === undefined, 'say "is" or "isNot", not both');

export type Condition = z.infer<typeof conditionSchema>;
export type Place = z.infer<typeof placeSchema>;

const nameOfHeader = /^[\w!#$%&'*+.^`|~-]+$/;

const headerName = z.string().regex(nameOfHeader, 'no name of a header');

/** Headers by which a system says how much may still be asked. */
export const quotaSchema = z
  .strictObject({
    left: headerName.describe('Header that says how many requests are left'),
    reset: headerName.describe('Header that says when there are more'),
    form: z
      .enum(['seconds', 'epoch-seconds', 'epoch-milliseconds', 'iso'])
      .default('seconds')
      .describe('Of the latter: in how many seconds, or at which moment'),
  })
  .describe('Headers by which the system says that its limit is used up; Retry-After is kept anyway');

/** Headers that specs may set: none that carries a credential, and none that the client writes itself. */
export const headersSchema = z
  .record(
    headerName.refine(
      (name) =>
        !/^(?:authorization|proxy-authorization|cookie|host|content-length|connection|transfer-encoding)$/i.test(
          name,
        ),
      'is set by rosterd; credentials stand under "credentials"',
    ),
    z.string().regex(/^[\t\x20-\x7e]*$/, 'plain characters on one line'),
  )
  .default({});

/** Constant parameters of an address; a list repeats the key. */
export const querySchema = z
  .record(z.string().min(1), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
  .default({});

/** A path below `baseUrl`; `holds` is the placeholder that it must have. */
export function requestPath(holds: 'id' | 'value' | 'nothing'): z.ZodString {
  const base = z
    .string()
    .min(1)
    .regex(/^(?!\w+:\/\/)[^?#\s\\]*$/, 'a path below baseUrl, without a question mark')
    .regex(/^(?!(?:.*\/)?\.{1,2}(?:\/|$))/, 'a path without segments of dots');
  if (holds === 'nothing') return base.regex(/^[^{}]*$/, 'a path without braces');
  return base.regex(
    holds === 'id' ? /^(?:[^{}]|\{id\})*$/ : /^(?:[^{}]|\{(?:id|value)\})*$/,
    `a path with no other braces than {${holds}}`,
  );
}

export const bodySchema = z.record(z.string(), z.json());
