import { z } from 'zod';
import { keptDurationSchema } from './document.ts';

const limitSchema = z.strictObject({
  fraction: z.number().min(0).max(1).optional().describe('Share of the population, 0 to 1; rounds down.'),
  floor: z.int().min(0).optional().describe('So many are allowed even where the fraction is less.'),
  atMost: z.int().min(0).optional().describe('Never more than this, whatever the fraction gives.'),
  window: keptDurationSchema
    .optional()
    .describe('The time over which changes are counted, at most 30d; 24h when left out.'),
});

/** How much may change at once, by class. Keys left out keep the class's default. */
export const limitsSchema = z.strictObject({
  leave: limitSchema.optional().describe("Explicit terminations. A sync's default is 10 %, floor 5."),
  remove: limitSchema
    .optional()
    .describe("Out of scope or vanished: disabled or deleted. A sync's default is 5 %, floor 2."),
  update: limitSchema.optional().describe("Accounts that change. A sync's default is 30 %, floor 20."),
  clear: limitSchema
    .optional()
    .describe("Values taken away, for each attribute. A sync's default is 2 %, floor 2."),
  rename: limitSchema
    .optional()
    .describe("Logins or e-mail addresses that change. A sync's default is 10 %, floor 5."),
  create: limitSchema.optional().describe('New accounts. No limit by default.'),
  adopt: limitSchema.optional().describe('Existing accounts that are linked. No limit by default.'),
  mail: limitSchema.optional().describe('Mails to people. No limit by default.'),
});

export type LimitsSpec = z.infer<typeof limitsSchema>;
