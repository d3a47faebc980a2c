import { z } from 'zod';
import { durationSchema, notYet, someOf } from './document.ts';

const leftSchema = z.strictObject({
  disable: z
    .enum(['at-end-of-day', 'immediately', 'keep'])
    .default('at-end-of-day')
    .describe("When the account is disabled; the end of the last day is in the person's zone."),
  deleteAfter: notYet('accounts of people who left stay disabled'),
});

const vanishedSchema = z.strictObject({
  after: durationSchema.default('7d').describe('How long after the person was first missed.'),
  // oxlint-disable-next-line unicorn/no-thenable -- the specs' word, never awaited
  then: z.enum(['hold', 'disable', 'keep']).default('hold').describe('What happens then.'),
});

export const thenSchema = z.strictObject({
  starting: notYet('accounts are created from the start date on'),
  left: leftSchema.prefault({}).describe('A person who has left.'),
  away: z.enum(['keep', 'disable']).default('keep').describe('A person who is away.'),
  outOfScope: z
    .enum(['keep', 'disable', 'delete'])
    .default('keep')
    .describe('A person whom `who` leaves out.'),
  vanished: vanishedSchema
    .prefault({})
    .describe('Absent from two complete reads of different moments, without a termination.'),
  returned: someOf(['hold'], ['reuse', 'new'], 'write hold: a person decides about people who come back')
    .default('hold')
    .describe('A person who comes back after having left.'),
});

export type ThenSpec = z.infer<typeof thenSchema>;
