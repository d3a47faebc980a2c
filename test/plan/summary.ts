import type { Plan } from '../../src/model/change.ts';
import { describeChange } from '../../src/plan/describe.ts';
import { runPlan } from '../../src/plan/make-plan.ts';
import type { Situation } from './people.ts';
import { inputOf } from './people.ts';

/** The plan as lines that read as sentences: the changes, then who stands where and why. */
export function summarize(plan: Plan): {
  readonly changes: readonly string[];
  readonly people: readonly string[];
} {
  return {
    changes: plan.changes.map(describeChange),
    people: plan.verdicts.map(
      ({ personId, accountId, situation, reason, attention }) =>
        `${personId ?? accountId} is ${situation}${attention ? '!' : ''} (${reason})`,
    ),
  };
}

export function planFor(given: Situation): Plan {
  return runPlan(inputOf(given));
}
