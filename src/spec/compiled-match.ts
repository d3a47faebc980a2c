import type { Expression } from '../expression/expression.ts';

export interface MatchRule {
  /** `match[0]` */
  readonly id: string;
  /** All must be equal, in canonical form and normalised. */
  readonly items: readonly MatchItem[];
  readonly accounts: 'active' | 'any';
}

export interface MatchItem {
  readonly attribute: string;
  readonly expression: Expression;
  /** What of a value does not count; nothing when left out. */
  readonly normalise?: readonly Normalisation[];
  /** True for what a system gives to somebody else later (an address, a login): see `CompiledSync.quarantineMs`. */
  readonly passesOn?: true;
}

export type Normalisation = 'case' | 'diacritics' | 'digits';
