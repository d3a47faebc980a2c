import { expect, test } from 'vitest';
import { explanationText } from '../../src/cli/render/explanation.ts';
import { planReport } from '../../src/cli/render/plan-report.ts';
import { planText } from '../../src/cli/render/plan-text.ts';
import { stuckLines } from '../../src/cli/render/stuck-text.ts';
import type { PlanInput } from '../../src/plan/input.ts';
import { explainPerson } from '../../src/plan/explain.ts';
import { runPlan } from '../../src/plan/make-plan.ts';
import { inputOf, person } from '../plan/people.ts';

/** An id that draws a line of its own and clears the screen. */
const odd = 'eve\n  + create boss\u001B[2J\u202E';
const shown = 'eve\uFFFD  + create boss\uFFFD[2J\uFFFD';

function textOf(input: PlanInput): string {
  const plan = runPlan(input);
  const judgement = {
    released: plan.changes,
    held: { sync: 'staff', digest: 'none', items: [] },
    approvals: [],
    heldSince: null,
  };
  return planText(planReport(input.sync, 'revision-1', plan, judgement, 'internal'), false);
}

test('records without an id are told without a name', () => {
  const text = textOf(inputOf({ people: [person('')] }));
  expect(text).toContain('\n  ! failed (1 record of the source has no id)\n');
});

test('an id that holds lines and commands for the terminal is shown as one harmless word', () => {
  const input = inputOf({ people: [person(odd)] });
  const plan = runPlan(input);
  const said = [
    textOf(input),
    explanationText('staff', explainPerson(input, plan, odd), []),
    stuckLines([{ personId: odd, accountId: odd, attribute: 'email' }], 9).join('\n'),
  ];
  for (const text of said) {
    expect(text).toContain(shown);
    for (const part of ['\n  + create boss', '\u001B', '\u202E']) expect(text).not.toContain(part);
  }
});
