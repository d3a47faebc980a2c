import { z } from 'zod';
import { documentSchema, nameSchema } from './document.ts';

const pair = {
  person: z.string().min(1).describe('The id of the person in the source, in quotes where it is a number.'),
  account: z.string().min(1).describe('The id of the account in the target, in quotes where it is a number.'),
  reason: z.string().min(1).describe('Why, for whoever reads it later.'),
  by: z.string().min(1).optional().describe('Who decided.'),
};

const pairSchema = z.strictObject(pair);

export const linksSchema = documentSchema(
  'Links',
  z
    .strictObject({
      sync: nameSchema.describe('The sync that this decides for.'),
      same: z
        .array(pairSchema)
        .default([])
        .describe("The account is this person's, whatever is remembered, matches or stands in its identity."),
      never: z
        .array(pairSchema)
        .default([])
        .describe("The account is not this person's: it is never matched, and a link of the two is dropped."),
      release: z
        .array(pairSchema)
        .default([])
        .describe(
          "The account is given up and left as it is: nobody's, and matched to nobody. Nothing is done for the person, and no other account is created.",
        ),
      transfer: z
        .strictObject({
          from: nameSchema.describe(
            'A sync that is gone or has another name now, of the same source and target.',
          ),
          reason: pair.reason.optional(),
          by: pair.by,
        })
        .optional()
        .describe('Every link of another sync becomes one of this sync.'),
    })
    .superRefine((spec, context) => {
      const { same, never, release, transfer } = spec;
      if (same.length + never.length + release.length > 0 || transfer !== undefined) return;
      const message = 'decides nothing; give it same, never, release or transfer';
      context.addIssue({ code: 'custom', message, params: { code: 'spec/one-of' } });
    }),
).describe(
  "A person's decisions on who is who; they win over what is remembered and over matching. Removing a document changes nothing by itself.",
);
