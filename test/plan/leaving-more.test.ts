import { expect, test } from 'vitest';
import { runPlan } from '../../src/plan/make-plan.ts';
import { account, inputOf, link, person } from './people.ts';

test('who leaves during an absence loses the account that somebody enabled again', () => {
  const plan = runPlan(
    inputOf({
      people: [person('ada', { status: 'inactive' })],
      accounts: [account('ada')],
      links: [link('ada', { state: 'tombstone', ended: 'away' })],
    }),
  );

  expect(plan.changes.map(({ id, situation }) => [id, situation])).toEqual([['disable/ada', 'left']]);
});

test('who is away when rosterd begins is linked to the account that they have', () => {
  const plan = runPlan(
    inputOf({
      people: [person('ada', { status: 'leave' })],
      accounts: [account('ada')],
    }),
  );

  expect(plan.changes.map(({ id, situation }) => [id, situation])).toEqual([['adopt/ada', 'away']]);
});
