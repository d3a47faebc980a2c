import { expect, test } from 'vitest';
import { comparisonMarkdown } from '../../src/cli/render/comparison-markdown.ts';
import { comparisonReport, unchangedReport } from '../../src/cli/render/comparison-report.ts';
import { comparisonText } from '../../src/cli/render/comparison-text.ts';
import { runPlan } from '../../src/plan/make-plan.ts';
import type { CompiledSync } from '../../src/spec/compiled.ts';
import { inputOf, person } from '../plan/people.ts';

const nothingHeld = { digest: 'none', sync: 'staff', items: [] };

/** A comparison of nobody with this many people to create. */
function reportOf(people: number, name = 'staff') {
  const input = inputOf({ people: Array.from({ length: people }, (_, n) => person(`p${n}`)) });
  const plan = runPlan(input);
  const judgement = { released: plan.changes, held: nothingHeld, approvals: [] };
  const sync: CompiledSync = { ...input.sync, name };
  const newer = { plan, judgement, watch: [] };
  const older = { plan: { ...plan, changes: [], verdicts: [] }, judgement, watch: [] };
  return comparisonReport({ sync, revision: 'new', base: 'old', older, newer }, 'internal');
}

const rowsIn = (comment: string) => comment.split('\n').filter((line) => /^\| p\d/.test(line)).length;

test('a comment never grows over its limit, and says honestly how many people it leaves out', () => {
  const comment = comparisonMarkdown([reportOf(4000)], 20_000);
  expect(comment.length).toBeLessThanOrEqual(20_000);
  const shown = rowsIn(comment);
  expect(shown).toBeGreaterThan(4);
  expect(comment).toContain(`and ${(4000 - shown).toLocaleString('en')} more`);
  expect(comment).toContain('**This change: 4,000 to create.**');
});

test('of very many syncs each has its line as long as there is room, and the rest is counted', () => {
  const reports = Array.from({ length: 300 }, (_, n) => reportOf(1, `sync-${n}`));
  const comment = comparisonMarkdown(reports, 9_000);
  expect(comment.length).toBeLessThanOrEqual(9_000);
  const lines = comment.split('\n').filter((line) => line.startsWith('- sync')).length;
  expect(comment.endsWith(`… and ${300 - lines} more syncs`)).toBe(true);
  expect(lines).toBeGreaterThan(20);
});

test('a sync that says the same is in no comment, and nothing in a name becomes markup', () => {
  const { sync } = inputOf({ people: [] });
  const same = unchangedReport({ sync, revision: 'new', base: 'old' });
  const comment = comparisonMarkdown([same]);
  expect(comment.split('\n')).toHaveLength(2);
  expect(comment).toContain('This change does nothing to anybody.');
  const odd = comparisonMarkdown([{ ...reportOf(1), sync: '</details><script>@everybody' }]);
  expect(odd).not.toMatch(/<script>|<\/details><s|@everybody/);
});

test('the same difference reads the same, so that an updated comment shows only what is new', () => {
  expect(comparisonMarkdown([reportOf(30)])).toBe(comparisonMarkdown([reportOf(30)]));
  expect(comparisonText(reportOf(2))).toContain('Because of this change: 2 to create');
});
