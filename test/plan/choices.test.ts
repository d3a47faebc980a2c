import { array, assert, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainPerson } from '../../src/plan/explain.ts';
import { runPlan } from '../../src/plan/make-plan.ts';
import type { MappedAttribute } from '../../src/spec/compiled.ts';
import type { Situation } from './people.ts';
import { account, inputOf, link, person } from './people.ts';
import { mapped, reads } from './specs.ts';
import { planFor, summarize } from './summary.ts';
import { World } from './world.ts';

/** Candidates for the login stand in the source, the dearest first. */
function login(counter = false, more: Partial<MappedAttribute> = {}): MappedAttribute {
  const result = { kind: 'unique', expression: reads('login'), counter } as const;
  return mapped('login', result, { facts: { unique: true, rename: true }, ...more });
}

const one = { attributes: [login()] };
const counted = { attributes: [login(true)] };
const wants = (id: string, ...logins: string[]) => person(id, { login: logins });
const holds = (id: string, held: string, marks = {}) => account(id, { login: held }, marks);

/** Who gets which login. */
function given(situation: Situation): Readonly<Record<string, unknown>> {
  const logins = planFor(situation).changes.map(({ personId, attributes }) => {
    const after = attributes.find(({ name }) => name === 'login')?.after;
    return [personId, after !== undefined && 'value' in after ? after.value : 'no login'];
  });
  return Object.fromEntries(logins) as Readonly<Record<string, unknown>>;
}

describe('a new person gets the first candidate that nobody has', () => {
  const rows: readonly [string, Situation, Readonly<Record<string, unknown>>][] = [
    ['the dearest, where it is free', { people: [wants('ada', 'ada', 'ada.l')] }, { ada: 'ada' }],
    [
      'the next, where an active account has it',
      {
        people: [wants('ada', 'ada', 'ada.l'), wants('zoe', 'ada')],
        accounts: [holds('zoe', 'ada')],
        links: [link('zoe')],
      },
      { ada: 'ada.l' },
    ],
    [
      'the next, where an account that is out of use, or out of scope, or nobody’s has it',
      {
        people: [wants('ada', 'a1', 'a2', 'a3', 'a4')],
        accounts: [
          holds('x', 'a1', { active: false }),
          holds('y', 'a2', { outside: true }),
          holds('z', 'A3'),
        ],
      },
      { ada: 'a4' },
    ],
    [
      'another one than a second newcomer, by the order of their ids',
      { people: [wants('zoe', 'al', 'zoe'), wants('ada', 'al', 'ada'), wants('bob', 'AL', 'bob')] },
      { ada: 'al', bob: 'bob', zoe: 'zoe' },
    ],
    [
      'not one that its holder gives up in this plan: that is free in the next',
      {
        people: [wants('ada', 'al', 'ada'), wants('zoe', 'new')],
        accounts: [holds('zoe', 'al')],
        links: [link('zoe')],
      },
      { ada: 'ada', zoe: 'new' },
    ],
  ];
  test.each(rows)('%s', (_, situation, says) => {
    expect(given({ sync: one, ...situation })).toEqual(says);
  });

  test('with a counter the last candidate with the first number that is free', () => {
    const people = ['a', 'b', 'c', 'd'].map((id) => wants(id, 'al', 'al.x'));
    expect(given({ sync: counted, people })).toEqual({ a: 'al', b: 'al.x', c: 'al.x2', d: 'al.x3' });
  });

  test('with a counter that stands before the @ of an address', () => {
    const people = ['a', 'b'].map((id) => wants(id, 'al@example.com'));
    expect(given({ sync: counted, people })).toEqual({ a: 'al@example.com', b: 'al2@example.com' });
  });

  test('and 3,000 of one name get 3,000 logins', () => {
    const people = Array.from({ length: 3_000 }, (_, at) => wants(`p${at}`, 'al'));
    expect(new Set(Object.values(given({ sync: counted, people }))).size).toBe(3_000);
  });
});

/** Ada is linked to an account that holds this login. */
const linked = (people: Situation['people'], held: string, sync: Situation['sync'] = one) => ({
  sync,
  people: people ?? [],
  accounts: [holds('ada', held)],
  links: [link('ada')],
});

