import { describe, expect, test } from 'vitest';
import { explanationText, shownExplanation } from '../../src/cli/render/explanation.ts';
import { planMarkdown } from '../../src/cli/render/plan-markdown.ts';
import { planReport } from '../../src/cli/render/plan-report.ts';
import { planText } from '../../src/cli/render/plan-text.ts';
import { stuckLines } from '../../src/cli/render/stuck-text.ts';
import { explainPerson } from '../../src/plan/explain.ts';
import { runPlan } from '../../src/plan/make-plan.ts';
import { account, inputOf, link, person } from '../plan/people.ts';

const input = inputOf({
  people: [person('ada'), person('ben')],
  accounts: [account('ada', { first_name: 'fixed' }), account('ben')],
  links: [link('ada', { strays: 'first_name=2' }), link('ben')],
});
const plan = runPlan(input);
const nothing = { sync: 'staff', digest: 'none', items: [] };
const judgement = { released: [], held: nothing, approvals: [], heldSince: null };
const report = planReport(input.sync, 'revision-1', plan, judgement, 'internal');

describe('what a target does not keep is shown with its account, and with the way out', () => {
  const wayOut =
    "Written, and different again in three passes: left alone now. The way out: let the connector compare it in the target's form, set `policy: seed` or `policy: follow`, or correct it in the target.";

  test('as text', () => {
    expect(planText(report, false).split('\n')).toEqual([
      'staff: hr → lms  mode full, revision revision-1',
      '  ! first_name of ada, account acc-ada: does not converge',
      `  ${wayOut}`,
      '  Nothing to do; 1 differences left alone; 1 of them do not converge',
    ]);
  });

  test('as JSON', () => {
    expect(report).toMatchObject({
      drift: 1,
      notConverging: [{ personId: 'ada', accountId: 'acc-ada', attribute: 'first_name' }],
    });
  });

  test('in a comment', () => {
    const lines = planMarkdown(report).split('\n');
    expect(lines).toContain('<details><summary>1 not converging</summary>');
    expect(lines).toContain('| ada | acc-ada | does not converge | first\\_name |');
    expect(lines).toContain(`> ${wayOut}`);
  });

  test('in an explanation, beside the value', () => {
    const classes = { source: new Map(), target: new Map() };
    const of = (id: string) =>
      explanationText('staff', shownExplanation(explainPerson(input, plan, id), classes, 'internal'), []);
    const why = 'first_name = ***, now *** (left alone: does not converge, was written and different again';
    expect(of('ada')).toContain(why);
    expect(of('ben')).not.toContain('left alone');
  });

  test('of very many, the first and how many more', () => {
    const many = Array.from({ length: 5 }, (_, at) => ({
      personId: `p${at}`,
      accountId: `a${at}`,
      attribute: 'title',
    }));
    expect(stuckLines(many, 2)).toEqual([
      '  ! title of p0, account a0: does not converge',
      '  ! title of p1, account a1: does not converge',
      '  … and 3 more that do not converge',
      `  ${wayOut}`,
    ]);
  });
});
