import type { IdleApproval } from '../model/hold.ts';
import type { Condition, RunRecord, RunSummary, Trigger } from '../model/run.ts';
import { storedHeldList, type HeldList } from '../reconcile/held-list.ts';
import { idleApprovalsOf } from '../reconcile/idle-approvals.ts';
import type { CompiledSpecs, CompiledSync, Mode } from '../spec/compiled.ts';
import { suspensionOf, suspensionText } from './behaviour.ts';
import type { ConnectionStatus } from './connection-status.ts';
import type { DaemonDeps } from './deps.ts';
import type { RevisionStatus } from './specs-in-force.ts';

/** The daemon at one moment: plain data, without a person's value. Moments in ms. */
export interface DaemonStatus {
  readonly startedAt: number;
  readonly revision: RevisionStatus;
  readonly conditions: readonly Condition[];
  readonly running: { readonly sync: string; readonly trigger: Trigger; readonly since: number } | null;
  readonly queue: readonly {
    readonly sync: string;
    readonly trigger: Trigger;
    readonly since: number;
    readonly notBefore: number;
  }[];
  /** In order of name. */
  readonly connections: readonly ConnectionStatus[];
  /** In order of name. */
  readonly syncs: readonly SyncStatus[];
}

export interface SyncStatus {
  readonly name: string;
  readonly owner: string | null;
  readonly direction: string;
  readonly mode: Mode;
  readonly conditions: readonly Condition[];
  /** When its schedule comes next; `null` for a manual or suspended one. */
  readonly next: number | null;
  /** When a date brings somebody something next (ms), as the last pass saw it; `null` for nothing within 31 days. */
  readonly nextDate: number | null;
  readonly revision: RevisionStatus;
  readonly lastSuccess: number | null;
  readonly failures: number;
  /** People with a change that the target refused, left alone for a while. */
  readonly inEscrow: number;
  readonly lastRun: LastRun | null;
  /** What its last pass held: the first of it; `GET /api/v1/syncs/:name/held` has all. */
  readonly held: HeldList | null;
  /** Approvals in Git that release nothing any more. */
  readonly idleApprovals: readonly IdleApproval[];
}

/** Held changes listed with the status of a sync. */
const listed = 20;

export interface LastRun extends Pick<RunRecord, 'id' | 'trigger' | 'startedAt'> {
  /** `null` while it runs, and for one that a crash ended. */
  readonly summary: Pick<
    RunSummary,
    'endedAt' | 'result' | 'reason' | 'message' | 'held' | 'heldDigest' | 'drift'
  > | null;
}

export async function statusOf(
  sync: CompiledSync,
  specs: CompiledSpecs,
  next: number | undefined,
  { store, clock }: Pick<DaemonDeps, 'store' | 'clock'>,
): Promise<SyncStatus> {
  const state = await store.syncState(sync.name);
  const [run] = await store.runs({ sync: sync.name, limit: 1 });
  const now = clock.now();
  const suspension = suspensionOf(sync, specs, now);
  const suspended: Condition[] =
    suspension === undefined
      ? []
      : [
          {
            type: 'Suspended',
            status: true,
            reason: 'Suspended',
            message: suspensionText(suspension),
            since: now,
          },
        ];
  return {
    name: sync.name,
    owner: sync.owner ?? null,
    direction: sync.direction,
    mode: sync.mode,
    conditions: [...state.conditions.filter(({ type }) => type !== 'Suspended'), ...suspended],
    next: suspension === undefined ? (next ?? null) : null,
    nextDate: (await store.nextDue(sync.name, now)) ?? null,
    revision: {
      observed: state.observedRevision,
      attempted: state.attemptedRevision,
      applied: state.appliedRevision,
    },
    lastSuccess: state.lastSuccess,
    failures: state.failures,
    inEscrow: new Set((await store.escrow(sync.name)).map(({ personId }) => personId)).size,
    lastRun: run === undefined ? null : lastRun(run),
    held: await storedHeldList(sync, store, listed),
    idleApprovals: await idleApprovalsOf(sync, specs.approvals, { store, now }),
  };
}

function lastRun({ id, trigger, startedAt, summary }: RunRecord & { summary?: RunSummary }): LastRun {
  if (summary === undefined) return { id, trigger, startedAt, summary: null };
  const { endedAt, result, reason, message, held, heldDigest, drift } = summary;
  return { id, trigger, startedAt, summary: { endedAt, result, reason, message, held, heldDigest, drift } };
}
