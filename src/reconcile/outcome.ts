import { nounOf } from '../model/entity.ts';
import type { Change, Plan } from '../model/change.ts';
import { attributesNotConverging, notConverging } from '../model/drift.ts';
import type { HeldSet } from '../model/hold.ts';
import type { Outcome, PersonOutcome, RunRecord, RunSummary } from '../model/run.ts';
import type { Applied, Done } from './applied.ts';
import type { PassDeps } from './deps.ts';
import { worthALook } from './fill-rates.ts';
import { isReleasable } from './held-list.ts';
import type { Look } from './look.ts';
import { unknownRecipients } from './recipients.ts';
import { watchOf } from './watch.ts';

type Result = Pick<RunSummary, 'result' | 'reason' | 'message'>;

/** What a pass that looked at both sides came to. The gravest finding names it. */
export function outcomeOf(
  run: RunRecord,
  seen: Look,
  released: readonly Change[],
  applied: Applied,
  deps: PassDeps,
): Outcome {
  const { plan, judgement, readings } = seen;
  const unknown = unknownRecipients(deps.sync, readings.accounts);
  return {
    run,
    summary: {
      endedAt: deps.clock.now(),
      ...resultOf(run, seen, released, applied, deps),
      people: plan.counts,
      changes: countChanges(seen, released, applied),
      held: judgement.held.items.length,
      heldDigest: judgement.held.items.length === 0 ? null : judgement.held.digest,
      ...unreleasable(judgement.held, deps),
      ...watched(seen, deps, unknown),
      ...narrowed(seen, deps),
      drift: plan.drift.length,
      notConverging: notConverging(plan.drift).length,
      source: readings.people.receipt,
      targetReceipt: readings.accounts.receipt,
    },
    released,
    held: judgement.held.items,
    drift: plan.drift,
    ...(applied.stopped?.retryAfterMs === undefined ? {} : { retryAfterMs: applied.stopped.retryAfterMs }),
    ...(applied.stopped?.away === undefined ? {} : { away: applied.stopped.away }),
    ...lostAnswers(plan, applied),
    ...(unknown.size === 0 ? {} : { unknownRecipients: unknown }),
  };
}

/** Who needs a change whose answer was lost has failed for no other reason. */
function lostAnswers({ counts }: Plan, { done, stopped }: Applied): Pick<Outcome, 'lostAnswers'> {
  if (stopped !== undefined || done.every(({ outcome }) => outcome !== 'unknown')) return {};
  const others = done.some((one) => isFailure(one) && one.outcome !== 'unknown' && !onlyDepends(one));
  return { lostAnswers: others || counts.failed > 0 ? 'some' : 'only' };
}

function onlyDepends({ error }: Done): boolean {
  return error?.reason === 'DependsOnFailed';
}

function resultOf(
  run: RunRecord,
  seen: Look,
  released: readonly Change[],
  applied: Applied,
  deps: PassDeps,
): Result {
  const found = gravestOf(run, seen, released, applied, deps);
  const stuck = attributesNotConverging(seen.plan.drift);
  if (stuck === '') return withLooks(found, seen, deps);
  if (applied.stopped !== undefined) return found;
  return { ...found, message: `${found.message}; does not converge: ${stuck}` };
}

/** A pass that changed nobody may still leave people whom only a person can help: it says so, and where to see them. */
function withLooks(found: Result, seen: Look, { sync }: PassDeps): Result {
  if (found.result !== 'settled' && found.result !== 'applied') return found;
  const looks =
    seen.plan.verdicts.filter(({ attention }) => attention).length + worthALook(seen, sync).length;
  if (looks === 0) return found;
  return { ...found, message: `${found.message}; ${looks} to look at: rosterd plan ${sync.name}` };
}

