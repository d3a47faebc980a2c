import { expect, test } from 'vitest';
import { runPlan } from '../../src/plan/make-plan.ts';
import { account, inputOf, link, person } from './people.ts';

test('records without an id are counted as failed and named, and stop nobody else', () => {
  const plan = runPlan(
    inputOf({
      people: [person('ada', { first_name: 'Augusta' }), person('', {}), person('', { phone: '110' })],
      accounts: [account('ada')],
      links: [link('ada')],
    }),
  );

  expect(plan.changes.map(({ id }) => id)).toEqual(['update/ada']);
  expect(plan.counts.failed).toBe(2);
  expect(plan.verdicts).toContainEqual({
    personId: null,
    accountId: null,
    situation: 'failed',
    reason: '2 records of the source have no id',
    attention: true,
  });
});
