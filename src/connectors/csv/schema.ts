import { z } from 'zod';

/** Types that a column may have. */
const columnTypes = ['text', 'int', 'decimal', 'bool', 'date', 'instant'] as const;

/** Config of a connection to a CSV file with a header. */
export const csvConfig = z.strictObject({
  file: z
    .union([
      z.string().min(1),
      z.strictObject({
        env: z
          .string()
          .min(1)
          .describe('Environment variable that holds a folder; the operator must allow it'),
        path: z.string().min(1).describe('Path below that folder'),
      }),
    ])
    .describe('The file: a path below the specs, or { env, path }; the operator must allow it'),
  id: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(2)])
    .describe('The column whose text is the id of the record, or several whose texts make it with / between'),
  delimiter: z.string().length(1).default(',').describe('What stands between columns'),
  encoding: z.enum(['utf-8', 'windows-1252']).default('utf-8'),
  header: z.literal(true).default(true).describe('The first line names the columns'),
  columns: z
    .record(
      z.string().min(1),
      z.strictObject({
        column: z.string().min(1).optional().describe('Name in the header, where it differs'),
        type: z.enum(columnTypes).default('text'),
        class: z.enum(['public', 'internal', 'personal', 'sensitive']).default('personal'),
        format: z
          .string()
          .regex(
            /^(?=.*y)(?=.*M)(?=.*d)(?:yyyy|MM?|dd?|[^A-Za-z0-9])+$/,
            'must be made of yyyy, MM or M, dd or d',
          )
          .default('yyyy-MM-dd')
          .describe('For a date: how it is written, for example dd.MM.yyyy'),
      }),
    )
    .optional()
    .describe('Attributes by name; without it every column is one, typed by `connection fields --save`'),
  nulls: z.array(z.string()).default(['']).describe('Texts that stand for nothing'),
  booleans: z
    .strictObject({ true: z.array(z.string()).min(1), false: z.array(z.string()).min(1) })
    .default({ true: ['true', 'yes', '1'], false: ['false', 'no', '0'] })
    .describe('Words of columns of type bool, compared without case'),
  decimalMark: z.enum(['.', ',']).default('.'),
  write: z
    .strictObject({
      create: z
        .boolean()
        .default(false)
        .describe('Make the file, with its header, where it is not there; needs columns'),
      active: z
        .string()
        .min(1)
        .optional()
        .describe(
          'The column that says whether a row counts, in words of `booleans`; without it nobody is disabled',
        ),
      delete: z.boolean().default(false).describe('Whether rows may be taken out'),
      formulas: z
        .enum(['guard', 'plain'])
        .default('guard')
        .describe('guard: an apostrophe before texts that a spreadsheet would run, taken off when read'),
    })
    .optional()
    .describe(
      'The file may be written, as far as the operator allows (`files.write`); without it, it is only read',
    ),
});

export type CsvConfig = z.infer<typeof csvConfig>;
