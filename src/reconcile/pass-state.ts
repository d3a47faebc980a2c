import type { Drift } from '../model/change.ts';
import { attributesNotConverging, notConverging, wayToConverge } from '../model/drift.ts';
import type { Condition, Outcome, RunRecord, RunSummary } from '../model/run.ts';
import type { Lease, SyncState } from '../store/store.ts';
import type { PassDeps } from './deps.ts';

/** Results after which the target is as the specs imply, apart from what is named. */
const endedWell: ReadonlySet<RunSummary['result']> = new Set(['settled', 'applied', 'held', 'failed-people']);

export async function beginPass(run: RunRecord, { store, sync, telemetry }: PassDeps): Promise<void> {
  const { id: runId, trigger, revision } = run;
  telemetry.log.info({ runId, sync: sync.name, trigger, revision }, 'pass begins');
  await store.beginRun(run);
  await store.saveSyncState(sync.name, { observedRevision: run.revision, attemptedRevision: run.revision });
}

/**
 * Keeps how the pass ended: the run, the sync's conditions, its revisions, and whether its first pass is over. Without a
 * lease (a pass that never got it) nothing but that it failed. Rejects with `Waiting` (`LeaseLost`) where another pass
 * has taken over meanwhile: what it knows of the sync stays, and the run is kept all the same.
 */
export async function afterPass(outcome: Outcome, deps: PassDeps, lease: Lease | undefined): Promise<void> {
  const { store, sync } = deps;
  const { run, summary } = outcome;
  await store.endRun(run.id, summary);
  if (summary.partial === undefined) await keepStanding(outcome, deps, lease);
  const { result, reason } = summary;
  deps.telemetry.log.info(
    { runId: run.id, sync: sync.name, result, reason, held: summary.held, drift: summary.drift },
    'pass ended',
  );
}

/** How the sync stands from now on. A partial pass does not know. */
async function keepStanding(outcome: Outcome, deps: PassDeps, lease: Lease | undefined): Promise<void> {
  const { store, sync } = deps;
  const { summary } = outcome;
  const before = await store.syncState(sync.name);
  const well = endedWell.has(summary.result);
  const conditions = conditionsAfter(before.conditions, outcome);
  const failures = well ? 0 : before.failures + 1;
  if (lease === undefined) await store.saveSyncState(sync.name, { conditions, failures });
  else {
    const more = well ? afterSuccess(outcome, deps) : {};
    await store.saveSyncState(sync.name, { conditions, failures, ...more }, lease);
  }
}

function afterSuccess(outcome: Outcome, deps: PassDeps): Partial<SyncState> {
  return {
    lastSuccess: outcome.summary.endedAt,
    ...(writes(deps) ? { appliedRevision: outcome.run.revision } : {}),
    ...(firstPassOver(outcome, deps) ? { firstPassDone: true } : {}),
  };
}

/** A closed window lets through a part of what the specs say: they are applied when it opens. */
function writes({ sync, killSwitch, leaversOnly }: PassDeps): boolean {
  return sync.mode !== 'observe' && !killSwitch && leaversOnly !== true;
}

/**
 * A pass that only looked has adopted nobody; one whose creates wait, for whatever reason, leaves the next one first as
 * well: they are part of the first load, and nobody is welcomed by it.
 */
function firstPassOver({ held, summary }: Outcome, deps: PassDeps): boolean {
  return (
    writes(deps) && summary.reason !== 'Invariant' && !held.some(({ change }) => change.kind === 'create')
  );
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
    condition('Drifted', drift.length > 0, driftReason(drift), driftMessage(drift)),
  ];
}

function driftReason(drift: readonly Drift[]): string {
  if (drift.length === 0) return 'NoDrift';
  return notConverging(drift).length > 0 ? 'NotConverging' : 'LeftAlone';
}

function driftMessage(drift: readonly Drift[]): string {
  const stuck = attributesNotConverging(drift);
  const others = drift.length - notConverging(drift).length;
  return [
    ...(others === 0 ? [] : [`${others} differences left alone`]),
    ...(stuck === '' ? [] : [`the target does not keep ${stuck}: ${wayToConverge}`]),
  ].join('; ');
}
