import { describe, expect, test } from 'vitest';
import type { GuardInput, LimitLevel } from '../../src/plan/guard-input.ts';
import type { CompiledSync } from '../../src/spec/compiled.ts';
import { isOneOf, clause, withThen } from './specs.ts';
import { approved, judge, leavers, level, movers, names } from './judging.ts';
import { account, link, person, stranger } from './people.ts';
import { planFor } from './summary.ts';

interface Minimum {
  readonly name: string;
  readonly leaving: number;
  readonly active: number;
  readonly minimumActive?: number;
  readonly fields?: Partial<CompiledSync>;
  readonly stops: boolean;
}

describe('the accounts that must stay active', () => {
  test.each<Minimum>([
    { name: 'as many as must may remain', leaving: 2, active: 10, minimumActive: 8, stops: false },
    { name: 'one fewer stops the pass', leaving: 3, active: 10, minimumActive: 8, stops: true },
    { name: 'where the spec says none, all may go', leaving: 3, active: 3, stops: false },
    { name: 'one is one, also where it is the last', leaving: 1, active: 1, minimumActive: 1, stops: true },
    {
      name: 'a target that has too few already is not kept from growing: nobody leaves, nothing stops',
      leaving: 0,
      active: 2,
      minimumActive: 8,
      stops: false,
    },
    {
      name: 'who is held by a limit does not leave, and stops nothing',
      leaving: 6,
      active: 10,
      minimumActive: 8,
      stops: false,
    },
  ])('$name', ({ leaving, active, minimumActive, stops }) => {
    const plan = planFor({
      ...movers(names(leaving), { lastDay: '2026-11-20' }),
      people: [...names(leaving).map((id) => person(id, { lastDay: '2026-11-20' })), person('zoe')],
    });
    const judgement = judge(plan, { activeAccounts: active }, { minimumActive });
    expect(judgement.stopped !== undefined).toBe(stops);
    expect(judgement.released.some(({ id }) => id === 'create/zoe')).toBe(!stops);
  });

  test('hold everybody of the pass, joiners as well, under a reason that no approval lifts', () => {
    const plan = planFor({
      people: [...names(2).map((id) => person(id, { lastDay: '2026-11-20' })), person('zoe')],
      accounts: names(2).map((id) => account(id)),
      links: names(2).map((id) => link(id)),
    });
    const rules = { minimumActive: 9 };
    const { held } = judge(plan, { activeAccounts: 10 }, rules);
    expect(held.items.map(({ reason }) => reason)).toEqual(Array(3).fill('Invariant'));
    expect(approved(plan, held, { activeAccounts: 10 }, rules).released).toEqual([]);
  });

  test('are counted when people leave the scope, too, and when an approval has released them', () => {
    const outside = {
      who: [clause('who[0]', isOneOf('department', 'Sales'))],
      ...withThen({ outOfScope: 'delete' }),
    };
    const plan = planFor({ ...movers(names(2), { department: 'Sport' }), sync: outside });
    expect(plan.changes.map(({ kind }) => kind)).toEqual(['delete', 'delete']);
    expect(judge(plan, { activeAccounts: 10 }, { minimumActive: 9 }).stopped).toContain(
      '8 active accounts would remain',
    );
    const many = leavers(6);
    const { held } = judge(many, { activeAccounts: 10 }, { minimumActive: 5 });
    expect(approved(many, held, { activeAccounts: 10 }, { minimumActive: 5 }).stopped).toContain(
      '4 active accounts',
    );
  });
});

describe('a protected account', () => {
  const protect = [{ attribute: 'role', values: ['admin', 'owner'] }];

  test.each([
    {
      name: 'whose person has left keeps working',
      person: person('ada', { lastDay: '2026-11-20' }),
      held: { role: 'owner' },
    },
    {
      name: 'whose person differs keeps its values',
      person: person('ada', { first_name: 'New' }),
      held: { role: 'admin' },
    },
    {
      name: 'is one only where the value is written as in the spec',
      person: person('ada', { first_name: 'New' }),
      held: { role: 'Admin' },
      changes: 1,
    },
    {
      name: 'is one by its own mark, too',
      person: person('ada', { first_name: 'New' }),
      mark: { protected: true },
    },
    {
      name: 'is one only by what the spec names',
      person: person('ada', { first_name: 'New' }),
      held: { role: 'user' },
      changes: 1,
    },
  ])('$name', ({ person: ada, held = {}, mark = {}, changes = 0 }) => {
    const plan = planFor({
      sync: { protect },
      people: [ada],
      accounts: [account('ada', held, mark)],
      links: [link('ada')],
    });
    expect(plan.changes).toHaveLength(changes);
  });

  test('is never adopted, and who matches it gets no second one', () => {
    const plan = planFor({
      sync: { protect },
      people: [person('ada')],
      accounts: [stranger('ada', { role: 'admin' })],
    });
    expect(plan.changes).toEqual([]);
    expect(plan.counts.protected).toBe(1);
  });
});

const at = (name: LimitLevel['name'], atMost: number, counted = 0): LimitLevel =>
  level(1000, { name, limits: { leave: { atMost } }, counted: new Map([['leave', counted]]) });

describe('of two levels the first that is reached holds', () => {
  const tight = (name: LimitLevel['name']) => at(name, 1);
  const wide = (name: LimitLevel['name']) => at(name, 100);

  test.each<{ name: string; levels: GuardInput['levels']; holds: string | undefined }>([
    {
      name: 'nobody, where all are wide enough',
      levels: [wide('sync'), wide('target connection'), wide('installation')],
      holds: undefined,
    },
    {
      name: 'the sync before all others',
      levels: [tight('sync'), tight('target connection'), tight('installation')],
      holds: 'leave: 2 planned, 1 allowed in 24 h (10 % of 1000)',
    },
    {
      name: 'the target connection, where the sync would let them go',
      levels: [wide('sync'), tight('target connection'), tight('installation')],
      holds: 'leave: 2 planned, 1 allowed in 24 h (10 % of 1000), limit of the target connection',
    },
    {
      name: 'the installation, where both others would',
      levels: [wide('sync'), wide('target connection'), tight('installation')],
      holds: 'leave: 2 planned, 1 allowed in 24 h (10 % of 1000), limit of the installation',
    },
    {
      name: 'a level by what all its syncs did before, although this one has done nothing',
      levels: [wide('sync'), at('target connection', 10, 9)],
      holds:
        'leave: 2 planned, 9 already counted, 10 allowed in 24 h (10 % of 1000), limit of the target connection',
    },
    {
      name: 'nobody, where a level says nothing of the class',
      levels: [wide('sync'), level(0, { name: 'installation', limits: { update: { atMost: 0 } } })],
      holds: undefined,
    },
  ])('$name', ({ levels, holds }) => {
    const { held, released } = judge(leavers(2), { levels });
    expect(held.items.map(({ message }) => message)).toEqual(holds === undefined ? [] : [holds, holds]);
    expect(released).toHaveLength(holds === undefined ? 2 : 0);
  });
});
