import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Value } from '../../src/model/value.ts';
import { evaluate } from './environment.ts';

type Truth = boolean | 'absent' | 'error';
const leaves = ['remote', 'status', 'country'] as const;
const clauses: Readonly<Record<(typeof leaves)[number], string>> = {
  remote: 'source.remote',
  status: '(source.status == "yes")',
  country: 'source.country.endsWith("yes")',
};

/** A clause of logic, and what it is by the rules of the page. */
interface Clause {
  readonly text: string;
  readonly truth: (of: Readonly<Record<string, Truth>>) => Truth;
}

const { clause } = fc.letrec<{ clause: Clause; leaf: Clause; pair: Clause; not: Clause; choice: Clause }>(
  (tie) => ({
    leaf: fc
      .constantFrom(...leaves)
      .map((name) => ({ text: clauses[name], truth: (of) => of[name] ?? 'absent' })),
    pair: fc.tuple(fc.boolean(), tie('clause'), tie('clause')).map(([decisive, a, b]) => ({
      text: `(${a.text} ${decisive ? '||' : '&&'} ${b.text})`,
      truth: (of) => {
        const sides = [a.truth(of), b.truth(of)];
        if (sides.includes(decisive)) return decisive;
        return sides.includes('error') ? 'error' : sides.includes('absent') ? 'absent' : !decisive;
      },
    })),
    not: tie('clause').map((inner) => ({
      text: `!${inner.text}`,
      truth: (of) => {
        const truth = inner.truth(of);
        return typeof truth === 'boolean' ? !truth : truth;
      },
    })),
    choice: fc.tuple(tie('clause'), tie('clause'), tie('clause')).map(([c, a, b]) => ({
      text: `(${c.text} ? ${a.text} : ${b.text})`,
      truth: (of) => {
        const which = c.truth(of);
        return typeof which === 'boolean' ? (which ? a : b).truth(of) : which;
      },
    })),
    clause: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('pair'), tie('not'), tie('choice')),
  }),
);
const truth = fc.constantFrom<Truth>(true, false, 'absent', 'error');

test('a clause is true, false, undecided or an error by the rules of the page, and names what is absent', () => {
  fc.assert(
    fc.property(
      clause,
      fc.record({ remote: truth, status: truth, country: truth }),
      ({ text, truth: rule }, of) => {
        const row: Record<string, Value> = {};
        for (const name of leaves) {
          if (of[name] === 'error') row[name] = 7;
          else if (of[name] !== 'absent') row[name] = name === 'remote' ? of[name] : of[name] ? 'yes' : 'no';
        }
        const evaluation = evaluate(text, row);
        const told = evaluation.kind === 'value' ? evaluation.value : evaluation.kind;
        expect(told, text).toBe(rule(of));
        if (evaluation.kind !== 'absent') return;
        expect(evaluation.attributes.length).toBeGreaterThan(0);
        for (const name of evaluation.attributes) expect(of[name as 'remote']).toBe('absent');
      },
    ),
    { numRuns: 1_000 },
  );
});
