import { expect, test } from 'vitest';
import { applyPhases, applySteps, compareChanges, phaseOf } from '../../src/plan/order.ts';
import { account, link, person, stranger } from './people.ts';
import { emailAttribute, isOneOf, clause, mapped, reads, withThen } from './specs.ts';
import { planFor } from './summary.ts';

const ids = ['ann', 'ben', 'cid', 'dan'];
const { changes } = planFor({
  sync: {
    who: [clause('who[0]', isOneOf('department', 'Sales'))],
    attributes: [
      emailAttribute,
      mapped('first_name', reads('first_name')),
      mapped('manager', { kind: 'person', expression: reads('supervisor') }),
    ],
    ...withThen({ outOfScope: 'disable', deleteAfterMs: 1 }),
  },
  people: [
    person('ann', { department: 'Legal' }),
    person('ben', { first_name: 'New' }),
    person('cid', { email: 'new@example.com' }),
    person('dan', { lastDay: '2026-11-20' }),
    person('eve', { supervisor: 'eve' }),
    person('fay'),
    person('gus', { lastDay: '2026-08-20' }),
  ],
  accounts: [...ids.map((id) => account(id)), stranger('fay'), account('gus', {}, { active: false })],
  links: [...ids.map((id) => link(id)), link('gus', { state: 'tombstone', ended: 'left', endedAt: 0 })],
});

test('values are freed before they are taken, accounts exist before they are named, and what takes away comes last', () => {
  expect(changes.map((change) => [applyPhases[phaseOf(change)]?.name, change.id])).toEqual([
    ['leavers', 'disable/dan'],
    ['freeing values', 'update/cid'],
    ['creates and adoptions', 'create/eve'],
    ['creates and adoptions', 'adopt/fay'],
    ['updates', 'update/ben'],
    ['references', 'update/eve/references'],
    ['removals', 'disable/ann'],
    ['removals', 'delete/gus'],
  ]);
});

test('where others name a leaver, and the target minds, leavers go when references are written', () => {
  const plan = planFor({
    sync: { attributes: [mapped('manager', { kind: 'person', expression: reads('supervisor') })] },
    people: [person('ann', { lastDay: '2026-11-20' }), person('ben', { supervisor: 'cid' }), person('cid')],
    accounts: ['ann', 'ben', 'cid'].map((id) => account(id, { manager: 'account-of-ann' })),
    links: ['ann', 'ben', 'cid'].map((id) => link(id)),
    shape: { disablesLast: true },
  });
  expect(applySteps(plan.changes).map((step) => step.map(({ id }) => id))).toEqual([
    ['update/ben'],
    ['disable/ann'],
  ]);
});

test('the order is the same from wherever it begins', () => {
  expect(changes.toReversed().toSorted(compareChanges)).toEqual(changes);
});

test('an address passed down a line takes a step for each, and whoever needs nothing goes with the first', () => {
  const line = ['ann', 'ben', 'cid'];
  const plan = planFor({
    people: [
      person('ann', { email: 'ben@example.com' }),
      person('ben', { email: 'cid@example.com' }),
      person('cid', { email: 'new@example.com' }),
      person('dan', { email: 'other@example.com' }),
      person('eve', { email: 'ann@example.com' }),
    ],
    sync: { match: [] },
    accounts: [...line, 'dan'].map((id) => account(id)),
    links: [...line, 'dan'].map((id) => link(id)),
  });
  expect(applySteps(plan.changes).map((step) => step.map(({ id }) => id))).toEqual([
    ['update/cid', 'update/dan'],
    ['update/ben'],
    ['update/ann'],
    ['create/eve'],
  ]);
});
