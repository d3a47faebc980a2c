import { describe, expect, test } from 'vitest';
import { day, noon } from './columns.ts';
import { judge, leavers, movers, names } from './judging.ts';
import { account, link, person, stranger } from './people.ts';
import { clause, isOneOf, withThen } from './specs.ts';
import { planFor } from './summary.ts';

const inSales = { who: [clause('who[0]', isOneOf('department', 'Sales'))] };
const gone = (id: string) => link(id, { absentReads: 1, absentSince: noon - 10 * day });

describe('the minimum of active accounts', () => {
  test('may be reached, and where nobody leaves it stops nothing', () => {
    expect(judge(leavers(2), { activeAccounts: 10 }, { minimumActive: 8 }).released).toHaveLength(2);
    const joins = planFor({ people: [person('ada')] });
    expect(judge(joins, { activeAccounts: 3 }, { minimumActive: 8 }).released).toHaveLength(1);
  });

  test('counts accounts that are deleted', () => {
    const plan = planFor({
      sync: { ...inSales, ...withThen({ outOfScope: 'delete' }) },
      ...movers(names(2), { department: 'Legal' }),
    });
    expect(judge(plan, { activeAccounts: 9 }, { minimumActive: 8 }).stopped).toBeDefined();
  });

  test('does not count those of leavers that are deleted after their time of grace: nobody has used them since', () => {
    const ended = { state: 'tombstone', ended: 'left', endedAt: noon - 91 * day } as const;
    const plan = planFor({
      sync: withThen({ deleteAfterMs: 90 * day }),
      people: names(2).map((id) => person(id, { lastDay: '2026-08-23' })),
      accounts: names(2).map((id) => account(id, {}, { active: false })),
      links: names(2).map((id) => link(id, ended)),
    });
    const judgement = judge(plan, { activeAccounts: 9 }, { minimumActive: 8 });
    expect(judgement.released.map(({ id }) => id)).toEqual(['delete/p000', 'delete/p001']);
  });
});

describe('people who vanished', () => {
  const plan = planFor({ accounts: [account('ada')], links: [gone('ada')] });

  test('are disabled without a question where the spec says so', () => {
    expect(judge(plan, {}, withThen({ vanished: 'disable' })).released).toHaveLength(1);
  });

  test('and wait for a yes do not use up what others may lose', () => {
    const ids = names(2);
    const moved = planFor({
      sync: { ...inSales, ...withThen({ outOfScope: 'disable' }) },
      people: ids.map((id) => person(id, { department: 'Legal' })),
      accounts: [account('ada'), ...ids.map((id) => account(id))],
      links: [gone('ada'), ...ids.map((id) => link(id))],
    });
    expect(judge(moved).released.map(({ id }) => id)).toEqual(ids.map((id) => `disable/${id}`));
  });
});

describe('a column that collapsed', () => {
  const collapsed = new Map([
    ['id', 'id: filled for 2 %'],
    ['first_name', 'first_name: filled for 2 %'],
  ]);

  test('keeps accounts from being adopted without their identity', () => {
    const plan = planFor({ people: [person('ada')], accounts: [stranger('ada')] });
    expect(judge(plan, { collapsed }).released).toEqual([]);
  });

  test('keeps nobody from being adopted of whom only another attribute waits', () => {
    const plan = planFor({ people: [person('ada')], accounts: [account('ada', { first_name: 'Old' })] });
    const { released, held } = judge(plan, { collapsed });
    expect(released.map(({ id, attributes }) => [id, attributes.length])).toEqual([['adopt/ada', 0]]);
    expect(held.items.map(({ attribute }) => attribute)).toEqual(['first_name']);
  });
});
