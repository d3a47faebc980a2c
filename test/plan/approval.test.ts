import { describe, expect, test } from 'vitest';
import type { GuardInput } from '../../src/plan/guard-input.ts';
import { approved, judge, leavers, level, movers, names, phone } from './judging.ts';
import { day, noon } from './columns.ts';
import { emailAttribute, mapped, reads } from './specs.ts';
import { planFor } from './summary.ts';

describe('approval', () => {
  const plan = leavers(6);
  const { held } = judge(plan);

  test('releases what was held, says so, and counts it nowhere', () => {
    const judgement = approved(plan, held, { levels: [level(50, { counted: new Map([['leave', 5]]) })] });
    expect(judgement.released).toHaveLength(6);
    expect(judgement.approvals).toEqual([held.digest]);
    expect(judgement.approvedMembers?.get('disable/p000')).toBe(held.digest);
    expect(judgement.held).toEqual({ sync: 'staff', digest: '', items: [] });
  });

  test('judges what came later afresh', () => {
    const later = approved(leavers(12), held);
    expect(later.released).toHaveLength(6);
    expect(later.held.items).toHaveLength(6);
  });

  test('releases under hold-pass too', () => {
    expect(approved(leavers(12), held, {}, { onBreach: 'hold-pass' }).released).toHaveLength(6);
  });

  test('of a value does not release another value', () => {
    const before = planFor(movers(names(21), { first_name: 'New' }));
    const after = planFor(movers(names(21), { first_name: 'Newer' }));
    expect(approved(after, judge(before).held).released).toEqual([]);
  });

  test.each([
    ['that has expired', { now: noon + 2 * day }],
    ['of a digest that the store does not know', { approvedSets: new Map() }],
    [
      'that is used up',
      {
        approvedSets: new Map([
          [held.digest, { set: held, done: new Set<string>(), state: 'used' as const }],
        ]),
      },
    ],
  ] satisfies [string, Partial<GuardInput>][])('releases nothing %s', (_, more) => {
    expect(approved(plan, held, more).released).toEqual([]);
  });

  test('releases nobody twice', () => {
    const done = new Set(['disable/p000']);
    const sets = new Map([[held.digest, { set: held, done, state: 'open' as const }]]);
    expect(approved(plan, held, { approvedSets: sets }).released).toHaveLength(6);
    const full = [level(50, { counted: new Map([['leave', 5]]) })];
    expect(approved(plan, held, { approvedSets: sets, levels: full }).released).toHaveLength(5);
  });

  test('of one attribute releases it although the rest has gone ahead', () => {
    const attributes = [emailAttribute, mapped('first_name', reads('first_name')), phone];
    const both = planFor({
      ...movers(names(3), { first_name: 'New' }, { phone: '1' }),
      sync: { attributes },
    });
    const rest = planFor({ ...movers(names(3), {}, { phone: '1' }), sync: { attributes } });
    expect(judge(rest).held.digest).toBe(judge(both).held.digest);
    expect(approved(rest, judge(both).held).released).toHaveLength(3);
  });

  test('always holds everything, and never takes no approval', () => {
    const always = judge(leavers(1), {}, { approval: 'always' });
    expect(always.held.items.map(({ reason }) => reason)).toEqual(['ApprovalRequired']);
    expect(approved(leavers(1), always.held, {}, { approval: 'always' }).released).toHaveLength(1);
    expect(approved(plan, held, {}, { approval: 'never' }).released).toEqual([]);
  });

  test('has a digest that does not depend on the order, the reason or the time', () => {
    const later = planFor({ ...movers(names(6).toReversed(), { lastDay: '2026-11-19' }), now: noon + day });
    expect(judge(later).held.digest).toBe(held.digest);
    expect(held.digest).toMatch(/^[0-9a-f]{64}$/);
  });
});
