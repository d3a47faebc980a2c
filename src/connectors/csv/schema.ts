import { z } from 'zod';
import type { Entity } from '../../model/entity.ts';

/** Types that a column may have. */
const columnTypes = ['text', 'int', 'decimal', 'bool', 'date', 'instant'] as const;

/** One CSV file with a header. */
const csvTable = z.strictObject({
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

/** Config of a connection: one file, and where the system also exports courses or enrolments, one for each of them. */
export const csvConfig = csvTable.extend({
  course: csvTable
    .optional()
    .describe('The file of its courses, with the same keys; the one above is of people then'),
  enrollment: csvTable
    .optional()
    .describe('The file of its enrolments, with the same keys; the one above is of people then'),
});

/** What is said of one file. */
export type CsvConfig = z.infer<typeof csvTable>;
export type CsvConnection = z.infer<typeof csvConfig>;

/**
 * The file that holds these: their own, or the only one there is, whatever it holds. Undefined where others have a file of
 * their own and these have none.
 */
export function tableOf(config: CsvConnection, entity: Entity): CsvConfig | undefined {
  const { course, enrollment, ...only } = config;
  if (entity !== 'person') {
    const own = entity === 'course' ? course : enrollment;
    if (own !== undefined || course !== undefined || enrollment !== undefined) return own;
  }
  return only;
}
