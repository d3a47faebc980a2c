import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/model/change.ts';
import type { LimitLevel } from '../../src/plan/guard-input.ts';
import { judge, leavers, level, movers, names, phone } from './judging.ts';
import { account, link, person } from './people.ts';
import { emailAttribute, mapped, reads, withThen } from './specs.ts';
import { planFor } from './summary.ts';

const firstName = mapped('first_name', reads('first_name'));
const manager = mapped('manager', { kind: 'person', expression: reads('supervisor') });
const noLeavers = { leave: { floor: 0, fraction: 0 } };

const all = (count: number, item: readonly string[]) => Array.from({ length: count }, () => item);
const judged = (of: Plan, limits: LimitLevel['limits'] = {}) =>
  judge(of, { levels: [level(50, { limits })] }).held.items.map(({ change, class: by }) => [change.kind, by]);

describe('classes', () => {
  test('who is away counts among removals, not among leavers', () => {
    const away = planFor({ sync: withThen({ away: 'disable' }), ...movers(names(3), { status: 'leave' }) });
    expect(judged(away, noLeavers)).toEqual(all(3, ['disable', 'remove']));
  });

  test('a changed address counts as a rename whatever else changes', () => {
    const ids = names(6);
    const plan = planFor({
      people: ids.map((id) => person(id, { email: `${id}@new.example.com`, first_name: 'New' })),
      accounts: ids.map((id) => account(id)),
      links: ids.map((id) => link(id)),
      sync: { attributes: [emailAttribute, firstName] },
    });
    expect(judged(plan)).toEqual(all(6, ['update', 'rename']));
  });

  test('a manager who only comes is an update of those who were there', () => {
    const ids = names(21);
    const plan = planFor({
      sync: { attributes: [manager] },
      people: [person('boss'), ...ids.map((id) => person(id, { supervisor: 'boss' }))],
      accounts: ids.map((id) => account(id, { manager: 'acc-old' })),
      links: ids.map((id) => link(id)),
    });
    expect(judged(plan)).toEqual(all(21, ['update', 'update']));
  });

  test('a manager who is owed does not carry other changes past the limit', () => {
    const ids = names(21);
    const plan = planFor({
      sync: { attributes: [firstName, manager] },
      people: [person('boss'), ...ids.map((id) => person(id, { first_name: 'New', supervisor: 'boss' }))],
      accounts: [account('boss'), ...ids.map((id) => account(id))],
      links: [link('boss'), ...ids.map((id) => link(id))],
    });
    expect(judged(plan)).toEqual(all(21, ['update', 'update']));
  });

  test('opening accounts again is limited as updates are', () => {
    const ids = names(21);
    const plan = planFor({
      people: ids.map((id) => person(id)),
      accounts: ids.map((id) => account(id, {}, { active: false })),
      links: ids.map((id) => link(id)),
    });
    expect(judged(plan)).toEqual(all(21, ['enable', 'update']));
  });

  test('what was emptied earlier counts for the same attribute', () => {
    const plan = planFor({ sync: { attributes: [phone] }, ...movers(names(1), {}, { phone: '1' }) });
    const after = (key: string) =>
      judge(plan, { levels: [level(50, { counted: new Map([[key, 2]]) })] }).held.items.length;
    expect([after('clear/phone'), after('clear/first_name')]).toEqual([1, 0]);
  });

  test('a level that says nothing does not hide the next', () => {
    const levels = [
      level(1000),
      level(0, { name: 'target connection' }),
      level(0, { name: 'installation', limits: { leave: { atMost: 5 } } }),
    ];
    expect(judge(leavers(6), { levels }).held.items).toHaveLength(6);
  });

  test('creates are limited also where only a fraction is said', () => {
    const plan = planFor({ people: names(6).map((id) => person(id)) });
    expect(judged(plan, { create: { fraction: 0.1 } })).toEqual(all(6, ['create', 'create']));
    expect(judged(plan, { create: { floor: 5 } })).toEqual(all(6, ['create', 'create']));
  });
});
