import { afterEach, describe, expect, test } from 'vitest';
import { talentlms } from '../../../src/connectors/talentlms/connector.ts';
import type { Intent, Order } from '../../../src/model/order.ts';
import type { Value } from '../../../src/model/value.ts';
import { fakeClock } from '../../contract/context.ts';
import type { SeedField } from '../../vendors/talentlms/state.ts';
import type { VendorRequest } from '../../vendors/loopback.ts';
import { never, openBench, order, people, type Bench } from './bench.ts';

let open: Bench | undefined;
afterEach(() => open?.portal.close());

const customFields: readonly SeedField[] = [
  { name: 'hris_id', type: 'text' },
  { name: 'division', type: 'dropdown', values: ['North', 'South'] },
  { name: 'hireDate', type: 'date' },
  { name: 'remote', type: 'checkbox' },
];

async function bench(options: Parameters<typeof openBench>[0] = {}): Promise<Bench> {
  open = await openBench({ clock: fakeClock(), customFields, branches: ['emea'], ...options });
  return open;
}

function noor(n: number, more: Readonly<Record<string, Value>> = {}): Order {
  return order({
    kind: 'create',
    set: {
      login: `noor${n}`,
      email: `noor${n}@example.org`,
      first_name: 'Noor',
      last_name: 'Jansen',
      password: 'Invented-secret-1',
      'custom.hris_id': `H-${n}`,
      ...more,
    },
    identity: { 'custom.hris_id': `H-${n}` },
  });
}

async function resolve(of: Bench, intent: Order) {
  const reader = talentlms.openReader(of.context);
  try {
    return await reader.resolve(intentOf(intent), never);
  } finally {
    await reader.close();
  }
}

/** A batch that holds user 6. */
function spoilt({ path, text }: VendorRequest): boolean {
  return path.endsWith('/batch/users') && text.includes('"id":6,');
}

function division(id: string, value: string): Order {
  return order({ kind: 'update', accountId: id, set: { 'custom.division': value } });
}

