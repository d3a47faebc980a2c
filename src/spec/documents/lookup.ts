import { z } from 'zod';
import { documentSchema, notYet } from './document.ts';

const cell = z.union([z.string(), z.number(), z.boolean()]);

const fileSchema = z.union([
  z.string().min(1),
  z.strictObject({
    env: z.string().min(1).describe('Environment variable that holds a folder; the operator must allow it.'),
    path: z.string().min(1).describe('Path below that folder.'),
  }),
]);

export const lookupSchema = documentSchema(
  'Lookup',
  z
    .strictObject({
      values: z
        .record(z.string(), z.union([cell, z.record(z.string(), cell)]))
        .optional()
        .describe('The table itself: by key a row of columns, or one value (its column is `value`).'),
      file: fileSchema
        .optional()
        .describe('A CSV file with a header: a path beside this file, or `{ env, path }`.'),
      key: z.string().min(1).optional().describe('For a file: the column that rows are looked up by.'),
      delimiter: z.string().length(1).default(',').describe('For a file: what stands between columns.'),
      connection: notYet('export the table to a CSV file'),
    })
    .superRefine((lookup, context) => {
      const fault = lookupFault(lookup);
      if (fault !== undefined) {
        context.addIssue({ code: 'custom', message: fault, params: { code: 'spec/one-of' } });
      }
    }),
).describe('A table for expressions: `lookup("name", key).column`.');

function lookupFault(lookup: {
  readonly values?: unknown;
  readonly file?: unknown;
  readonly key?: unknown;
}): string | undefined {
  if ((lookup.values === undefined) === (lookup.file === undefined))
    return 'must have one of values and file';
  if (lookup.file !== undefined && lookup.key === undefined)
    return 'needs key: the column to look rows up by';
  return undefined;
}
