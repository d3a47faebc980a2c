import type { Plan } from '../model/change.ts';
import { listOf } from '../model/entity.ts';
import type { Judgement } from '../model/hold.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { PassDeps } from './deps.ts';
import { collapsedAttributes, type Collapse } from './fill-rates.ts';
import { judge } from './judge.ts';
import { recall, type PassMemory } from './memory.ts';
import { checkOrigins } from './origins.ts';
import { readBoth, type Readings } from './read.ts';
import { welcomesNow } from './welcome.ts';

/** Everything that a pass knows before its first write. */
export interface Look extends Collapse {
  readonly readings: Readings;
  readonly memory: PassMemory;
  readonly plan: Plan;
  readonly judgement: Judgement;
}

/** How long planning may keep everybody else from running (ms). */
const turnMs = 20;

/** Reads both systems, plans and judges. Writes to no system and to no store: this is all that `rosterd plan` does. */
export async function look(deps: PassDeps, signal: AbortSignal): Promise<Look> {
  await checkOrigins(deps, signal);
  return await lookAtBoth(deps, signal);
}

/** The same, for a caller that knows already that these are the right systems. */
export async function lookAtBoth(deps: PassDeps, signal: AbortSignal): Promise<Look> {
  const readings = await readBoth(deps, signal);
  const memory = await recall(deps);
  deps.progress?.({ step: 'plan' });
  const plan = await planInTurns(readings, memory, deps, signal);
  const from = listOf(deps.sync.from, deps.sync.entity);
  const collapse = collapsedAttributes(deps.source, readings.people, await deps.store.fillRates(from));
  const judgement = await judge(plan, memory, collapse.collapsed, deps, collapse.neverFilled);
  return { readings, memory, plan, judgement, ...collapse };
}

async function planInTurns(
  readings: Readings,
  memory: PassMemory,
  deps: PassDeps,
  signal: AbortSignal,
): Promise<Plan> {
  const { sync, target, clock, hash } = deps;
  const steps = makePlan({
    sync,
    ...readings,
    shape: target.reader.shape,
    memory,
    now: clock.now(),
    hash,
    ...((await welcomesNow(deps, memory)) ? { welcomes: true } : {}),
  });
  let turnEnds = clock.monotonic() + turnMs;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (clock.monotonic() < turnEnds) continue;
    await new Promise<void>((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    turnEnds = clock.monotonic() + turnMs;
  }
}
