import { choiceFunctions } from './choice.ts';
import { contactFunctions } from './contact.ts';
import { conversionFunctions } from './conversion.ts';
import { dateFunctions } from './dates.ts';
import type { FunctionDefinition } from './definition.ts';
import { listFunctions } from './lists.ts';
import { lookupFunctions } from './lookups.ts';
import { nameFunctions } from './names.ts';
import { namePartFunctions } from './name-parts.ts';
import { patternFunctions } from './patterns.ts';
import { placeFunctions } from './places.ts';
import { textFunctions } from './text.ts';

/** Every function of the dialect, in the order of docs/expressions.md. */
export const allFunctions: readonly FunctionDefinition[] = [
  ...textFunctions,
  ...nameFunctions,
  ...namePartFunctions,
  ...contactFunctions,
  ...placeFunctions,
  ...patternFunctions,
  ...listFunctions,
  ...dateFunctions,
  ...conversionFunctions,
  ...choiceFunctions,
  ...lookupFunctions,
];

/** What CEL itself has and the dialect keeps, beside the operators. Everything else of CEL is refused by name. */
export const celMacros = ['all', 'exists', 'exists_one', 'filter', 'map'] as const;
export const optionalMethods = ['orValue', 'or', 'hasValue'] as const;

/**
 * The name under which the evaluator knows a function of ours: as long as the public one, so that every position in
 * an expression stays, and never one that CEL has already.
 */
export function innerName(name: string): string {
  return `_${name.slice(1)}`;
}
