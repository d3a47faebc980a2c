import type { Value } from './value.ts';

/**
 * One record as a connector hands it over: values in the order of the attributes that were wanted.
 * An array, not a map: a reading of 100,000 people holds no object per person.
 */
export interface Row {
  /** The system's own id of the record, as text. Empty when the record has none: that record's error. */
  readonly id: string;
  /** In the order of `Want.attributes`; `undefined` is absent. */
  readonly values: readonly (Value | undefined)[];
  /** Target side: whether the account can be used. Source side: left out. */
  readonly active?: boolean;
  /** Source side: the system itself reports this record as deleted (an explicit termination). */
  readonly deleted?: boolean;
  /** Target side: an account that must never be touched (an administrator, the connector's own). */
  readonly protected?: boolean;
  /** Target side: outside the sync's `scope`; seen for matching and uniqueness, never managed. */
  readonly outside?: boolean;
  /** What is wrong with this record as the system delivered it, without a person's values. */
  readonly fault?: string;
}

/** What a pass needs of one side. */
export interface Want {
  readonly attributes: readonly string[];
  /** Target side: the part that the sync manages; keys are the connector's own. Rows outside come marked. */
  readonly scope?: Readonly<Record<string, string | number | boolean>>;
}

/** One key to look up: the records in which the attribute has this value. */
export interface Key {
  readonly attribute: string;
  readonly value: Value;
}

/**
 * What a read proves about itself. It is given after the last row, or the read is rejected: a short list must never
 * look whole.
 */
export interface Receipt {
  readonly pages: number;
  readonly records: number;
  /** How the connector knows that it saw the end, for example `total reached` or `no next link`. */
  readonly end: string;
  /** The total that the API itself gave, where it gives one. */
  readonly total?: number;
  /** Instant (ISO) that the data is from: the start of the read, or the age an aggregator reports. */
  readonly asOf: string;
  /** Set when records still lack attributes that must be read one by one; such a reading plans nothing. */
  readonly incomplete?: { readonly missing: number; readonly reason: string };
}
