import { afterEach, describe, expect, test } from 'vitest';
import { TalentLmsWriter } from '../../../src/connectors/talentlms/writer.ts';
import type { Order } from '../../../src/model/order.ts';
import type { VendorRequest } from '../../vendors/loopback.ts';
import { never, order, people, type Bench } from './bench.ts';
import { openPortal, resolve } from './writing.ts';

let open: Bench | undefined;
afterEach(() => open?.portal.close());

async function bench(options: Parameters<typeof openPortal>[0] = {}): Promise<Bench> {
  open = await openPortal(options);
  return open;
}

/** A batch that holds user 6. */
function spoilt({ path, text }: VendorRequest): boolean {
  return path.endsWith('/batch/users') && text.includes('"id":6,');
}

function division(id: string, value: string): Order {
  return order({ kind: 'update', accountId: id, set: { 'custom.division': value } });
}

describe('custom fields', () => {
  test('of 250 accounts are written in batches, and every task is waited for', async () => {
    const { portal, apply, cost } = await bench({ users: people(250) });
    portal.pendingPolls = 3;
    const orders = [...portal.users.keys()].map((id) =>
      order({ kind: 'update', accountId: String(id), set: { 'custom.division': 'South' } }),
    );
    const results = await apply(orders);
    expect(results.map((one) => one.outcome)).toEqual(Array(250).fill('applied'));
    expect([...portal.users.values()].every((user) => user.custom.get(2) === 'South')).toBe(true);
    expect(cost()['POST batch/users']).toBeLessThanOrEqual(4);
    expect(cost()['PATCH users/N']).toBeUndefined();
    expect(cost()['GET users/N']).toBeUndefined();
  });

  test('are found by name at run time: the fourth field has index 5', async () => {
    const { portal, apply } = await bench({ users: people(1) });
    await apply([
      order({
        kind: 'update',
        accountId: '1',
        set: { 'custom.remote': true, 'custom.hireDate': '2025-02-03' },
      }),
    ]);
    expect(portal.users.get(1)?.custom).toEqual(
      new Map([
        [1, 'H-0'],
        [5, 'on'],
        [4, '2025-02-03'],
      ]),
    );
  });

  test('a value that the portal refuses is that person’s error, in the portal’s words without the value', async () => {
    const { portal, apply } = await bench({ users: people(3) });
    const results = await apply([division('1', 'North'), division('2', 'Noordwijk'), division('3', 'South')]);
    expect(results.map((one) => one.outcome)).toEqual(['applied', 'rejected', 'applied']);
    expect(results[1]?.error).toEqual({
      reason: 'Refused',
      message: 'TalentLMS refused it: "The value … is not valid for the field division"',
      fate: 'person',
    });
    expect(portal.users.get(3)?.custom.get(2)).toBe('South');
  });

  test('an entry that spoils a whole batch is found, and the others are written', async () => {
    const { portal, apply } = await bench({ users: people(8) });
    portal.loopback.fail(spoilt, { kind: 'answer', answer: { status: 422, body: {} } }, { times: 99 });
    const results = await apply(
      [...portal.users.keys()].map((id) =>
        order({ kind: 'update', accountId: String(id), set: { 'custom.division': 'South' } }),
      ),
    );
    const rejected = results.filter((one) => one.outcome === 'rejected');
    expect(rejected.map((one) => one.accountId)).toEqual(['6']);
    expect(results.filter((one) => one.outcome === 'applied')).toHaveLength(7);
  });

  test('a task that never ends leaves its accounts unknown, and looking tells', async () => {
    const of = await bench({ users: people(1) });
    of.portal.pendingPolls = 1_000;
    const update = order({ kind: 'update', accountId: '1', set: { 'custom.division': 'South' } });
    const [result] = await of.apply([update]);
    expect(result).toMatchObject({ outcome: 'unknown', error: { reason: 'TaskPending', fate: 'waiting' } });
    expect(await resolve(of, update)).toEqual({ state: 'not-done' });
    of.portal.users.get(1)?.custom.set(2, 'South');
    expect(await resolve(of, update)).toEqual({ state: 'done', accountId: '1' });
  });

  test('of one who is waited for before the next order is given are not held back for company', async () => {
    const { context, portal } = await bench({ users: people(2) });
    const answered = Promise.withResolvers<void>();
    async function* offer() {
      yield division('1', 'North');
      await answered.promise;
      yield division('2', 'South');
    }
    const writer = new TalentLmsWriter(context);
    const outcomes: string[] = [];
    for await (const { outcome } of writer.apply(offer(), never)) {
      outcomes.push(outcome);
      answered.resolve();
    }
    await writer.close();
    expect(outcomes).toEqual(['applied', 'applied']);
    expect(portal.users.get(2)?.custom.get(2)).toBe('South');
  });

  test('a field that the portal does not have stops until a person acts, and nothing is written', async () => {
    const { portal, apply } = await bench({ users: people(1) });
    const [result] = await apply([
      order({ kind: 'update', accountId: '1', set: { 'custom.Division': 'South' } }),
    ]);
    expect(result).toMatchObject({ outcome: 'rejected', error: { reason: 'UnknownField', fate: 'stalled' } });
    expect(result?.error?.message).toContain('it has "division"');
    expect(portal.loopback.writes()).toEqual([]);
  });
});
