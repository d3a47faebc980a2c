import type { Plan } from '../model/change.ts';
import type { PlanInput } from '../plan/input.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { PassDeps } from './deps.ts';
import type { PassMemory } from './memory.ts';
import { welcomesNow } from './welcome.ts';

/** How long planning may keep everybody else from running (ms). */
const turnMs = 20;

/** What a plan of this pass is made from, with what was read and remembered. */
export interface Read extends Pick<PlanInput, 'people' | 'accounts' | 'only'> {
  readonly memory: PassMemory;
}

export function planInputOf(read: Read, { sync, target, clock, hash, decisions }: PassDeps): PlanInput {
  const decided = decisions === undefined ? {} : { decisions };
  return { sync, ...read, shape: target.reader.shape, now: clock.now(), hash, ...decided };
}

export async function planInTurns(read: Read, deps: PassDeps, signal: AbortSignal): Promise<Plan> {
  const { clock } = deps;
  const welcomes = (await welcomesNow(deps, read.memory)) ? { welcomes: true as const } : {};
  const steps = makePlan({ ...planInputOf(read, deps), ...welcomes });
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
