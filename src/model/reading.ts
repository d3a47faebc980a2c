import type { AttributeSpec } from './attribute.ts';
import type { Receipt, Row } from './row.ts';
import type { Value } from './value.ts';

/**
 * One side, read whole: rows packed as text, unpacked one at a time. At 100,000 people with 25 attributes it takes
 * about 30 MB where objects take 200.
 */
export interface Reading {
  readonly attributes: readonly string[];
  /** Distinct records that have an id. */
  readonly size: number;
  /** The record at this position, from 0 to size - 1, in the order of arrival. */
  row(position: number): Row;
  /** Position of the record with this id, or -1. */
  position(id: string): number;
  /** Ids that arrived more than once with different content: each is that person's error. */
  readonly doubles: ReadonlySet<string>;
  /** How many records had no id at all. */
  readonly withoutId: number;
  /** How many records had a value (neither absent, null nor empty text) for the attribute, in the order of `attributes`. */
  readonly filled: readonly number[];
  readonly receipt: Receipt;
}

/** Positions of the attributes of a reading by name. */
export function columnsOf(attributes: readonly string[]): ReadonlyMap<string, number> {
  return new Map(attributes.map((name, index) => [name, index]));
}

/** What a target is: pure facts for planning. */
export interface Shape {
  /** Words for messages: `TalentLMS`. */
  readonly system: string;
  readonly abilities: {
    readonly create: boolean;
    /** That an account can be made without being usable for a moment. Left out where it cannot. */
    readonly createDisabled?: boolean;
    readonly update: boolean;
    readonly enable: boolean;
    readonly disable: boolean;
    readonly delete: boolean;
  };
  /** Every attribute of this connection that is known, the saved custom ones included. */
  readonly attributes: readonly AttributeSpec[];
  /**
   * The form in which the system hands the value back (an e-mail in lower case, a date without time). The diff
   * compares canonical forms only. `undefined` when the value comes back as it was sent. Pure.
   */
  canonical(attribute: string): ((value: Value) => Value) | undefined;
  /** Left out where a disabled account stays, and cannot be used. `abilities.disable` is false where it is refused. */
  readonly disabling?: Disabling;
  /**
   * Set where the system refuses to disable an account that others refer to, such as their manager: leavers are then
   * disabled when references are written, not first of all.
   */
  readonly disablesLast?: true;
  /** True when an answer of the system proves only that the file arrived, not that it was applied. */
  readonly delivers: boolean;
}

/**
 * What disabling is in truth. `deletes`: the system deletes the account for good, and the connection's config accepts that.
 * `refused`: nobody has accepted it, or it is not known; why, with the way out.
 */
export type Disabling = 'deletes' | { readonly refused: string };
