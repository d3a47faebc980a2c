import type { AttributeChange, DriftReason } from '../model/change.ts';
import type { LinkRecord } from '../model/link.ts';
import type { Value } from '../model/value.ts';
import type { Prepared } from './prepared.ts';

/** What can be said of an attribute only when everybody is known. */
export type Pending = PendingReference | PendingChoice;

interface Open {
  readonly attribute: Prepared;
  readonly before: Value | undefined;
  /** What the store remembers of the account; none for one that is created or only being adopted. */
  readonly link: LinkRecord | undefined;
}

/** A reference to a person whose account may come about, or change, in this very plan. */
export interface PendingReference extends Open {
  readonly kind: 'reference';
  readonly person: string;
  /** See `AttributeChange.owed`. */
  readonly owed: boolean;
}

/** A value that nobody else may have: it depends on what the others hold and get. */
export interface PendingChoice extends Open {
  readonly kind: 'choice';
  /** Texts, the dearest first; at least one. */
  readonly candidates: readonly string[];
}

/** An attribute that differs and is left alone. */
export interface LeftAlone {
  readonly attribute: Prepared;
  readonly reason: DriftReason;
}

/** How one account differs from what the mapping says. */
export interface Difference {
  readonly attributes: AttributeChange[];
  readonly pending: Pending[];
  /** Attributes that differ and are left alone. */
  readonly drift: LeftAlone[];
  /** Attributes that had strayed from what we wrote and do not any more. */
  readonly converged: readonly string[];
  /** What the account already holds of our result and the store does not know yet. */
  readonly applied: Readonly<Record<string, string>> | undefined;
  /** Why nothing may be written. */
  readonly fault?: { readonly finding: 'mapping' | 'identity' | 'unique'; readonly reason: string };
}

export const noDifference: Difference = {
  attributes: [],
  pending: [],
  drift: [],
  converged: [],
  applied: undefined,
};

export function faulty(finding: 'mapping' | 'identity', reason: string): Difference {
  return { ...noDifference, fault: { finding, reason } };
}
