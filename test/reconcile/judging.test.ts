import { beforeEach, describe, expect, test } from 'vitest';
import type { LimitClass } from '../../src/model/change.ts';
import { judge } from '../../src/reconcile/judge.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import type { Limits } from '../../src/spec/compiled.ts';
import { leavers, movers, names, phone } from '../plan/judging.ts';
import { hash } from '../plan/people.ts';
import { sync } from '../plan/specs.ts';
import { planFor } from '../plan/summary.ts';
import { createMemoryStore } from '../simulator/memory/store.ts';
import { leaseOf, noon, setClock } from '../store/fixtures.ts';

const hour = 3_600_000;
const day = 24 * hour;
const nobodyElse = { target: {}, installation: {} };

const onTarget = (atMost: number) => ({ ...nobodyElse, target: { leave: { atMost, floor: 99 } } });
const onAll = (atMost: number) => ({ ...nobodyElse, installation: { leave: { atMost, floor: 99 } } });

let store: PassDeps['store'];
beforeEach(() => {
  store = createMemoryStore(setClock());
});

/** So many of a class were counted so long ago, by this sync unless another is named. */
async function before(count: number, ago: number, of: LimitClass = 'leave', by = 'staff', target = 'lms') {
  const changes = names(count, `${by}-${ago}-`).map((personId) => ({
    class: of,
    personId,
    ...(of === 'clear' ? { attribute: 'phone' } : {}),
  }));
  await store.recordCounts(by, target, changes, noon - ago, await leaseOf(store));
}

/** How many leavers are held, of a sync with 50 people. */
async function heldOf(
  plan: ReturnType<typeof leavers>,
  limits: Limits = {},
  shared: PassDeps['limits'] = nobodyElse,
  population = 50,
): Promise<number> {
  const deps = {
    sync: sync({ limits }),
    store,
    clock: setClock(),
    hash,
    approvals: [],
    limits: shared,
  } as Partial<PassDeps> as PassDeps;
  const memory = { links: new Map(), owners: new Map(), escrow: [], population, moved: false };
  return (await judge(plan, memory, new Map(), deps)).held.items.length;
}

describe('what was done earlier counts', () => {
  test('until a day has passed to the moment: the leavers of yesterday are not those of today', async () => {
    await before(5, day - 1);
    expect(await heldOf(leavers(1))).toBe(1);
    store = createMemoryStore(setClock());
    await before(5, day, 'leave');
    expect(await heldOf(leavers(5), { update: { windowMs: 7 * day } })).toBe(0);
  });

  test('for as long as the limit says, also for more than a day', async () => {
    await before(5, 6 * day);
    expect(await heldOf(leavers(1))).toBe(0);
    expect(await heldOf(leavers(1), { leave: { windowMs: 7 * day } })).toBe(1);
  });

  test('for no longer than the limit says', async () => {
    await before(5, 2 * hour);
    expect(await heldOf(leavers(1), { leave: { windowMs: hour } })).toBe(0);
  });

  test('over all passes together', async () => {
    for (const ago of [4, 3, 2, 1]) await before(1, ago * hour);
    expect(await heldOf(leavers(1))).toBe(0);
    await before(1, 5 * hour);
    expect(await heldOf(leavers(1))).toBe(1);
  });

  test('for each attribute by itself', async () => {
    const emptied = planFor({ sync: { attributes: [phone] }, ...movers(names(1), {}, { phone: '1' }) });
    await before(2, hour, 'clear');
    expect(await heldOf(emptied)).toBe(1);
  });

  test('of all syncs into the system, where that has a limit', async () => {
    await before(3, hour, 'leave', 'interns');
    await before(9, hour, 'leave', 'sales', 'crm');
    expect(await heldOf(leavers(2), {}, onTarget(5))).toBe(0);
    expect(await heldOf(leavers(2), {}, onTarget(4))).toBe(2);
  });

  test('of everybody, where the installation has a limit', async () => {
    await before(9, hour, 'leave', 'sales', 'crm');
    expect(await heldOf(leavers(2), {}, onAll(11))).toBe(0);
    expect(await heldOf(leavers(2), {}, onAll(10))).toBe(2);
  });
});

test('a share is one of the people that there were, not of those who are left', async () => {
  await store.recordPopulation('staff', 'lms', 100, noon - hour, await leaseOf(store));
  expect(await heldOf(leavers(10), {}, nobodyElse, 50)).toBe(0);
  expect(await heldOf(leavers(11), {}, nobodyElse, 50)).toBe(11);
});
