import type { Plan } from '../model/change.ts';
import { listOf } from '../model/entity.ts';
import type { Judgement } from '../model/hold.ts';
import type { PassDeps } from './deps.ts';
import { collapsedAttributes, type Collapse } from './fill-rates.ts';
import { judge } from './judge.ts';
import { recall, type PassMemory } from './memory.ts';
import { checkOrigins } from './origins.ts';
import { lookAtSome } from './partial.ts';
import { planInTurns } from './planning.ts';
import { readBoth, type Readings } from './read.ts';

/** Everything that a pass knows before its first write. */
export interface Look extends Collapse {
  readonly readings: Readings;
  readonly memory: PassMemory;
  readonly plan: Plan;
  readonly judgement: Judgement;
  /** Set for a partial pass: who was looked at, found or not. Then nothing is known of anybody else. */
  readonly only?: ReadonlySet<string>;
}

/** Reads both systems, plans and judges. Writes to no system and to no store: this is all that `rosterd plan` does. */
export async function look(deps: PassDeps, signal: AbortSignal): Promise<Look> {
  await checkOrigins(deps, signal);
  return await lookAtBoth(deps, signal);
}

/** The same, for a caller that knows already that these are the right systems. */
export async function lookAtBoth(deps: PassDeps, signal: AbortSignal): Promise<Look> {
  const { only, sync, telemetry } = deps;
  if (only === undefined) return await lookAtEverybody(deps, signal);
  const some = await lookAtSome(only, deps, signal);
  if ('plan' in some) return some;
  telemetry.log.info({ sync: sync.name, because: some.because }, 'partial pass looks at everybody');
  return await lookAtEverybody(deps, signal);
}

async function lookAtEverybody(deps: PassDeps, signal: AbortSignal): Promise<Look> {
  return await lookAtReadings(await readBoth(deps, signal), deps, signal);
}

/** The same on a reading that is there already: it has the columns that the sync wants, in their order. */
export async function lookAtReadings(readings: Readings, deps: PassDeps, signal: AbortSignal): Promise<Look> {
  const memory = await recall(deps);
  deps.progress?.({ step: 'plan' });
  const plan = await planInTurns({ ...readings, memory }, deps, signal);
  const from = listOf(deps.sync.from, deps.sync.entity);
  const collapse = collapsedAttributes(deps.source, readings.people, await deps.store.fillRates(from));
  const judgement = await judge(plan, memory, collapse.collapsed, deps, collapse.neverFilled);
  return { readings, memory, plan, judgement, ...collapse };
}
