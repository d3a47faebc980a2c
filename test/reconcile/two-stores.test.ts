import { describe, expect, test } from 'vitest';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import type { Store } from '../../src/store/store.ts';
import { Office } from './office.ts';

/** Two installations with stores of their own, which know nothing of each other: one HR system, one target, one time. */
async function openTwo(): Promise<{ one: Office; two: Office }> {
  const one = await Office.open();
  const two = await Office.open();
  const { target, sources, time } = one.world;
  Object.assign(two.world, { target, sources, time });
  return { one, two };
}

const writes: ReadonlySet<string | symbol> = new Set<keyof Store>([
  'acquireLease',
  'beginRun',
  'saveSyncState',
  'saveHeld',
  'recordIntents',
  'settle',
  'saveLinks',
  'recordPopulation',
  'endRun',
]);

/** Does `work` once, in the middle of a pass: just before its n-th write to its store or to the target. */
function interrupted(at: number, work: () => Promise<unknown>): (deps: PassDeps) => PassDeps {
  let count = 0;
  const step = async (): Promise<void> => {
    count += 1;
    if (count === at) await work();
  };
  return ({ store, target, ...deps }) => ({
    ...deps,
    store: new Proxy(store, {
      get: (inner, name) => {
        const method: unknown = Reflect.get(inner, name);
        if (typeof method !== 'function' || !writes.has(name)) return method;
        return async (...args: unknown[]) => {
          await step();
          return (await Reflect.apply(method, inner, args)) as unknown;
        };
      },
    }),
    target: {
      ...target,
      openWriter: () => {
        const writer = target.openWriter();
        return {
          async *apply(orders, signal) {
            for await (const order of orders) {
              await step();
              yield* writer.apply(only(order), signal);
            }
          },
          close: async () => await writer.close(),
        };
      },
    },
  });
}

async function* only<T>(one: T): AsyncGenerator<T> {
  yield one;
}

/** How many accounts each person has. */
function accountsOf({ world }: Office): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { values } of world.target.accounts.values()) {
    const id = values['hris_id'] ?? 'nobody';
    counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts;
}

async function linksOf({ world }: Office): Promise<readonly string[]> {
  return (await world.store.links('staff')).map(({ personId, state }) => `${personId} ${state}`);
}

describe('two stores on one target', () => {
  test('who was made by one is adopted by the other, and after that nobody writes', async () => {
    const { one, two } = await openTwo();
    one.hr({ ada: {}, ben: { manager: 'ada' }, cleo: {} });
    await one.pass();
    one.wrote();
    expect(await two.ends()).toBe('applied');
    expect(await one.ends()).toBe('settled');
    expect(await two.ends()).toBe('settled');
    expect(one.wrote()).toEqual([]);
    expect(await linksOf(two)).toEqual(['ada active', 'ben active', 'cleo active']);
  });

  test('an account is known again by the identity that the other wrote, under whatever address', async () => {
    const { one, two } = await openTwo();
    one.hr({ ada: {}, ben: {} });
    await one.pass();
    const ada = one.accountOf('ada');
    const { accounts } = one.world.target;
    const values = { email: 'renamed@example.test', login: 'renamed@example.test' };
    if (ada !== undefined) accounts.set(ada.id, { ...ada, values: { ...ada.values, ...values } });
    one.wrote();
    for (const office of [two, one]) await office.pass();
    expect(one.wrote()).toEqual(['update ada']);
    expect(accountsOf(one)).toEqual({ ada: 1, ben: 1 });
    expect(await linksOf(two)).toEqual(['ada active', 'ben active']);
  });

  test('who leaves, moves and comes is written once, by whoever looks first', async () => {
    const { one, two } = await openTwo();
    one.hr({ ada: {}, ben: {}, cleo: {} });
    for (const office of [one, two]) await office.pass();
    one.wrote();
    one.hr({ ada: { status: 'inactive' }, ben: { email: 'moved@example.test' }, dora: {} });
    expect(await two.ends()).toBe('applied');
    expect(one.wrote()).toEqual(['create dora', 'disable ada', 'update ben']);
    await one.pass();
    expect(await one.ends()).toBe('settled');
    expect(await two.ends()).toBe('settled');
    expect(one.wrote()).toEqual([]);
    expect(accountsOf(one)).toEqual({ ada: 1, ben: 1, cleo: 1, dora: 1 });
  });

  const moments = Array.from({ length: 24 }, (_, index) => index + 1);
  test.each([0, ...moments])(
    'one works in the target before write %i of the other, or (0) both at once, step by step',
    async (at) => {
      const { one, two } = await openTwo();
      one.hr({ leaver: {}, mover: {} });
      for (const office of [one, two]) await office.pass();
      one.stranger({ email: 'known@example.test', login: 'known@example.test' });
      one.hr({
        boss: {},
        joiner: { manager: 'boss' },
        known: {},
        leaver: { status: 'inactive' },
        mover: { email: 'moved@example.test' },
      });
      if (at === 0) await Promise.all([one.world.pass('staff'), two.world.pass('staff')]);
      else {
        one.world.change = interrupted(at, async () => await two.world.pass('staff'));
        await one.pass();
        one.world.change = (deps) => deps;
      }
      for (const office of [two, one, two]) await office.pass();
      one.wrote();
      expect([await one.ends(), await two.ends()]).toEqual(['settled', 'settled']);
      expect(one.wrote()).toEqual([]);
      expect(accountsOf(one)).toEqual({ boss: 1, joiner: 1, known: 1, leaver: 1, mover: 1 });
      expect(one.accountOf('joiner')?.values['manager']).toBe(one.accountOf('boss')?.id);
      expect(one.accountOf('leaver')?.active).toBe(false);
    },
  );

  test('where their specs say different things, it ends: the value is reported and left alone', async () => {
    const { one, two } = await openTwo();
    await two.revise({ department: 'upper case' });
    one.hr({ ada: {}, ben: {} });
    for (let round = 0; round < 8; round += 1) for (const office of [one, two]) await office.pass();
    one.wrote();
    for (let round = 0; round < 3; round += 1) for (const office of [one, two]) await office.pass();
    expect(one.wrote()).toEqual([]);
    const { conditions } = await one.world.store.syncState('staff');
    expect(conditions.find(({ type }) => type === 'Drifted')).toMatchObject({ reason: 'NotConverging' });
  });

  test("an account that carries another installation's person is never taken", async () => {
    const { one, two } = await openTwo();
    one.hr({ ada: {} });
    await one.pass();
    const taken = one.stranger({
      email: 'ben@example.test',
      login: 'ben@example.test',
      hris_id: 'elsewhere-7',
    });
    one.hr({ ben: {} });
    one.wrote();
    for (const office of [one, two, one, two]) await office.pass();
    expect(one.wrote()).toEqual([]);
    expect(one.world.target.accounts.get(taken.id)?.values['hris_id']).toBe('elsewhere-7');
    expect(await linksOf(two)).toEqual(['ada active']);
    const [run] = await one.world.store.runs({ sync: 'staff', limit: 1 });
    const people = await one.world.store.people(run?.id ?? '');
    expect(people.map(({ personId, situation }) => [personId, situation])).toEqual([['ben', 'disputed']]);
  });
});
