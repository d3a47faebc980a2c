import { expect, test } from 'vitest';
import { runPlan } from '../../src/plan/make-plan.ts';
import { inputOf, person, stranger } from './people.ts';
import { reads } from './specs.ts';

test('a match rule that everybody shares asks each account a few times, not once for each person', () => {
  const size = 400;
  const ids = Array.from({ length: size }, (_, index) => `p${String(index)}`);
  const input = inputOf({
    sync: {
      match: [
        {
          id: 'match[0]',
          items: [{ attribute: 'role', expression: reads('department') }],
          accounts: 'active',
        },
      ],
    },
    people: [...ids.map((id) => person(id)), person('gone', { status: 'inactive', department: 'Other' })],
    accounts: [...ids.map((id) => stranger(id, { role: 'Sales' })), stranger('gone', { role: 'Other' })],
  });
  let asked = 0;
  const counting = {
    ...input.accounts,
    row: (position: number) => {
      asked += 1;
      return input.accounts.row(position);
    },
  };

  const plan = runPlan({ ...input, accounts: counting });

  expect(plan.counts.disputed).toBe(size);
  expect(plan.changes.map(({ id }) => id)).toEqual(['disable/gone']);
  expect(asked).toBeLessThan(10 * size);
});
