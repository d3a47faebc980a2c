import type { Condition } from '../model/run.ts';

/** What a store keeps of one sync. */
export interface SyncState {
  /** False until one pass has ended well in this store; a restart does not change that. */
  readonly firstPassDone: boolean;
  /** The connection whose people this sync has linked or may have: ids of people are meant there. */
  readonly source: string | null;
  /** When the sync was first active here (ms); `every` counts from it. */
  readonly activatedAt: number | null;
  /** The schedule's last occurrence that was taken up (ms). */
  readonly lastOccurrence: number | null;
  readonly observedRevision: string | null;
  readonly attemptedRevision: string | null;
  readonly appliedRevision: string | null;
  /** When a pair's flow, or one of several into a target, last looked at everybody (ms). */
  readonly lookedAt: number | null;
  /** Last pass that ended well (ms). */
  readonly lastSuccess: number | null;
  /** Passes in a row that ended badly. */
  readonly failures: number;
  /** Conditions as of the last pass. */
  readonly conditions: readonly Condition[];
}
