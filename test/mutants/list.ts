import { accounts } from './accounts.ts';
import { deeds } from './deeds.ts';
import { guard } from './guard.ts';
import { limits } from './limits.ts';
import type { Mutant } from './mutant.ts';
import { places } from './places.ts';
import { standing } from './standing.ts';
import { together } from './together.ts';
import { values } from './values.ts';

/** Mistakes that the tests must notice, written down before they were tried. */
export const mutants: readonly Mutant[] = [
  ...standing,
  ...accounts,
  ...places,
  ...values,
  ...together,
  ...deeds,
  ...guard,
  ...limits,
];

/** How often the text stands in the file: once, or nobody knows what was meant. */
export function timesIn(source: string, { text }: Mutant): number {
  return source.split(text).length - 1;
}
