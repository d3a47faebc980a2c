import { describe, expect, test } from 'vitest';
import { isNothing, type Value } from '../../src/model/value.ts';
import { account, withSystem, type Bench } from './bench.ts';
import { describeOrders } from './orders.ts';
import type { ContractSubject, TargetSubject } from './subject.ts';

/** Every kind of change that the connector declares: carried out, and read back as no difference. */
export function describeWriting<Config>(subject: ContractSubject<Config>, target: TargetSubject): void {
  describe('writing', () => {
    test('the connector declares what this suite covers', () =>
      withSystem(subject, (bench) => {
        expect(bench.reader.shape.abilities).toEqual(target.abilities);
        expect(bench.reader.shape.disabling).toEqual(target.disabling);
        const { config } = bench.context;
        const declared = subject.connector.disabling?.(config as Config, subject.entity ?? 'person');
        expect(declared).toEqual(target.disabling);
        expect(subject.connector.target).toBe(true);
        const writable = bench.reader.shape.attributes.filter((one) => one.write !== undefined);
        expect(writable.map((one) => one.name)).toEqual(
          expect.arrayContaining(Object.keys(target.account(1).set)),
        );
        if (target.abilities.update) expect(target.updates.length).toBeGreaterThan(0);
        for (const name of target.unique) {
          expect(writable.find((one) => one.name === name)?.unique).toBe(true);
        }
        return Promise.resolve();
      }));

    if (target.abilities.create) describeCreating(subject, target);
    if (target.abilities.update) describeUpdating(subject, target);
    if (target.abilities.disable && target.disabling === 'deletes') describeDisablingForGood(subject, target);
    else if (target.abilities.disable) describeSwitching(subject, target);
    if (target.abilities.delete) {
      test('a deleted account is gone', () =>
        withSystem(subject, async (bench) => {
          const id = await created(bench, target);
          await applied(
            bench,
            bench.order({ kind: 'delete', accountId: id, identity: target.account(1).identity }),
          );
          expect((await bench.system.state()).has(id)).toBe(false);
        }));

      test('deleting an account that is gone already is no failure of the pass', () =>
        withSystem(subject, async (bench) => {
          const id = await created(bench, target);
          const order = () =>
            bench.order({ kind: 'delete', accountId: id, identity: target.account(1).identity });
          await applied(bench, order());
          const { results } = await bench.apply([order()]);
          expect([bench.success, 'rejected']).toContain(results[0]?.outcome);
          if (results[0]?.outcome === 'rejected') expect(results[0].error?.fate).toBe('person');
        }));
    }

    if (target.abilities.create) describeOrders(subject, target);
  });
}

function describeCreating<Config>(subject: ContractSubject<Config>, target: TargetSubject): void {
  test('a created account is there once, can be used, and reads back as no difference', () =>
    withSystem(subject, async (bench) => {
      const id = await created(bench, target);
      expect((await bench.system.state()).size).toBe(1);
      await expectReadsBack(bench, id, target.account(1).set);
      const now = await account(bench, id, Object.keys(target.account(1).set));
      expect(now?.active).toBe(true);
    }));

  if (target.abilities.createDisabled === true) {
    test('an account that is made ahead is there once, is found, and cannot be used until it is enabled', () =>
      withSystem(subject, async (bench) => {
        const { set, identity } = target.account(1);
        const { results } = await bench.apply([
          bench.order({ kind: 'create', set, identity, active: false }),
        ]);
        expect(results.map((result) => result.outcome)).toEqual([bench.success]);
        const id = results[0]?.accountId ?? '';
        expect((await bench.system.state()).size).toBe(1);
        await expectReadsBack(bench, id, set);
        expect((await account(bench, id, Object.keys(set)))?.active).toBe(false);
        await applied(bench, bench.order({ kind: 'enable', accountId: id, identity }));
        expect((await account(bench, id, Object.keys(set)))?.active).toBe(true);
      }));
  }

  test('an account is found by its identity', () =>
    withSystem(subject, async (bench) => {
      const id = await created(bench, target);
      for (const [attribute, value] of Object.entries(target.account(1).identity)) {
        const want = { attributes: Object.keys(target.account(1).identity) };
        const found = await bench.reader.find(want, [{ attribute, value }], new AbortController().signal);
        expect(found.map((row) => row.id)).toEqual([id]);
      }
    }));

  for (const name of target.unique) {
    test(`a second account with a ${name} that is in use is refused for that person only`, () =>
      withSystem(subject, async (bench) => {
        const first = target.account(1);
        await created(bench, target);
        const second = target.account(2);
        const taken = { ...second.set, [name]: first.set[name] ?? null };
        const third = target.account(3);
        const { results, gone } = await bench.apply([
          bench.order({
            kind: 'create',
            set: taken,
            identity: { ...second.identity, ...pick(taken, second.identity) },
          }),
          bench.order({ kind: 'create', ...third }),
        ]);
        expect(gone).toBeUndefined();
        const outcomes = results.map((result) => result.outcome).toSorted();
        expect(outcomes).toEqual([bench.success, 'rejected']);
        expect(results.find((one) => one.outcome === 'rejected')?.error?.fate).toBe('person');
        expect((await bench.system.state()).size).toBe(2);
      }));
  }
}

