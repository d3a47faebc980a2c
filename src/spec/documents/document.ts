import { z } from 'zod';
import { durationPattern, parseDuration } from '../duration.ts';

export const apiVersion = 'rosterd.dev/v1';

/** What documents call each other by; short and safe in paths, metrics and URLs. */
export const nameSchema = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, {
  error: 'must be lower-case letters, digits and dashes, at most 63, such as staff-to-lms',
});

const metadataSchema = z.strictObject({
  name: nameSchema.describe('What other documents call it by; unique within its kind.'),
  owner: z.string().min(1).optional().describe('The team to ask; shown in messages.'),
});

/** The frame that every document shares. */
export function documentSchema<Kind extends string, Spec extends z.ZodType>(kind: Kind, spec: Spec) {
  return z.strictObject({
    apiVersion: z.literal(apiVersion).describe('The version of this format.'),
    kind: z.literal(kind).describe('What this document is.'),
    metadata: metadataSchema.describe('Its name and its owner.'),
    spec,
  });
}

/** A key that a later release will understand: refused as `spec/not-yet`, saying what to do instead. */
export function notYet(instead: string) {
  return z
    .never({ error: `is not supported yet; ${instead}` })
    .optional()
    .describe(`Not supported yet; ${instead}.`);
}

const durationFault = { error: 'must be a duration such as 15m, 1h30m or 7d' };
export const durationSchema = z.string(durationFault).regex(durationPattern, durationFault);

/** Days of the calendar: a start date less so many of them is a date again. */
export const wholeDaysSchema = durationSchema.refine(
  (text) => Number.isInteger((parseDuration(text) ?? 0) / 86_400_000),
  { error: 'must be whole days such as 14d or 2w' },
);

/** Time enough for a person to notice. */
export const graceSchema = durationSchema.refine((text) => (parseDuration(text) ?? 0) >= 86_400_000, {
  error: 'must be at least 1d: nobody could take it back in less',
});

const longestKeptMs = 30 * 24 * 3_600_000;

/** Of something that the store keeps for 30 days: a longer time would be cut short in silence. */
export const keptDurationSchema = durationSchema.refine(
  (text) => (parseDuration(text) ?? 0) <= longestKeptMs,
  { error: 'must be at most 30d' },
);

export const daySchema = z.iso.date({ error: 'must be a date such as 2027-03-31' });

/** An expression (CEL) over `source`. */
export const expressionSchema = z.string().min(1);

/** A secret by reference; the operator's configuration decides which may be used, and for which hosts. */
export const secretReferenceSchema = z.union([
  z.strictObject({ env: z.string().min(1).describe('Name of an environment variable.') }),
  z.strictObject({ file: z.string().min(1).describe("Path below the operator's secrets folder.") }),
]);

export const suspendSchema = z.union([
  z.boolean(),
  z.strictObject({
    reason: z.string().min(1).describe('Why; shown wherever the suspension is.'),
    until: daySchema.optional().describe('The last day of the suspension.'),
  }),
]);
