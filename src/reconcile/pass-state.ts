import type { Condition, Outcome, RunRecord, RunSummary } from '../model/run.ts';
import type { SyncState } from '../store/store.ts';
import type { PassDeps } from './deps.ts';

/** Results after which the target is as the specs imply, apart from what is named. */
const endedWell: ReadonlySet<RunSummary['result']> = new Set(['settled', 'applied', 'held', 'failed-people']);

export async function beginPass(run: RunRecord, { store, sync, telemetry }: PassDeps): Promise<void> {
  const { id: runId, trigger, revision } = run;
  telemetry.log.info({ runId, sync: sync.name, trigger, revision }, 'pass begins');
  await store.beginRun(run);
  await store.saveSyncState(sync.name, { observedRevision: run.revision, attemptedRevision: run.revision });
}

/** Keeps how the pass ended: the run, the sync's conditions, its revisions, and whether its first pass is over. */
export async function afterPass(outcome: Outcome, deps: PassDeps): Promise<void> {
  const { store, sync } = deps;
  const { run, summary } = outcome;
  await store.endRun(run.id, summary);
  const before = await store.syncState(sync.name);
  const well = endedWell.has(summary.result);
  const changes: Partial<SyncState> = {
    conditions: conditionsAfter(before.conditions, outcome),
    failures: well ? 0 : before.failures + 1,
    ...(well ? { lastSuccess: summary.endedAt } : {}),
    ...(well && writes(deps) ? { appliedRevision: run.revision } : {}),
    ...(well && firstPassOver(outcome, deps) ? { firstPassDone: true } : {}),
  };
  await store.saveSyncState(sync.name, changes);
  const { result, reason } = summary;
  deps.telemetry.log.info(
    { runId: run.id, sync: sync.name, result, reason, held: summary.held, drift: summary.drift },
    'pass ended',
  );
}

function writes({ sync, killSwitch }: PassDeps): boolean {
  return sync.mode !== 'observe' && !killSwitch;
}

/** A pass that only looked has adopted nobody; one whose creates wait for an approval leaves the next one first as well. */
function firstPassOver({ held, summary }: Outcome, deps: PassDeps): boolean {
  return writes(deps) && summary.reason !== 'Invariant' && !held.some(({ reason }) => reason === 'FirstPass');
}

function conditionsAfter(before: readonly Condition[], { summary, drift }: Outcome): readonly Condition[] {
  const { result, endedAt, message } = summary;
  const reason = summary.reason ?? 'Settled';
  const well = result === 'settled' || result === 'applied';
  const condition = (type: Condition['type'], status: boolean, why: string, words: string): Condition => {
    const old = before.find((one) => one.type === type);
    const since = old !== undefined && old.status === status ? old.since : endedAt;
    return { type, status, reason: why, message: words, since };
  };
  const held = summary.result === 'held';
  return [
    condition('Ready', well, reason, message),
    condition('Reconciling', result === 'waiting' || result === 'stopped', reason, message),
    condition('Stalled', result === 'stalled', reason, result === 'stalled' ? message : ''),
    condition('Held', held, held ? reason : 'NothingHeld', held ? message : ''),
    condition(
      'Drifted',
      drift.length > 0,
      drift.length > 0 ? 'LeftAlone' : 'NoDrift',
      drift.length > 0 ? `${drift.length} differences left alone` : '',
    ),
  ];
}
