import { describe, expect, test } from 'vitest';
import { shownExplanation } from '../../src/cli/render/explanation.ts';
import { changedText, showElements } from '../../src/cli/render/mask.ts';
import type { AttributeChange } from '../../src/model/change.ts';
import { explainPerson } from '../../src/plan/explain.ts';
import { runPlan } from '../../src/plan/make-plan.ts';
import { account, inputOf, link, person } from '../plan/people.ts';
import { mapped, reads } from '../plan/specs.ts';

const collection = { kind: 'own', tolerate: [], tolerates: () => false } as const;
const given = (source: readonly string[], held: readonly string[]) =>
  inputOf({
    sync: { attributes: [mapped('groups', reads('groups'), { facts: { type: 'list<text>' }, collection })] },
    people: [person('ada', { groups: source })],
    accounts: [account('ada', { groups: held })],
    links: [link('ada')],
  });

/** The line of a plan about ada's groups, which are personal. */
function line(source: readonly string[], held: readonly string[], shown: 'internal' | 'personal'): string {
  const change = runPlan(given(source, held)).changes[0]?.attributes[0] as AttributeChange;
  return changedText({ before: '?', after: '?', ...showElements(change, shown) });
}

describe('what a plan shows of a list', () => {
  test.each([
    [['a', 'b'], ['b', 'c', 'd'], '+ a; - c, d', '+ 1 element; - 2 elements'],
    [['a', 'b'], ['b'], '+ a', '+ 1 element'],
    [[], ['b'], '- b', '- 1 element'],
  ])('%j instead of %j: %s, or above what is shown %s', (source, held, open, masked) => {
    expect([line(source, held, 'personal'), line(source, held, 'internal')]).toEqual([open, masked]);
  });

  test('is twenty elements at most, and how many more there are', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => `g${at}`);
    expect(line(many, [], 'personal')).toMatch(/^\+ (?:g\d+, ){19}g\d+ and 9980 more$/);
  });
});

test('whoever is not to see a person’s groups does not find them in an explanation', () => {
  const input = given(['secret-a'], ['secret-b']);
  const explanation = explainPerson(input, runPlan(input), 'ada');
  const classes = { source: new Map(), target: new Map() };
  expect(JSON.stringify(shownExplanation(explanation, classes, 'personal'))).toContain('secret-a');
  const { changes } = shownExplanation(explanation, classes, 'internal');
  expect(JSON.stringify(changes)).not.toContain('secret');
  expect(changes[0]?.attributes[0]?.list).toMatchObject({ added: ['***'], removed: ['***'] });
});
