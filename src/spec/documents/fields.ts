import { z } from 'zod';
import { dataClasses } from '../../model/value.ts';
import { documentSchema } from './document.ts';

const valueTypes = [
  'text',
  'int',
  'decimal',
  'bool',
  'date',
  'instant',
  'picture',
  'list<text>',
  'list<int>',
  'list<decimal>',
  'list<bool>',
] as const;

const attributeSpecSchema = z.strictObject({
  name: z.string().min(1).describe('Stable name; dots nest.'),
  type: z.enum(valueTypes).describe('The type of its values.'),
  class: z.enum(dataClasses).describe('How carefully its values are handled.'),
  label: z.string().optional().describe("What the vendor's pages call it."),
  key: z.string().optional().describe("The vendor's own key."),
  values: z.array(z.string()).optional().describe('Every value that is allowed.'),
  optional: z.boolean().optional().describe('False only where every record has it.'),
  write: z.enum(['always', 'create']).optional().describe('When it can be written; never when left out.'),
  required: z.boolean().optional().describe('No account is created without it.'),
  unique: z.boolean().optional().describe('No two accounts share a value.'),
  rename: z.boolean().optional().describe('A login or an e-mail address.'),
  writeOnly: z.boolean().optional().describe('Sent, never read back.'),
});

export const fieldsSchema = documentSchema(
  'Fields',
  z.strictObject({
    attributes: z
      .array(attributeSpecSchema)
      .optional()
      .describe('Every attribute of people that this connection has.'),
    course: z.array(attributeSpecSchema).optional().describe('Every attribute of its courses.'),
    enrollment: z.array(attributeSpecSchema).optional().describe('Every attribute of its enrolments.'),
  }),
).describe('What a connection can read and write, saved by `rosterd connection fields NAME --save`.');

export type SavedAttribute = z.infer<typeof attributeSpecSchema>;
