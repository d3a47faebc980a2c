import { z } from 'zod';
import {
  daySchema,
  documentSchema,
  keptDurationSchema,
  secretReferenceSchema,
  suspendSchema,
} from './document.ts';
import { limitsSchema } from './limits.ts';

export const connectionSchema = documentSchema(
  'Connection',
  z.strictObject({
    connector: z.string().min(1).describe('The kind of system: personio, talentlms, scim, csv, …'),
    config: z
      .record(z.string(), z.unknown())
      .default({})
      .describe("The connector's own settings; its page says which."),
    credentials: z
      .record(z.string(), secretReferenceSchema)
      .default({})
      .describe('Secrets by reference: `{ env: NAME }` or `{ file: path }`. Never the secret itself.'),
    expiresAt: daySchema
      .optional()
      .describe('Day on which the credential expires; a metric, for an alert ahead of time.'),
    account: z
      .string()
      .min(1)
      .optional()
      .describe('The remote account this must be; another one behind the same name stops it.'),
    subprocessor: z
      .strictObject({
        acceptedBy: z
          .email({ error: 'must be the e-mail address of the person who accepted it' })
          .describe('Who accepted it: an e-mail address that can be asked.'),
        name: z.string().min(1).optional().describe('The name of that person.'),
        acceptedAt: z.iso
          .datetime({ offset: true, error: 'must be an instant' })
          .describe('When, as an instant.'),
      })
      .optional()
      .describe('Consent to a third party between us and the system, where a connector needs it.'),
    suspend: suspendSchema.optional().describe('Stops every sync that uses this connection.'),
    requests: z
      .strictObject({
        perMinute: z.int().min(1).optional().describe('Requests a minute at the most.'),
        concurrency: z.int().min(1).max(64).optional().describe('Requests in flight at the most.'),
      })
      .default({})
      .describe("Own limits below the vendor's."),
    limits: limitsSchema.default({}).describe('How much may change in this target at once, across syncs.'),
    details: z
      .strictObject({
        refresh: keptDurationSchema
          .default('7d')
          .describe('How long a record read one by one is trusted, at most 30d.'),
      })
      .default({ refresh: '7d' })
      .describe('For systems whose lists lack attributes.'),
  }),
).describe('One configured access to one system.');
