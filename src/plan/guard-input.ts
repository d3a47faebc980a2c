import type { LimitClass, Plan } from '../model/change.ts';
import type { HeldSet } from '../model/hold.ts';
import type { KeyedHash } from '../model/keyed-hash.ts';
import type { CompiledApproval, CompiledSync, Limits } from '../spec/compiled.ts';

/** What the guard judges a plan by. */
export interface GuardInput {
  readonly sync: CompiledSync;
  readonly plan: Plan;
  readonly hash: KeyedHash;
  /** ms */
  readonly now: number;
  /** Levels in the order sync, target connection, installation: the first that is reached holds. */
  readonly levels: readonly LimitLevel[];
  /** False until one pass of this sync has ended in this store. */
  readonly firstPassDone: boolean;
  /** True when the target has an account that is not protected, not outside, and neither linked nor begun by us. */
  readonly targetHasStrangers: boolean;
  /** Active accounts in the target now. */
  readonly activeAccounts: number;
  /** Source attributes whose fill rate collapsed against earlier readings, with a sentence for each. */
  readonly collapsed: ReadonlyMap<string, string>;
  /** Those of them that nobody has had in any reading; none when left out. */
  readonly neverFilled?: ReadonlySet<string>;
  /** Approvals in Git for this sync. */
  readonly approvals: readonly CompiledApproval[];
  /** The held set that each approval's digest names, as the store knows it. */
  readonly approvedSets: ReadonlyMap<string, ApprovedSet>;
}

export interface ApprovedSet {
  readonly set: HeldSet;
  /** Members that were applied or fell away already. */
  readonly done: ReadonlySet<string>;
  readonly state: 'open' | 'superseded' | 'used';
}

export interface LimitLevel {
  readonly name: 'sync' | 'target connection' | 'installation';
  readonly limits: Limits;
  /** The largest population in the window. */
  readonly population: number;
  /** Changes already counted within the window of the class, by `class` or `clear/attribute`. */
  readonly counted: ReadonlyMap<string, number>;
}

/** `sync` has every class's default; the other levels hold only what they name. */
export type DefaultLimits = Readonly<
  Record<LimitClass, { fraction: number; floor: number; atMost: number; windowMs: number }>
>;
