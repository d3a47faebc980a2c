import { z } from 'zod';
import { daySchema, documentSchema, nameSchema } from './document.ts';

const expirySchema = z.union([
  daySchema,
  z.iso.datetime({ offset: true, error: 'must be an instant such as 2026-12-01T12:00:00Z' }),
]);

export const approvalSchema = documentSchema(
  'Approval',
  z.strictObject({
    sync: nameSchema.describe('The sync whose held set is released.'),
    digest: z
      .string()
      .regex(/^[A-Za-z0-9:_-]{8,128}$/, {
        error: 'must be the digest of a held set, as `rosterd approve` prints it',
      })
      .describe('The digest of the held set, exactly what was looked at.'),
    by: z.string().min(1).describe('Who approves.'),
    expires: expirySchema.describe('After this it releases nothing: an instant, or a day (its end in UTC).'),
    reason: z.string().min(1).optional().describe('Why.'),
  }),
).describe('Releases one held set once: written by a person in a pull request.');
