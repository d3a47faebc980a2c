import { describe, expect, test } from 'vitest';
import type { Change, Plan } from '../../src/model/change.ts';
import type { HeldItem, HeldSet } from '../../src/model/hold.ts';
import { digestOf } from '../../src/plan/digest.ts';
import type { GuardInput } from '../../src/plan/guard-input.ts';
import { day, noon } from './columns.ts';
import { approved, judge, leavers, level, movers, names, phone } from './judging.ts';
import { account, hash, link, person } from './people.ts';
import { clause, isOneOf, mapped, reads, withThen } from './specs.ts';
import { planFor } from './summary.ts';

const inSales = { who: [clause('who[0]', isOneOf('department', 'Sales'))] };
const firstName = mapped('first_name', reads('first_name'));
const manager = mapped('manager', { kind: 'person', expression: reads('supervisor') });
const item = { reason: 'ApprovalRequired', message: '' } as const;

function setOf(items: readonly HeldItem[], sync = 'staff'): HeldSet {
  return { sync, digest: digestOf(items, hash), items };
}

function changeOf(id: string, { changes }: Plan): Change {
  const change = changes.find(({ personId }) => personId === id);
  if (change === undefined) throw new Error(`nothing is planned for ${id}`);
  return change;
}

const removal = (deed: 'disable' | 'delete', more: Parameters<typeof link>[1] = {}) =>
  changeOf(
    'ada',
    planFor({
      sync: { ...inSales, ...withThen({ outOfScope: deed }) },
      people: [person('ada', { department: 'Legal' })],
      accounts: [account('ada'), account('ada', {}, { id: 'acc-2' })],
      links: [link('ada', more)],
    }),
  );
const managed = (supervisor: string) =>
  changeOf(
    'ada',
    planFor({
      sync: { attributes: [manager] },
      people: [person('ada', { supervisor }), person('bob'), person('carl')],
      accounts: [account('ada')],
      links: [link('ada')],
    }),
  );

const emptied = (ids: readonly string[]) =>
  planFor({ sync: { attributes: [phone] }, ...movers(ids, {}, { phone: '1' }) });

describe('an approval', () => {
  test('is what an attribute waits for, also where its column collapsed as well', () => {
    const plan = planFor({
      sync: { attributes: [firstName, phone] },
      ...movers(['ada'], { first_name: 'New', phone: '1' }),
    });
    const always = { approval: 'always' } as const;
    const change = changeOf('ada', plan);
    const { held } = approved(
      plan,
      setOf([{ ...item, change, attribute: 'first_name' }]),
      { collapsed: new Map([['phone', 'odd']]) },
      always,
    );
    expect(held.items.map(({ attribute, reason }) => [attribute, reason])).toEqual([
      ['phone', 'ApprovalRequired'],
    ]);
  });

  test('of emptied attributes leaves the limit to others', () => {
    const { held } = judge(emptied(names(3)));
    expect(approved(emptied(names(5)), held).released).toHaveLength(5);
  });

  test('of one attribute does not adopt the account', () => {
    const plan = planFor({ people: [person('ada')], accounts: [account('ada', { first_name: 'Old' })] });
    const { held } = judge(plan, { collapsed: new Map([['first_name', 'odd']]) });
    expect(held.items.map(({ attribute }) => attribute)).toEqual(['first_name']);
    const levels = [level(50, { limits: { adopt: { atMost: 0 } } })];
    expect(approved(plan, held, { levels }).released).toEqual([]);
  });

  test('releases nobody who needs what is held, and is not used up', () => {
    const plan = planFor({
      people: [person('ada', { email: 'bob@example.com' }), person('bob', { email: 'new@example.com' })],
      accounts: [account('ada'), account('bob')],
      links: [link('ada'), link('bob')],
    });
    const ada = changeOf('ada', plan);
    const levels = [level(50, { limits: { rename: { atMost: 0 } } })];
    for (const part of [{}, { attribute: 'email' }]) {
      const judged = approved(plan, setOf([{ ...item, change: ada, ...part }]), { levels });
      expect(judged.released).toEqual([]);
      expect(judged.approvals).toEqual([]);
    }
  });

  const plan = leavers(6);
  const { held } = judge(plan);
  const approval = (more: { readonly sync?: string; readonly expires?: string }) => ({
    name: 'ok',
    sync: 'staff',
    digest: held.digest,
    by: 'boss',
    expires: new Date(noon + day).toISOString(),
    reason: undefined,
    place: { file: 'approvals.yaml', line: 1, column: 1 },
    ...more,
  });
  const open = (set: HeldSet) =>
    new Map([[held.digest, { set, done: new Set<string>(), state: 'open' as const }]]);

  test.each<[string, Partial<GuardInput>]>([
    [
      'for another sync',
      { approvals: [approval({ sync: 'interns' })], approvedSets: open({ ...held, sync: 'interns' }) },
    ],
    ['of what another sync holds', { approvedSets: open({ ...held, sync: 'interns' }) }],
    ['with a date that is none', { approvals: [approval({ expires: 'for ever' })] }],
  ])('%s releases nothing', (_, more) => {
    expect(approved(plan, held, more).released).toEqual([]);
  });

  test.each([
    ['another account of the person', removal('disable'), removal('disable', { accountId: 'acc-2' })],
    ['another deed', removal('disable'), removal('delete')],
    ['another manager', managed('bob'), managed('carl')],
  ])('is void for %s', (_, one, other) => {
    expect(digestOf([{ ...item, change: other }], hash)).not.toBe(digestOf([{ ...item, change: one }], hash));
  });

  test('is the same in whatever order the items stand', () => {
    expect(held.items).toHaveLength(6);
    expect(digestOf(held.items.toReversed(), hash)).toBe(held.digest);
  });
});