function gravestOf(
  run: RunRecord,
  { plan, judgement }: Look,
  released: readonly Change[],
  applied: Applied,
  deps: PassDeps,
): Result {
  const { stopped, done } = applied;
  if (stopped !== undefined) {
    const { reason, message } = stopped;
    return { result: reason === 'Stopped' ? 'stopped' : stopped.fate, reason, message };
  }
  if (judgement.stopped !== undefined) {
    return { result: 'held', reason: 'Invariant', message: judgement.stopped };
  }
  const failed = new Set(done.filter(isFailure).map(({ change }) => change.personId)).size;
  const broken = plan.counts.failed;
  const held = judgement.held.items.length;
  if (held > 0) {
    const first = judgement.held.items[0];
    return {
      result: 'held',
      reason: first?.reason ?? 'Held',
      message: `${count(held, 'change')} held: ${first?.message ?? ''}; ${wayOut(judgement.held, deps)}`,
    };
  }
  const breach = judgement.breaches?.[0];
  if (breach !== undefined) {
    return {
      result: 'held',
      reason: 'LimitReached',
      message: `${breach.message}; see who: rosterd plan ${deps.sync.name}`,
    };
  }
  if (failed + broken > 0) {
    return {
      result: 'failed-people',
      reason: 'PeopleFailed',
      message: `${failed + broken} ${nounOf(deps.sync.entity, failed + broken)} failed; see: rosterd runs --run ${run.id}`,
    };
  }
  if (done.length > 0) return { result: 'applied', reason: null, message: whatWasDone(done) };
  if (judgement.released.length > released.length) {
    const why = whyUnwritten(deps);
    return {
      result: 'settled',
      reason: 'Observed',
      message: `${count(judgement.released.length, 'change')} planned, none written: ${why}`,
    };
  }
  return { result: 'settled', reason: null, message: 'nothing to do' };
}

/** What somebody else has yet to apply is not called applied. */
function whatWasDone(done: readonly Done[]): string {
  const delivered = done.filter(({ outcome }) => outcome === 'delivered').length;
  const applied = done.length - delivered;
  if (delivered === 0) return `${count(applied, 'change')} applied`;
  const also = applied === 0 ? '' : `, ${applied} applied`;
  return `${count(delivered, 'change')} delivered${also}`;
}

function whyUnwritten({ killSwitch, leaversOnly, sync }: PassDeps): string {
  if (killSwitch) return 'the kill switch is on';
  return leaversOnly === true && sync.mode !== 'observe'
    ? 'the window is closed, and opens for people who have left only'
    : `mode is ${sync.mode}`;
}

function unreleasable({ items }: HeldSet, { sync }: PassDeps): Pick<RunSummary, 'unreleasable'> {
  return items.length === 0 || isReleasable(items, sync.approval) ? {} : { unreleasable: true };
}

function watched(
  seen: Look,
  deps: PassDeps,
  unknown: ReturnType<typeof unknownRecipients>,
): Pick<RunSummary, 'watch'> {
  const watch = watchOf(seen, deps, unknown);
  return watch.length === 0 ? {} : { watch };
}

/** What the pass was narrowed to, as its summary tells. */
function narrowed({ only, readings }: Look, { leaversOnly }: PassDeps): Partial<RunSummary> {
  const people = only?.size;
  return {
    ...(people === undefined ? {} : { partial: { people, notFound: people - readings.people.size } }),
    ...(leaversOnly === true ? { leaversOnly } : {}),
  };
}

function wayOut({ items, digest }: HeldSet, { sync }: PassDeps): string {
  return isReleasable(items, sync.approval)
    ? `approve with: rosterd approve ${digest.slice(0, 12)}`
    : 'no approval releases it: `approval: never`';
}

function isFailure({ outcome }: Done): boolean {
  return outcome !== 'applied' && outcome !== 'delivered';
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

function countChanges(seen: Look, released: readonly Change[], applied: Applied): RunSummary['changes'] {
  const outcomes = new Map<string, PersonOutcome>(
    applied.done.map(({ change, outcome }) => [change.id, outcome]),
  );
  const counts = new Map<string, RunSummary['changes'][number]>();
  const add = ({ kind, cause }: Change, outcome: PersonOutcome) => {
    const key = `${kind}/${cause}/${outcome}`;
    counts.set(key, { kind, cause, outcome, count: (counts.get(key)?.count ?? 0) + 1 });
  };
  for (const change of released) add(change, outcomes.get(change.id) ?? 'not-sent');
  const sent = new Set(released.map(({ id }) => id));
  for (const change of seen.judgement.released) if (!sent.has(change.id)) add(change, 'planned');
  for (const { change } of seen.judgement.held.items) add(change, 'held');
  return [...counts.values()];
}
