import { z } from 'zod';
import { dataClasses } from '../../model/value.ts';
import { expressionSchema } from './document.ts';
import { checkReference, referenceKeys } from './via.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const constantSchema = z.union([z.string(), z.number(), z.boolean(), z.array(scalar)]);

const length = (longest: number) => z.int().min(1).max(longest);

const generateSchema = z.union([
  z.enum(['secret', 'uuid']),
  z.strictObject({ digits: length(18).describe('How many digits; the first may be 0.') }),
  z.strictObject({ letters: length(64).describe('How many small letters, a to z.') }),
  z.strictObject({
    characters: length(64).describe(
      'How many small letters and digits, without those that are mistaken for others.',
    ),
  }),
]);

const classSchema = z.enum(dataClasses);

const ruleSchema = z
  .strictObject({
    value: expressionSchema.optional().describe('An expression that gives the value.'),
    constant: constantSchema.optional().describe('The same value for everybody.'),
    generate: generateSchema
      .optional()
      .describe(
        'secret: made fresh when sent; in no plan, intent, digest or log. uuid, { digits: N }, { letters: N }, { characters: N }: the same in every plan, derived from the key of the installation, the person and the attribute.',
      ),
    person: expressionSchema
      .optional()
      .describe("Gives the source id of a person; written is the id of that person's account."),
    ...referenceKeys,
    as: z
      .string()
      .min(1)
      .optional()
      .describe(
        "With `person`: written is what that person's account holds in this attribute, instead of its id.",
      ),
    policy: z
      .enum(['enforce', 'follow', 'seed', 'seed-if-empty'])
      .optional()
      .describe(
        'enforce: drift is corrected (the default). follow: written only when our result changed. seed: only on create. seed-if-empty: on create, or where the target has none.',
      ),
    onNull: z
      .enum(['keep', 'clear', 'error'])
      .optional()
      .describe('Where the result is absent or null. Default error for what the target requires, else keep.'),
    class: classSchema.optional().describe('Raises how carefully the value is handled; it cannot lower it.'),
    collection: z
      .enum(['own', 'merge', 'append'])
      .optional()
      .describe(
        'Of a list. own: the whole list is ours, its order means nothing (the default). merge: we add what is missing and take away only what we added. append: we only add.',
      ),
    tolerate: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe(
        'Of a list that is our own: patterns (RE2, found anywhere; anchor them with ^ and $) of elements that stay although we did not produce them.',
      ),
  })
  .superRefine((rule, context) => {
    checkReference(rule, context);
    const given = ['value', 'constant', 'generate', 'person', 'course'].filter((key) =>
      Object.hasOwn(rule, key),
    );
    if (rule.as !== undefined && (rule.person === undefined || rule.via !== undefined)) {
      const message =
        'says which attribute of a person\'s account is written; it stands beside "person", without "via"';
      context.addIssue({ code: 'custom', path: ['as'], message, params: { code: 'spec/value' } });
    }
    if (given.length === 1) return;
    const message =
      given.length === 0
        ? 'says no value; give one of value, constant, generate, person, course'
        : `has ${given.join(' and ')}; only one of them can decide`;
    context.addIssue({ code: 'custom', message, params: { code: 'spec/one-of' } });
  });

const attributeMappingSchema = z.union([expressionSchema, ruleSchema]);

/** By target attribute. */
export const attributesSchema = z
  .record(z.string(), attributeMappingSchema)
  .default({})
  .describe('By target attribute: an expression, or `{ value | constant | generate | person, … }`.');

export const copySchema = z
  .array(z.string().min(1))
  .default([])
  .describe('Attributes of the same name and type on both sides.');

export const identitySchema = z.record(
  z.string(),
  z.union([
    expressionSchema,
    z
      .strictObject({
        value: expressionSchema.optional().describe('An expression that gives the value.'),
        person: expressionSchema.optional().describe('Gives the source id of a person; needs `via`.'),
        ...referenceKeys,
        class: classSchema.optional().describe('Raises how carefully the value is handled.'),
      })
      .superRefine((rule, context) => {
        checkReference(rule, context);
        const given = [rule.value, rule.person, rule.course].filter((one) => one !== undefined);
        if (given.length === 1) return;
        const message = 'must have one of value, person, course';
        context.addIssue({ code: 'custom', message, params: { code: 'spec/one-of' } });
      }),
  ]),
);

export type AttributeMappingSpec = z.infer<typeof attributeMappingSchema>;
export type AttributeRule = z.infer<typeof ruleSchema>;
