import { describe, expect, test } from 'vitest';
import { explainPerson } from '../../src/plan/explain.ts';
import { runPlan } from '../../src/plan/make-plan.ts';
import type { Situation } from './people.ts';
import { account, inputOf, link, person } from './people.ts';
import { clause, reads } from './specs.ts';

function explained(given: Situation, personId: string) {
  const input = inputOf(given);
  return explainPerson(input, runPlan(input), personId);
}

describe('whoever asks about somebody', () => {
  test('is shown the account, whether it can be used, and what stands in it now', () => {
    const { account: theirs, attributes } = explained(
      {
        people: [person('ada')],
        accounts: [account('ada', { first_name: 'Old' }, { active: false })],
        links: [link('ada')],
      },
      'ada',
    );
    expect(theirs).toMatchObject({ id: 'acc-ada', active: false, values: { first_name: 'Old' } });
    expect(attributes.map(({ name, value, current }) => [name, value, current])).toEqual([
      ['hris_id', 'ada', 'ada'],
      ['email', 'ada@example.com', 'ada@example.com'],
      ['first_name', 'ADA', 'Old'],
    ]);
  });

  test('is shown the account also of somebody who is in order, and of whom nothing is said', () => {
    const given = { people: [person('ada')], accounts: [account('ada')], links: [link('ada')] };
    expect(explained(given, 'ada')).toMatchObject({
      account: { id: 'acc-ada', active: true },
      situation: 'linked',
      changes: [],
    });
  });

  test('is told what the dates of this person will bring, and since when a former account is disabled', () => {
    const leaver = { people: [person('ada', { lastDay: '2026-11-30' })], accounts: [account('ada')] };
    const gone = link('ada', { state: 'tombstone', ended: 'left', endedAt: 0 });
    expect(explained({ ...leaver, links: [link('ada')] }, 'ada').upcoming).toEqual([
      {
        personId: 'ada',
        accountId: 'acc-ada',
        at: Date.UTC(2026, 11, 1),
        kind: 'disable',
        reason: 'left: last day was 2026-11-30',
      },
    ]);
    expect(explained({ ...leaver, links: [gone] }, 'ada').link).toMatchObject({ ended: 'left', endedAt: 0 });
  });

  test('is told that a clause whose result is null decides nothing, as the plan has it', () => {
    const nothing = clause('who[0]', reads('department'));
    const isNull = { ...nothing.expression, evaluate: () => ({ kind: 'value', value: null }) as const };
    const given = { people: [person('ada')], sync: { who: [{ ...nothing, expression: isNull }] } };
    expect(explained(given, 'ada')).toMatchObject({
      situation: 'undecided',
      clauses: [{ id: 'who[0]', result: 'undecided', reason: 'absent: its result' }],
    });
  });
});
