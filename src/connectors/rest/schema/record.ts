import { z } from 'zod';
import { conditionSchema, pathOrWhole, pathSchema, querySchema, requestPath, writtenPath } from './parts.ts';

const attributeTypes = [
  'text',
  'int',
  'decimal',
  'bool',
  'date',
  'instant',
  'list<text>',
  'list<int>',
] as const;

/** Forms of dates besides patterns of yyyy, MM or M, dd or d. */
const dateForms = ['iso', 'epoch-seconds', 'epoch-milliseconds', 'odata'] as const;

const format = z
  .union([
    z.enum(dateForms),
    z
      .string()
      .regex(
        /^(?=.*y)(?=.*M)(?=.*d)(?:yyyy|MM?|dd?|[^A-Za-z0-9])+$/,
        'must be made of yyyy, MM or M, dd or d; or iso, epoch-seconds, epoch-milliseconds, odata',
      ),
  ])
  .default('iso');

export const attributeSchema = z
  .strictObject({
    path: pathSchema.optional().describe('Where it stands in a record; its name where it is left out'),
    type: z.enum(attributeTypes).default('text'),
    class: z
      .enum(['public', 'internal', 'personal', 'sensitive'])
      .optional()
      .describe(
        'How careful it must be handled; told by its name where it is left out, personal at the least',
      ),
    label: z.string().min(1).optional().describe('What people call it in the system'),
    values: z.array(z.string()).min(1).optional().describe('Every value there is, for a choice'),
    format: format.describe(
      'How a date or an instant is written; iso also takes a date with a time behind it',
    ),
    booleans: z
      .strictObject({ true: z.string(), false: z.string() })
      .optional()
      .describe('Words that stand for true and false, compared without case'),
    from: z
      .enum(['list', 'single'])
      .default('list')
      .describe('single: only the record that is asked for by its id has it, see record.single'),
    compare: z
      .array(z.enum(['trim', 'lower']))
      .default([])
      .describe(
        'What the system does to texts that it keeps: two values that differ in nothing else are equal',
      ),
    write: z
      .enum(['always', 'create'])
      .optional()
      .describe('When it can be written; never where it is left out'),
    sent: writtenPath
      .optional()
      .describe('Where it stands in the bodies of writes, where that is not its path'),
    cleared: z
      .enum(['null', 'empty'])
      .default('null')
      .describe('What is sent to clear it: null, or an empty text or list'),
    required: z.boolean().optional().describe('The system refuses a create without it'),
    unique: z.boolean().optional().describe('No two accounts share a value'),
    rename: z
      .boolean()
      .optional()
      .describe('A login or an e-mail address: changes count in the limit "rename"'),
    writeOnly: z.boolean().optional().describe('Sent and never read back, such as a password'),
  })
  .superRefine((attribute, context) => {
    const wrong = (key: string, message: string) =>
      context.addIssue({ code: 'custom', path: [key], message });
    const { type, booleans, compare, write, writeOnly } = attribute;
    if (booleans !== undefined && type !== 'bool') wrong('booleans', 'only for the type bool');
    if (compare.length > 0 && type !== 'text') wrong('compare', 'only for the type text');
    if (attribute.format !== 'iso' && type !== 'date' && type !== 'instant') {
      wrong('format', 'only for the types date and instant');
    }
    if (type === 'instant' && /y/.test(attribute.format)) {
      wrong('format', 'an instant is iso, epoch-seconds, epoch-milliseconds or odata');
    }
    if (writeOnly === true && write === undefined)
      wrong('writeOnly', 'what is never read must be written; add "write"');
  });

/** One record, by a path that holds its id. */
const singleSchema = z.strictObject({
  path: requestPath('id').regex(/\{id\}/, 'a path that holds {id}'),
  query: querySchema,
  record: pathOrWhole.default('').describe('Where the record stands; empty where the answer is the record'),
  missing: z
    .array(z.union([z.literal(404), z.literal(410)]))
    .default([404])
    .describe('Statuses that say that there is none'),
  ignore: z
    .array(z.string().min(1))
    .default([])
    .describe('Members of a listed record whose change says nothing of the single one, such as a counter'),
});

/** What one record of the list is. */
export const recordSchema = z.strictObject({
  id: pathSchema.describe('Where the id of a record stands'),
  active: conditionSchema
    .optional()
    .describe('Target: when an account can be used; every account can where it is left out'),
  deleted: conditionSchema
    .optional()
    .describe(
      'Source: when the system itself says that a record was deleted; where nothing stands at the path, it does not',
    ),
  protected: conditionSchema
    .optional()
    .describe('Target: accounts that are never touched, such as those of administrators'),
  single: singleSchema
    .optional()
    .describe(
      'The request for one record, for attributes that the list lacks; remembered while the list shows the same',
    ),
  attributes: z
    .record(z.string().regex(/^[^\s.][^.]*(?:\.[^.]+)*$/, 'no name of an attribute'), attributeSchema)
    .refine((attributes) => Object.keys(attributes).length > 0, 'declare at least one')
    .refine((attributes) => !Object.hasOwn(attributes, 'id'), '"id" is published by itself, from record.id')
    .describe('What is published of a record, by name'),
});

export type AttributeConfig = z.infer<typeof attributeSchema>;
