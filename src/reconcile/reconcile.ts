import { messageOf } from '../model/error.ts';
import type { Change } from '../model/change.ts';
import type { LinkRecord } from '../model/link.ts';
import type { Outcome, RunRecord } from '../model/run.ts';
import type { Applied } from './applied.ts';
import { applyChanges } from './apply.ts';
import { Books } from './books.ts';
import type { PassDeps } from './deps.ts';
import { endEscrow } from './end-escrow.ts';
import { Escrows, escrowView, type EscrowView } from './escrow.ts';
import { closeAwaited } from './late.ts';
import type { Tenure } from './lease.ts';
import { asOnlyWriterOf } from './pair-lease.ts';
import { lookAtBoth, type Look } from './look.ts';
import { mayWrite } from './may-write.ts';
import { checkOrigins, rememberOrigins } from './origins.ts';
import { afterPass, beginPass } from './pass-state.ts';
import { countPass } from './pass-metrics.ts';
import { recordEverybody } from './people.ts';
import { recoverIntents } from './recover.ts';
import { withinLimit } from './time-limit.ts';
import { Traces } from './traces.ts';
import { rememberEnd, rememberReadings } from './remember.ts';
import { failedOutcome } from './failed-outcome.ts';
import { withIdleApprovals } from './idle-approvals.ts';
import { outcomeOf } from './outcome.ts';

/** How long requests under way may go on after we were asked to stop (ms). */
const graceMs = 8_000;

/**
 * Brings one target to the state that its source implies.
 *
 * Level-based: it looks at what both systems hold now, never at the event that woke it. A missed event costs delay, a
 * repeated one costs nothing, and a crash is mended by the next pass.
 *
 * Never rejects for anything that a system, a store or a stop can do: the outcome says how it ended. `signal` ends it at
 * a person's boundary, within ten seconds.
 */
export async function reconcile(deps: PassDeps, signal: AbortSignal): Promise<Outcome> {
  const began = deps.clock.monotonic();
  const outcome = await withinLimit(deps, signal, async (either) => await passOrFailure(deps, either));
  countPass(outcome, deps.clock.monotonic() - began, deps);
  return outcome;
}

async function passOrFailure(deps: PassDeps, signal: AbortSignal): Promise<Outcome> {
  const run = runOf(deps);
  let began = false;
  try {
    return await asOnlyWriterOf(deps, signal, async (tenure) => {
      await beginPass(run, deps);
      began = true;
      const outcome = await pass(run, tenure, deps).catch((error: unknown) =>
        failed(run, error, signal, deps),
      );
      await afterPass(outcome, deps, tenure.lease);
      return outcome;
    });
  } catch (error) {
    const outcome = failed(run, error, signal, deps);
    await recordFailure(outcome, began, deps);
    return outcome;
  }
}

function failed(run: RunRecord, error: unknown, signal: AbortSignal, deps: PassDeps): Outcome {
  const outcome = failedOutcome(run, error, signal, deps);
  if (outcome.summary.reason === 'InternalError') logBug(run, error, deps);
  return outcome;
}

async function pass(run: RunRecord, tenure: Tenure, deps: PassDeps): Promise<Outcome> {
  const { lease, signal } = tenure;
  // Before anything else: another system must not be asked what became of this one's changes.
  const accounts = await checkOrigins(deps, signal);
  const { unknown, awaited } = await recoverIntents(deps, lease, signal);
  const seen = await lookAtBoth(deps, signal);

  if (seen.only === undefined) await rememberOrigins(accounts, lease, deps);
  const links = await rememberReadings(seen, lease, deps);

  const released = mayWrite(seen.judgement, deps);
  const escrow = escrowView(seen.memory.escrow, run.startedAt, deps);
  const applied = await applyReleased(released, unknown, links, escrow, seen, run, tenure, deps);
  await closeAwaited(awaited, seen, applied.done, deps, lease);

  await rememberEnd(seen, applied, lease, deps);
  await endEscrow(escrow, seen.plan.changes, released, applied, lease, deps);
  await recordEverybody(run, seen, released, applied, deps);
  return await withIdleApprovals(outcomeOf(run, seen, released, applied, deps), deps);
}

async function applyReleased(
  released: readonly Change[],
  unknown: ReadonlySet<string>,
  links: ReadonlyMap<string, LinkRecord>,
  escrow: EscrowView,
  { plan, judgement, readings }: Look,
  run: RunRecord,
  tenure: Tenure,
  deps: PassDeps,
): Promise<Applied> {
  const { signal } = tenure;
  const books = new Books({
    deps,
    tenure,
    run: run.id,
    unknown,
    links,
    escrows: new Escrows(escrow, run.trigger),
    accounts: readings.accounts,
    approved: judgement.approvedMembers ?? new Map(),
    traces: new Traces(run.id, readings.people, deps),
    released,
    all: plan.changes,
  });
  const hard = new AbortController();
  const over = new AbortController();
  const hardening = abortAfterGrace(signal, hard, over.signal, deps);
  try {
    return await applyChanges(released, books, deps, signal, hard.signal);
  } finally {
    over.abort();
    await hardening;
  }
}

/** Asked to stop, requests under way get a while to end and be recorded; then they are broken off. */
async function abortAfterGrace(
  soft: AbortSignal,
  hard: AbortController,
  over: AbortSignal,
  { clock }: PassDeps,
): Promise<void> {
  await new Promise<void>((resolve) => {
    if (soft.aborted || over.aborted) resolve();
    soft.addEventListener('abort', () => resolve(), { once: true });
    over.addEventListener('abort', () => resolve(), { once: true });
  });
  if (over.aborted) return;
  await clock.sleep(graceMs, over).then(
    () => hard.abort(soft.reason),
    () => undefined,
  );
}

function logBug(run: RunRecord, error: unknown, { telemetry }: PassDeps): void {
  const stack = error instanceof Error ? error.stack : undefined;
  telemetry.log.error({ runId: run.id, sync: run.sync, error: messageOf(error), stack }, 'pass crashed');
}

async function recordFailure(outcome: Outcome, began: boolean, deps: PassDeps): Promise<void> {
  try {
    if (!began) await beginPass(outcome.run, deps);
    // How the sync stands is told by the pass that took over.
    if (outcome.summary.reason === 'LeaseLost') await deps.store.endRun(outcome.run.id, outcome.summary);
    else await afterPass(outcome, deps, undefined);
  } catch (error) {
    // The store itself is away: the outcome still reaches the log, the metrics and the exit code.
    deps.telemetry.log.error(
      { runId: outcome.run.id, reason: 'StoreUnavailable', message: messageOf(error) },
      'run not recorded',
    );
  }
}

function runOf({ random, sync, revision, trigger, clock }: PassDeps): RunRecord {
  return { id: random.id(), sync: sync.name, target: sync.to, revision, trigger, startedAt: clock.now() };
}
