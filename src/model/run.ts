import type { Candidate, Cause, Change, ChangeKind, Drift, LimitClass, Situation } from './change.ts';
import type { HeldItem, HoldReason, IdleApproval } from './hold.ts';
import type { Receipt } from './row.ts';
import type { Value } from './value.ts';

/** What woke a pass. */
export type Trigger =
  | 'schedule'
  | 'activation'
  | 'revision'
  | 'request'
  | 'cli'
  | 'due'
  | 'webhook'
  | 'retry';

/** The start of a run, as the store keeps it. */
export interface RunRecord {
  readonly id: string;
  readonly sync: string;
  readonly target: string;
  readonly revision: string;
  readonly trigger: Trigger;
  /** ms */
  readonly startedAt: number;
}

/** How a run ended. */
export interface RunSummary {
  readonly endedAt: number;
  readonly result: 'settled' | 'applied' | 'held' | 'failed-people' | 'waiting' | 'stalled' | 'stopped';
  /** Stable word of the error or hold, when there is one. */
  readonly reason: string | null;
  /** One sentence for a person, without people's values. */
  readonly message: string;
  readonly people: Readonly<Partial<Record<Situation, number>>>;
  readonly changes: readonly {
    readonly kind: ChangeKind;
    readonly cause: Cause;
    readonly outcome: PersonOutcome;
    readonly count: number;
  }[];
  readonly held: number;
  readonly heldDigest: string | null;
  /** Set where no approval releases it: too few accounts would remain, or the sync never asks. */
  readonly unreleasable?: true;
  readonly drift: number;
  /** Of `drift`, what was written and did not stay; left out in runs of before it was counted. */
  readonly notConverging?: number;
  /** Attributes of the source that came too empty, with what is likely missing; a sentence each. */
  readonly watch?: readonly string[];
  /** Approvals in Git that release nothing from here on. */
  readonly idleApprovals?: readonly IdleApproval[];
  /**
   * Set for a partial pass, which looked at a few people alone: how many it was asked for, and how many of them the source
   * did not have. It says nothing of anybody else, and nothing of how the sync stands.
   */
  readonly partial?: { readonly people: number; readonly notFound: number };
  /** Set where a closed window let through the changes of people who have left, and nothing else. */
  readonly leaversOnly?: true;
  readonly source: Receipt | null;
  readonly targetReceipt: Receipt | null;
}

export type PersonOutcome =
  | 'applied'
  | 'delivered'
  | 'rejected'
  | 'unknown'
  | 'not-sent'
  | 'held'
  | 'planned'
  | 'failed'
  | 'reported';

/**
 * One person in one run: kept in full for everybody changed, held or failed. Sealed at rest, masked by class when
 * shown.
 */
export interface PersonRecord {
  readonly personId: string | null;
  readonly accountId: string | null;
  readonly situation: Situation;
  readonly kind: ChangeKind | null;
  readonly outcome: PersonOutcome;
  readonly reason: string;
  /** The source's record as read, by attribute. */
  readonly read: Readonly<Record<string, Value>> | null;
  /** What the mapping made of it, by target attribute. */
  readonly mapped: Readonly<Record<string, Value>> | null;
  /** What left us, secrets left out. */
  readonly sent: Readonly<Record<string, Value>> | null;
  readonly error: { readonly reason: string; readonly message: string } | null;
  /** See `Verdict.candidates`. */
  readonly candidates?: readonly Candidate[];
  /** Of somebody held: why, as a stable word, and what of the change (`null` for all of it). */
  readonly hold?: {
    readonly reason: HoldReason;
    readonly class: LimitClass | null;
    readonly attribute: string | null;
  };
  readonly at: number;
}

/** A statement about a sync or connection, as Kubernetes users know them. */
export interface Condition {
  readonly type: 'Ready' | 'Reconciling' | 'Stalled' | 'Held' | 'Drifted' | 'Suspended';
  readonly status: boolean;
  /** Stable CamelCase word. */
  readonly reason: string;
  readonly message: string;
  /** When the status last changed (ms). */
  readonly since: number;
}

/** What one pass came to; metrics, mail and exit codes are made from it alone. */
export interface Outcome {
  readonly run: RunRecord;
  readonly summary: RunSummary;
  readonly released: readonly Change[];
  readonly held: readonly HeldItem[];
  readonly drift: readonly Drift[];
  /** Earliest moment of the next try in ms from now, where a system named one. */
  readonly retryAfterMs?: number;
  /** The connection that could not be had, where that is what ended the pass. */
  readonly away?: string;
  /**
   * Set where the answer to a write was lost: a pass soon after this one sees what became of it. `only`: nobody failed for
   * another reason.
   */
  readonly lostAnswers?: 'only' | 'some';
  /** By channel, recipients who must be known to the target and are not; in memory only. */
  readonly unknownRecipients?: ReadonlyMap<string, readonly string[]>;
}
