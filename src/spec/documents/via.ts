import { z } from 'zod';
import { expressionSchema, nameSchema } from './document.ts';

/** Keys of a rule that refers to a record which other syncs have linked. */
export const referenceKeys = {
  course: expressionSchema
    .optional()
    .describe('Gives the source id of a course; written is the id of the course that `via` leads to.'),
  via: z
    .union([nameSchema, z.array(nameSchema).min(1)])
    .optional()
    .describe(
      'The sync whose links lead from the source of this sync to its target, or several in order; each is followed in the direction that fits.',
    ),
};

/** A reference where a plain expression may stand: in a rule of `match`. */
export const referenceSchema = z
  .strictObject({
    person: expressionSchema.optional().describe('Gives the source id of a person; needs `via`.'),
    ...referenceKeys,
  })
  .superRefine((rule, context) => {
    checkReference(rule, context);
    if ((rule.person === undefined) !== (rule.course === undefined)) return;
    const message = 'must have one of person, course';
    context.addIssue({ code: 'custom', message, params: { code: 'spec/one-of' } });
  });

interface Rule {
  readonly person?: string | undefined;
  readonly course?: string | undefined;
  readonly via?: string | readonly string[] | undefined;
}

/** Reports a course without the sync that links courses, and a `via` that leads to nothing. */
export function checkReference(rule: Rule, context: z.RefinementCtx<Rule>): void {
  const add = (message: string) =>
    context.addIssue({ code: 'custom', message, params: { code: 'spec/via' } });
  if (rule.course !== undefined && rule.via === undefined) {
    add('refers to a course and needs "via": the sync that links the courses of both sides');
  }
  if (rule.via !== undefined && rule.person === undefined && rule.course === undefined) {
    add('has "via" and refers to nobody; give person or course instead of a value');
  }
}
