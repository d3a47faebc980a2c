import type { Plan } from '../model/change.ts';
import type { PlanInput } from './input.ts';

/**
 * Compares what both systems hold and says what would bring the target to the state that the specs imply.
 *
 * Pure. It is a generator only so that the caller can let other work in between people: it yields nothing of interest
 * and returns the plan. Run it to the end with `runPlan` where nobody else waits.
 */
export function* makePlan(input: PlanInput): Generator<void, Plan, void> {
  yield;
  throw new Error(`not written: ${input.sync.name}`);
}

/** `makePlan` in one go. */
export function runPlan(input: PlanInput): Plan {
  const steps = makePlan(input);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
