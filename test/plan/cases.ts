import { expect, test } from 'vitest';
import type { Situation } from './people.ts';
import { account, link, person } from './people.ts';
import { clause, isOneOf } from './specs.ts';
import { planFor, summarize } from './summary.ts';

/** Two systems and what is remembered, and what a plan makes of them in lines that read as sentences. */
export interface Case extends Situation {
  readonly name: string;
  readonly changes?: readonly string[];
  readonly says: readonly string[];
}

/** One test for each, named by its sentence. */
export function tell(cases: readonly Case[]): void {
  test.each(cases)('$name', ({ changes = [], says, ...given }) => {
    expect(summarize(planFor(given))).toEqual({ changes, people: says });
  });
}

export const inSales = { who: [clause('who[0]', isOneOf('department', 'Sales'))] };
export const ada = person('ada');
export const adas = account('ada');
export const adasLink = link('ada');
export const leaver = person('ada', { lastDay: '2026-11-20' });