describe('whoever has an account', () => {
  const rows: readonly [string, Situation, Readonly<Record<string, unknown>>][] = [
    ['keeps a candidate, also when a dearer one became free', linked([wants('ada', 'al', 'ada')], 'ada'), {}],
    ['keeps it in the target’s own spelling', linked([wants('ada', 'Al')], 'al'), {}],
    ['keeps the one with a number', linked([wants('ada', 'al')], 'al12', counted), {}],
    [
      'keeps no number that the counter never gives',
      linked([wants('ada', 'al')], 'al1', counted),
      { ada: 'al' },
    ],
    ['keeps no number where there is no counter', linked([wants('ada', 'al')], 'al2'), { ada: 'al' }],
    ['gets a new one when their name changes', linked([wants('ada', 'king')], 'lovelace'), { ada: 'king' }],
    [
      'keeps what they have where it is only a seed',
      linked([wants('ada', 'king')], 'lovelace', { attributes: [login(false, { policy: 'seed' })] }),
      {},
    ],
  ];
  test.each(rows)('%s', (_, situation, says) => {
    expect(given(situation)).toEqual(says);
  });

  test('gets back by hand-changed what they had, and not a dearer one that is free', () => {
    const applied = 'login=#login:"al.x"';
    const situation = { ...linked([wants('ada', 'al', 'al.x')], 'hand'), links: [link('ada', { applied })] };
    expect(given(situation)).toEqual({ ada: 'al.x' });
  });

  test('is left alone where the policy is to follow and only somebody’s hand changed it', () => {
    const applied = 'login=#login:"al"';
    const follow = { attributes: [login(false, { policy: 'follow' })] };
    const byHand = { ...linked([wants('ada', 'al')], 'hand', follow), links: [link('ada', { applied })] };
    expect(planFor(byHand)).toMatchObject({
      changes: [],
      drift: [{ attribute: 'login', reason: 'LeftAlone' }],
    });
    expect(given({ ...byHand, people: [wants('ada', 'king')] })).toEqual({ ada: 'king' });
  });
});

describe('where nothing is free', () => {
  const taken = {
    accounts: [holds('zoe', 'al'), holds('yan', 'ada')],
    links: [link('zoe'), link('yan')],
  };
  const others = [wants('zoe', 'al'), wants('yan', 'ada')];

  test.each([
    [['al'], 'the only candidate is taken by other accounts'],
    [['al', 'ada'], 'all 2 candidates are taken by other accounts'],
  ])('of %j it is that person’s error, and nobody else’s', (candidates, says) => {
    const people = [...others, wants('bob', ...candidates), wants('eve', 'eve')];
    const plan = planFor({ sync: one, ...taken, people });
    expect(summarize(plan)).toEqual({
      changes: ['create eve (no account matches; hris_id, login)'],
      people: [`bob is failed! (attribute "login": ${says})`, 'eve is unmatched (no account matches)'],
    });
  });

  test('and nothing is to choose from, onNull decides', () => {
    const people = [person('ada', { login: [] }), person('bob', { login: [''] })];
    expect(given({ sync: one, people })).toEqual({ ada: 'no login', bob: 'no login' });
    const needed = { attributes: [login(false, { onNull: 'error' })] };
    expect(planFor({ sync: needed, people }).counts.failed).toBe(2);
  });
});

/** What explain shows of ada’s login. */
const tried = (situation: Situation) => {
  const input = inputOf(situation);
  const { attributes } = explainPerson(input, runPlan(input), 'ada');
  return attributes.filter(({ name }) => name === 'login').map(({ outcome, value }) => [outcome, value]);
};

test('whoever asks is shown what was tried, the one that is taken last', () => {
  const accounts = [holds('zoe', 'al'), holds('yan', 'ada')];
  const people = [wants('ada', 'al', 'ada', 'ada.l')];
  expect(tried({ sync: one, people, accounts })).toEqual([['candidates', ['al', 'ada', 'ada.l']]]);
  expect(tried({ sync: one, people, accounts: accounts.slice(0, 1) })).toEqual([
    ['candidates', ['al', 'ada']],
  ]);
  const known = { sync: counted, people: [wants('ada', 'al')], links: [link('ada')] };
  expect(tried({ ...known, accounts: [holds('ada', 'al7')] })).toEqual([['candidates', ['al', 'al7']]]);
});

test('whatever people want, no two get one login, and the next plan is empty', () => {
  const names = ['al', 'Al', 'bo', 'bo2'];
  const wish = record({ first: integer({ min: 0, max: 3 }), second: integer({ min: 0, max: 3 }) });
  assert(
    property(array(array(wish, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }), (years) => {
      const world = new World({ sync: { attributes: [login(true)] } });
      for (const wishes of years) {
        world.hires(
          wishes.map(({ first, second }, at) => wants(`p${at}`, names[first] ?? '', names[second] ?? '')),
        );
        const again = world.plan();
        expect(world.pass().changes).toEqual(again.changes);
        expect(world.plan().changes).toEqual([]);
        const logins = [...world.accounts.keys()].map((id) => world.value(id, 'login'));
        expect(new Set(logins).size).toBe(logins.length);
      }
    }),
    { numRuns: 150 },
  );
});
