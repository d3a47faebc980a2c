import { expect, test } from 'vitest';
import { planMarkdown } from '../../src/cli/render/plan-markdown.ts';
import { planReport } from '../../src/cli/render/plan-report.ts';
import { planText } from '../../src/cli/render/plan-text.ts';
import { runPlan } from '../../src/plan/make-plan.ts';
import { escrowView, inEscrow, Escrows } from '../../src/reconcile/escrow.ts';
import { inputOf, person } from '../plan/people.ts';

test('a plan says who waits after a refusal, why and until when, also to whom asks by hand', () => {
  const input = inputOf({ people: [person('ada'), person('ben')] });
  const plan = runPlan(input);
  const refusedAt = Date.parse('2026-11-20T10:00:00Z');
  const ben = plan.changes.find(({ id }) => id === 'create/ben');
  if (ben === undefined) throw new Error('ben is not planned');
  const first = new Escrows(escrowView([], refusedAt, input), 'schedule').after(ben, 'Taken');
  const view = escrowView(first === undefined ? [] : [first], refusedAt + 60_000, input);
  const nothing = { sync: 'staff', digest: 'none', items: [] };
  const escrow = inEscrow(plan.changes, view);
  const judgement = { released: plan.changes, held: nothing, approvals: [], heldSince: null, escrow };

  const report = planReport(input.sync, 'revision-1', plan, judgement, 'internal');

  const message =
    'refused once: Taken; tried again from 2026-11-20T10:15:00.000Z on, or at once when the record or the spec changes or a person asks for a pass';
  const [entry, ...more] = report.escrow;
  expect(more).toEqual([]);
  expect(entry).toMatchObject({ change: 'create/ben', personId: 'ben', attempts: 1, message });
  expect(planText(report, false)).toContain(`\n  ! create/ben waits: ${message}\n`);
  expect(planText(report, false)).toContain('2 to create; 1 left alone after a refusal');
  expect(planMarkdown(report)).toContain('<details><summary>1 left alone after a refusal</summary>');
});