function inBranch(n: number): Order {
  return { ...noor(n), scope: { branch: 'emea' } };
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
    const { portal, apply } = opened(await bench({ users: people(1) }));
    portal.pendingPolls = 1_000;
    const update = order({ kind: 'update', accountId: '1', set: { 'custom.division': 'South' } });
    const [result] = await apply([update]);
    expect(result).toMatchObject({ outcome: 'unknown', error: { reason: 'TaskPending', fate: 'waiting' } });
    expect(await resolve(opened(open), update)).toEqual({ state: 'not-done' });
    portal.users.get(1)?.custom.set(2, 'South');
    expect(await resolve(opened(open), update)).toEqual({ state: 'done', accountId: '1' });
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

describe('creating', () => {
  test('40 people costs a request each, one more for every batch, and the polls of its task', async () => {
    const { portal, apply, cost } = await bench();
    const results = await apply(Array.from({ length: 40 }, (_, n) => noor(n)));
    expect(results.filter((one) => one.outcome === 'applied')).toHaveLength(40);
    expect(cost()['POST users']).toBe(40);
    expect(cost()['POST batch/users']).toBeLessThan(20);
    expect([...portal.users.values()].every((user) => user.custom.has(1))).toBe(true);
  });

  test('the password is sent and told to nobody', async () => {
    const { portal, apply } = await bench();
    const results = await apply([noor(1, { language: 'nl' })]);
    expect(portal.byLogin('noor1')).toMatchObject({
      password: 'Invented-secret-1',
      locale: 'nl-NL',
      status: 'active',
    });
    expect(JSON.stringify(results)).not.toContain('Invented-secret-1');
    expect(results[0]?.sent).toMatchObject({ login: 'noor1', language: 'nl-NL', 'custom.hris_id': 'H-1' });
    expect(results[0]?.received).toMatchObject({ login: 'noor1', language: 'nl-NL' });
  });

  test('a portal that answers with the id only gives the same account', async () => {
    const { portal, apply } = await bench();
    portal.createAnswer = 'id';
    expect(await apply([noor(1)])).toMatchObject([{ outcome: 'applied', accountId: '1' }]);
  });

  test.each([
    { what: 'without a last name', set: { last_name: undefined }, reason: 'MissingAttribute' },
    { what: 'with an empty e-mail', set: { email: '' }, reason: 'CannotClear' },
    {
      what: 'with an attribute that is read only',
      set: { user_type: 'Trainer' },
      reason: 'ReadOnlyAttribute',
    },
  ])('$what: nothing is sent', async ({ set, reason }) => {
    const { portal, apply } = await bench();
    const full = noor(1);
    const merged = Object.entries({ ...full.set, ...set }).filter(([, value]) => value !== undefined);
    const results = await apply([{ ...full, set: Object.fromEntries(merged) as Order['set'] }]);
    expect(results).toMatchObject([{ outcome: 'not-sent', error: { reason, fate: 'person' } }]);
    expect(portal.loopback.writes()).toEqual([]);
  });

  test('a login in use is told apart by its reason, whether the error stands at the top or below "error"', async () => {
    const { portal, apply } = await bench();
    await apply([noor(1)]);
    for (const shape of ['top', 'nested'] as const) {
      portal.errorShape = shape;
      expect(await apply([noor(1)])).toMatchObject([
        { outcome: 'rejected', error: { reason: 'AlreadyExists' } },
      ]);
    }
  });

  test('an account made whose custom fields were refused is unknown with its id, then found done', async () => {
    const of = await bench();
    const create = noor(1, { 'custom.division': 'Noordwijk' });
    const [result] = await of.apply([create]);
    expect(result).toMatchObject({ outcome: 'unknown', accountId: '1', error: { fate: 'person' } });
    expect(result?.error?.message).toContain('the account was created; then:');
    expect(await resolve(of, create)).toEqual({ state: 'done', accountId: '1' });
  });
});

describe('a branch', () => {
  test('takes up who is created for it', async () => {
    const { portal, apply } = await bench();
    expect(await apply([inBranch(1)])).toMatchObject([{ outcome: 'applied' }]);
    expect(portal.byLogin('noor1').branches).toEqual(new Set([3]));
  });

  test('joining whose answer is lost once is asked again, and being there already is fine', async () => {
    const { portal, apply } = await bench();
    portal.loopback.fail(({ path }) => path.endsWith('/branch-users'), { kind: 'lost' });
    expect(await apply([inBranch(1)])).toMatchObject([{ outcome: 'applied' }]);
    expect(portal.byLogin('noor1').branches).toEqual(new Set([3]));
  });

  test('an account that did not get into it is not called done, and not made again', async () => {
    const of = await bench();
    of.portal.loopback.fail(({ path }) => path.endsWith('/branch-users'), { kind: 'reset' }, { times: 99 });
    const create = inBranch(1);
    expect(await of.apply([create])).toMatchObject([{ outcome: 'unknown', accountId: '1' }]);
    expect(await resolve(of, create)).toEqual({ state: 'unknown' });
    of.portal.byLogin('noor1').branches.add(3);
    expect(await resolve(of, create)).toEqual({ state: 'done', accountId: '1' });
    expect(await resolve(of, inBranch(2))).toEqual({ state: 'not-done' });
  });

  test('that does not exist stops until a person acts, and nobody is created', async () => {
    const { portal, apply } = await bench();
    const results = await apply([{ ...noor(1), scope: { branch: 'EMEA' } }]);
    expect(results).toMatchObject([
      { outcome: 'rejected', error: { reason: 'UnknownBranch', fate: 'stalled' } },
    ]);
    expect(portal.users.size).toBe(0);
  });
});

describe('updating', () => {
  test('an inactive account leaves it inactive: the status that PATCH asks for is the one it has', async () => {
    const { portal, apply } = await bench({ users: [{ ...people(1)[0], status: 'inactive' } as never] });
    await apply([order({ kind: 'update', accountId: '1', set: { first_name: 'Ida' } })]);
    expect(portal.users.get(1)).toMatchObject({ name: 'Ida', status: 'inactive' });
  });

  test('an account that became an administrator meanwhile is not touched', async () => {
    const { portal, apply } = await bench({ users: people(1) });
    Object.assign(portal.users.get(1) ?? {}, { userType: 'Administrator' });
    const results = await apply([order({ kind: 'update', accountId: '1', set: { first_name: 'Ida' } })]);
    expect(results).toMatchObject([{ outcome: 'not-sent', error: { reason: 'Protected', fate: 'person' } }]);
    expect(portal.loopback.writes()).toEqual([]);
  });

  test('who is enabled again is not switched off by a deactivation date in the past', async () => {
    const { portal, apply } = await bench({
      users: [
        { ...people(1)[0], status: 'inactive', deactivationDate: '2026-03-31T00:00:00+00:00' } as never,
      ],
    });
    await apply([order({ kind: 'enable', accountId: '1' })]);
    expect(portal.users.get(1)).toMatchObject({ status: 'active', deactivationDate: null });
  });

  test('a leaver is disabled by one request, and keeps what is not ours', async () => {
    const { portal, apply, cost } = await bench({ users: people(1) });
    await apply([order({ kind: 'disable', accountId: '1' })]);
    expect(portal.users.get(1)).toMatchObject({ status: 'inactive', name: 'Ada', emailNotifications: true });
    expect(cost()).toEqual({ 'PATCH users/N': 1 });
  });

  test('deleting who is gone already is done', async () => {
    const { apply } = await bench();
    expect(await apply([order({ kind: 'delete', accountId: '7' })])).toMatchObject([
      { outcome: 'applied', accountId: '7' },
    ]);
  });

  test('with the hour used up nothing is sent, and we wait', async () => {
    const { apply } = await bench({ users: people(1), limits: { perHour: 1, per5s: 200 } });
    const results = await apply([
      order({ kind: 'disable', accountId: '1' }),
      order({ kind: 'disable', accountId: '1' }),
    ]);
    expect(results.map((one) => one.outcome).toSorted()).toEqual(['applied', 'not-sent']);
    expect(results.find((one) => one.outcome === 'not-sent')?.error?.fate).toBe('waiting');
  });
});

/** What an intent remembers besides its order is nothing to the connector. */
function intentOf(given: Order): Intent {
  const applied = { keyId: 'k', hashes: new Uint8Array() };
  return { ...given, situation: 'unmatched', applied, mapping: 'm', counts: [] } as unknown as Intent;
}

function opened(one: Bench | undefined): Bench {
  if (one === undefined) throw new Error('no portal is open');
  return one;
}
