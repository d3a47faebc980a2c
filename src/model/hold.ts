import type { Change, LimitClass } from './change.ts';

/** Why something is not carried out although it is planned. Stable words, used in metrics and conditions. */
export const holdReasons = [
  'LimitReached',
  'FirstPass',
  'ApprovalRequired',
  'DependsOnHeld',
  'FillRateCollapsed',
  'Invariant',
  'Policy',
] as const;
export type HoldReason = (typeof holdReasons)[number];

/** What is held: a whole change, or one attribute of it while the rest goes on. */
export interface HeldItem {
  readonly change: Change;
  /** Set when only this attribute of the change is held. */
  readonly attribute?: string;
  readonly reason: HoldReason;
  readonly class?: LimitClass;
  /** For people, without a person's values: `leave: 40 planned, 5 allowed in 24 h (10 % of 50)`. */
  readonly message: string;
}

/**
 * A person who waits without a change of their own (vanished beyond the limit, returned with `returned: hold`):
 * listed with the held, part of the digest where an approval can release it.
 */
export interface HeldSet {
  readonly sync: string;
  /** Over the held items only: kind, ids, attribute names, keyed hashes of values. Empty when nothing is held. */
  readonly digest: string;
  readonly items: readonly HeldItem[];
}

/** The judgement on a plan. */
export interface Judgement {
  /** What may be carried out now, in the order of apply, held attributes taken out. */
  readonly released: readonly Change[];
  readonly held: HeldSet;
  /** Digests of approvals that released something in this judgement. */
  readonly approvals: readonly string[];
  /**
   * Digest of the approval by the member it released: the change's id, with `#attribute` where it is one attribute.
   * What an approval released does not count in the windows, and is marked as used when its fate is known.
   */
  readonly approvedMembers?: ReadonlyMap<string, string>;
  /** Limits that were reached, also where no change is held by it (people who vanish for the first time). */
  readonly breaches?: readonly Breach[];
  /** Set when nothing may be written at all (an invariant, a hold of the whole pass), in a sentence. */
  readonly stopped?: string;
}

/** A limit that this plan would go over. */
export interface Breach {
  readonly class: LimitClass;
  /** Set for `clear`, which counts per attribute. */
  readonly attribute?: string;
  readonly level: string;
  readonly planned: number;
  readonly counted: number;
  readonly allowed: number;
  readonly message: string;
}

/** An approval in Git that releases nothing, or less than it seems to. */
export interface IdleApproval {
  readonly name: string;
  readonly digest: string;
  /**
   * `Superseded`: something else is held now, and only what is still planned as it was is released. The others release
   * nothing.
   */
  readonly reason: 'Expired' | 'UsedUp' | 'Superseded' | 'Unknown' | 'NotAsked';
  /** Where the document is. */
  readonly file: string;
  readonly line: number;
  /** What became of it and what is to be done, without a person's values. */
  readonly message: string;
}
