import type { Clock, Random } from '../model/effects.ts';
import { messageOf, SyncError } from '../model/error.ts';
import type { Condition, Outcome, Trigger } from '../model/run.ts';
import { failedOutcome } from '../reconcile/failed-outcome.ts';
import type { CompiledSync } from '../spec/compiled.ts';
import type { DaemonDeps } from './deps.ts';

/** The outcome of a pass that could not even begin (a secret that is missing), or that a bug ended. */
export function failedPass(
  error: unknown,
  sync: CompiledSync,
  revision: string,
  trigger: Trigger,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): Outcome {
  const now = clock.now();
  const run = { id: random.id(), sync: sync.name, target: sync.to, revision, trigger, startedAt: now };
  return failedOutcome(run, error, new AbortController().signal, { clock });
}

/** Counts it, and keeps it where people look: among the runs, and in the sync's conditions. Never rejects. */
export async function recordFailedPass(
  error: unknown,
  outcome: Outcome,
  { store, telemetry }: Pick<DaemonDeps, 'store' | 'telemetry'>,
): Promise<void> {
  const { log, metrics } = telemetry;
  const { sync } = outcome.run;
  const { result, reason, message } = outcome.summary;
  if (error instanceof SyncError) {
    metrics.passes.inc({ sync, result });
    log.warn({ sync, result, reason, message }, 'pass could not begin');
  } else {
    metrics.passes.inc({ sync, result: 'crashed' });
    const stack = error instanceof Error ? error.stack : undefined;
    log.error({ sync, error: messageOf(error), stack }, 'pass crashed');
  }
  try {
    await keep(outcome, store);
  } catch (failure) {
    log.error({ sync, error: messageOf(failure) }, 'failed pass not recorded');
  }
}

async function keep({ run, summary }: Outcome, store: DaemonDeps['store']): Promise<void> {
  await store.beginRun(run);
  await store.endRun(run.id, summary);
  const { conditions, failures } = await store.syncState(run.sync);
  const { reason, message, endedAt: at } = summary;
  const now: Condition[] = [
    condition(conditions, { type: 'Ready', status: false, reason: reason ?? '', message, since: at }),
    // Said anew as well: what an earlier pass waited for is not what this one ended with.
    condition(conditions, {
      type: 'Reconciling',
      status: summary.result === 'waiting',
      reason: reason ?? '',
      message,
      since: at,
    }),
    condition(conditions, {
      type: 'Stalled',
      status: summary.result === 'stalled',
      reason: reason ?? '',
      message: summary.result === 'stalled' ? message : '',
      since: at,
    }),
  ];
  const others = conditions.filter(({ type }) => now.every((one) => one.type !== type));
  await store.saveSyncState(run.sync, {
    conditions: [...now, ...others],
    failures: failures + 1,
    attemptedRevision: run.revision,
  });
}

function condition(before: readonly Condition[], after: Condition): Condition {
  const old = before.find(({ type }) => type === after.type);
  return old?.status === after.status ? { ...after, since: old.since } : after;
}
