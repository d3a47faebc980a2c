import { z } from 'zod';
import { documentSchema, expressionSchema, nameSchema } from './document.ts';

/** Clauses of a shared filter: expressions only, so that filters do not nest. */
const clausesSchema = z.array(expressionSchema).min(1);

export const whoSchema = z.array(
  z.union([
    expressionSchema,
    z.strictObject({ filter: nameSchema.describe('The name of a Filter whose clauses must hold too.') }),
  ]),
);

export const filterSchema = documentSchema(
  'Filter',
  z.strictObject({ who: clausesSchema.describe('Clauses that must all hold.') }),
).describe('Clauses of who takes part, shared by several syncs.');
