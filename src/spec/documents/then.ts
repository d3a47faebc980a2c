import { z } from 'zod';
import { durationSchema, expressionSchema, graceSchema, wholeDaysSchema } from './document.ts';

const leftSchema = z.strictObject({
  disable: z
    .enum(['at-end-of-day', 'immediately', 'keep'])
    .default('at-end-of-day')
    .describe("When the account is disabled; the end of the last day is in the person's zone."),
  immediatelyWhen: expressionSchema
    .optional()
    .describe('Where this is true, neither a left status nor a last day still to come is waited for.'),
  deleteAfter: graceSchema
    .optional()
    .describe(
      'How long after we disabled it the account is deleted, if it has stayed disabled; never without this.',
    ),
});

const startingSchema = z.strictObject({
  createBefore: wholeDaysSchema
    .default('0d')
    .describe('How many days before the start date the account is made.'),
  enable: z
    .enum(['at-start-of-day', 'on-create'])
    .default('at-start-of-day')
    .describe("When an account that was made ahead can be used; the day begins in the person's zone."),
});

const vanishedSchema = z.strictObject({
  after: durationSchema.default('7d').describe('How long after the person was first missed.'),
  // oxlint-disable-next-line unicorn/no-thenable -- the specs' word, never awaited
  then: z
    .enum(['hold', 'disable', 'delete', 'keep'])
    .default('hold')
    .describe('What happens then; `delete` only of courses and enrolments, never of people.'),
});

export const thenSchema = z.strictObject({
  starting: startingSchema.prefault({}).describe('A person whose start date is still to come.'),
  left: leftSchema.prefault({}).describe('A person who has left.'),
  away: z.enum(['keep', 'disable']).default('keep').describe('A person who is away.'),
  outOfScope: z
    .enum(['keep', 'disable', 'delete'])
    .default('keep')
    .describe('A person whom `who` leaves out.'),
  vanished: vanishedSchema
    .prefault({})
    .describe('Absent from two complete reads of different moments, without a termination.'),
  returned: z
    .enum(['reuse', 'new', 'hold'])
    .default('reuse')
    .describe('A person who comes back after having left.'),
});
