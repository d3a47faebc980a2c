import { z } from 'zod';
import { filePlace } from '../csv/schema.ts';

/** Attributes of an employee that an equity plan asks for. Optio publishes no template: names and order are ours. */
export const neutralNames = [
  'employee_number',
  'company_email',
  'first_name',
  'last_name',
  'legal_entity',
  'department',
  'cost_centre',
  'country',
  'hire_date',
  'termination_date',
  'status',
] as const;

/** Without these a leaver could not be told from somebody who stays. */
const indispensable = ['termination_date', 'status'];

const column = z.strictObject({
  column: z.string().min(1).optional().describe('Name in the header, where it differs'),
  type: z.enum(['text', 'int', 'decimal', 'bool', 'date']).optional().describe('For a column of your own'),
  class: z.enum(['public', 'internal', 'personal', 'sensitive']).optional(),
  format: z
    .string()
    .regex(/^(?=.*y)(?=.*M)(?=.*d)(?:yyyy|MM?|dd?|[^A-Za-z0-9])+$/, 'must be made of yyyy, MM or M, dd or d')
    .optional()
    .describe('For a date: how it is written, for example dd.MM.yyyy'),
});

/** Config of a connection to Optio: the file that a person imports in its portal. */
export const optioConfig = z
  .strictObject({
    file: filePlace.describe(
      'The file: a path below the specs, or { env, path }; the operator must allow it (`files.write`)',
    ),
    identifier: z
      .enum(['employee_number', 'company_email'])
      .default('employee_number')
      .describe('By which the portal knows its participants: the same as is chosen there'),
    legalEntities: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('The legal entities of the portal: with it, each employee must have one of them'),
    columns: z
      .record(z.string().min(1), z.union([z.literal(false), column]))
      .default({})
      .describe('Other headers and forms of the columns, columns of your own, and `false` for one left out'),
    minimumRows: z
      .int()
      .min(0)
      .optional()
      .describe('Wins over the number of rows that was delivered last, once rows were taken out on purpose'),
    delimiter: z.string().length(1).default(',').describe('What stands between columns'),
    encoding: z.enum(['utf-8', 'windows-1252']).default('utf-8'),
    formulas: z
      .enum(['guard', 'plain'])
      .default('guard')
      .describe('guard: an apostrophe before texts that a spreadsheet would run'),
  })
  .superRefine(({ columns, identifier, legalEntities }, context) => {
    const needed = [...indispensable, identifier, ...(legalEntities === undefined ? [] : ['legal_entity'])];
    for (const name of needed)
      if (columns[name] === false)
        context.addIssue({
          code: 'custom',
          path: ['columns', name],
          message: 'this column cannot be left out',
        });
  });

export type OptioConfig = z.output<typeof optioConfig>;
