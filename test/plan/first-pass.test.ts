import { expect, test } from 'vitest';
import { guard } from '../../src/plan/guard.ts';
import { runPlan } from '../../src/plan/make-plan.ts';
import { noon } from './columns.ts';
import { hash, inputOf, person } from './people.ts';

test('creates of a first pass are held as such also where everything needs an approval', () => {
  const input = inputOf({ sync: { approval: 'always' }, people: [person('ada')] });
  const { held } = guard({
    sync: input.sync,
    plan: runPlan(input),
    hash,
    now: noon,
    levels: [],
    firstPassDone: false,
    targetHasStrangers: true,
    activeAccounts: 1,
    collapsed: new Map(),
    approvals: [],
    approvedSets: new Map(),
  });

  expect(held.items.map(({ reason }) => reason)).toEqual(['FirstPass']);
});
