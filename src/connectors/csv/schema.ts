import { z } from 'zod';
import { hostOf, sftpFile } from '../sftp/schema.ts';
import type { Entity } from '../../model/entity.ts';

/** Types that a column may have. */
const columnTypes = ['text', 'int', 'decimal', 'bool', 'date', 'instant'] as const;

/** Where a file lies: below the specs, or below a folder that an environment variable names. */
export const filePlace = z.union([
  z.string().min(1),
  z.strictObject({
    env: z.string().min(1).describe('Environment variable that holds a folder; the operator must allow it'),
    path: z.string().min(1).describe('Path below that folder'),
  }),
]);

/** One CSV file with a header. */
const csvTable = z.strictObject({
  file: filePlace
    .optional()
    .describe('The file: a path below the specs, or { env, path }; the operator must allow it'),
  sftp: sftpFile.optional().describe('The file on an SFTP server, instead of `file`'),
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
      deliver: z
        .strictObject({
          sftp: sftpFile.describe('Where copies go; {time} in the path gives each a name of its own'),
          takenAway: z
            .boolean()
            .default(false)
            .describe(
              'Whether the receiver may take a copy away at once: that it is gone is no failure then',
            ),
        })
        .optional()
        .describe(
          'A copy of each new file goes to whoever imports it; the file itself says what was delivered last',
        ),
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
export const csvConfig = inOnePlace(
  csvTable.extend({
    course: inOnePlace(csvTable)
      .optional()
      .describe('The file of its courses, with the same keys; the one above is of people then'),
    enrollment: inOnePlace(csvTable)
      .optional()
      .describe('The file of its enrolments, with the same keys; the one above is of people then'),
  }),
);

function inOnePlace<Table extends z.ZodType<{ file?: unknown; sftp?: unknown }>>(table: Table): Table {
  return table.refine(({ file, sftp }) => (file === undefined) !== (sftp === undefined), {
    path: ['file'],
    message: 'a list lies in one place; name its file, or the one on a server under sftp',
  });
}

/** Servers that a table lies on or is delivered to, for the operator's lists. */
export function hostsOf(table: Pick<CsvConfig, 'sftp' | 'write'> | undefined): readonly string[] {
  const servers = [table?.sftp, table?.write?.deliver?.sftp];
  return servers.flatMap((server) => (server === undefined ? [] : [hostOf(server)]));
}

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