function describeUpdating<Config>(subject: ContractSubject<Config>, target: TargetSubject): void {
  for (const update of target.updates) {
    test(`${update.name}: read back as no difference, also when sent twice`, () =>
      withSystem(subject, async (bench) => {
        const id = await created(bench, target);
        const order = () =>
          bench.order({
            kind: 'update',
            accountId: id,
            set: update.set,
            identity: target.account(1).identity,
          });
        await applied(bench, order());
        await expectReadsBack(bench, id, { ...target.account(1).set, ...update.set });
        await applied(bench, order());
        await expectReadsBack(bench, id, { ...target.account(1).set, ...update.set });
      }));
  }

  test('what the connector does not know of a record survives an update', () =>
    withSystem(subject, async (bench) => {
      const [id] = await bench.system.put(1);
      if (id === undefined) throw new Error('nobody was put in');
      const before = target.unknownField((await bench.system.state()).get(id) ?? null);
      expect(before).toBeDefined();
      for (const update of target.updates) {
        await applied(bench, bench.order({ kind: 'update', accountId: id, set: update.set }));
      }
      expect(target.unknownField((await bench.system.state()).get(id) ?? null)).toEqual(before);
    }));

  test('an account that is gone is that person’s error', () =>
    withSystem(subject, async (bench) => {
      const set = target.updates[0]?.set ?? {};
      await bench.system.put(1);
      const { results } = await bench.apply([bench.order({ kind: 'update', accountId: '999999', set })]);
      expect(results[0]?.outcome).toBe('rejected');
      expect(results[0]?.error?.fate).toBe('person');
    }));
}

function describeSwitching<Config>(subject: ContractSubject<Config>, target: TargetSubject): void {
  test('a disabled account stays readable, keeps its values and cannot be used', () =>
    withSystem(subject, async (bench) => {
      const id = await created(bench, target);
      await applied(
        bench,
        bench.order({ kind: 'disable', accountId: id, identity: target.account(1).identity }),
      );
      const now = await account(bench, id, Object.keys(target.account(1).set));
      expect(now?.active).toBe(false);
      await expectReadsBack(bench, id, target.account(1).set);
      if (!target.abilities.enable) return;
      await applied(
        bench,
        bench.order({ kind: 'enable', accountId: id, identity: target.account(1).identity }),
      );
      expect((await account(bench, id, []))?.active).toBe(true);
      await expectReadsBack(bench, id, target.account(1).set);
    }));
}

function describeDisablingForGood<Config>(subject: ContractSubject<Config>, target: TargetSubject): void {
  test('a disabled account is gone, as the config accepts, and disabling it again is no failure of the pass', () =>
    withSystem(subject, async (bench) => {
      const { identity } = target.account(1);
      const accountId = await created(bench, target);
      await applied(bench, bench.order({ kind: 'disable', accountId, identity }));
      expect((await bench.system.state()).has(accountId)).toBe(false);
      await applied(bench, bench.order({ kind: 'disable', accountId, identity }));
    }));
}

/** Creates `account(1)`, or has somebody put in where none can be created, and says the id. */
export async function created(bench: Bench, target: TargetSubject): Promise<string> {
  if (!target.abilities.create) return (await bench.system.put(1))[0] ?? '';
  return applied(bench, bench.order({ kind: 'create', ...target.account(1) }));
}

async function applied(bench: Bench, order: Parameters<Bench['apply']>[0][number]): Promise<string> {
  const { results, gone } = await bench.apply([order]);
  if (gone !== undefined) throw gone;
  expect(results).toHaveLength(1);
  expect(results[0]?.error?.message).toBeUndefined();
  expect(results[0]).toMatchObject({ key: order.key, outcome: bench.success });
  const id = results[0]?.accountId ?? '';
  expect(id).not.toBe('');
  if (order.accountId !== null) expect(id).toBe(order.accountId);
  return id;
}

/** What was sent and what is read are the same in the connector's canonical form; a cleared attribute holds nothing. */
export async function expectReadsBack(
  bench: Bench,
  id: string,
  sent: Readonly<Record<string, Value>>,
): Promise<void> {
  const { shape } = bench.reader;
  const comparable = Object.keys(sent).filter(
    (name) => shape.attributes.find((one) => one.name === name)?.writeOnly !== true,
  );
  const now = await account(bench, id, comparable);
  expect(now).toBeDefined();
  const form = (name: string, value: Value | undefined) =>
    isNothing(value) || value === '' ? null : (shape.canonical(name)?.(value) ?? value);
  const seen = comparable.map((name) => [name, form(name, now?.values[name])]);
  expect(Object.fromEntries(seen)).toEqual(
    Object.fromEntries(comparable.map((name) => [name, form(name, sent[name])])),
  );
}

function pick(
  from: Readonly<Record<string, Value>>,
  names: Readonly<Record<string, Value>>,
): Record<string, Value> {
  return Object.fromEntries(
    Object.keys(names).flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])),
  );
}
