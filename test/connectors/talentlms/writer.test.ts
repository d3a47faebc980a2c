import { afterEach, describe, expect, test } from 'vitest';
import type { Order } from '../../../src/model/order.ts';
import type { VendorRequest } from '../../vendors/loopback.ts';
import { order, people, type Bench } from './bench.ts';
import { noor, openPortal, resolve } from './writing.ts';

let open: Bench | undefined;
afterEach(() => open?.portal.close());

async function bench(options: Parameters<typeof openPortal>[0] = {}): Promise<Bench> {
  open = await openPortal(options);
  return open;
}

function isSearch({ path, query }: VendorRequest): boolean {
  return path.endsWith('/users') && query.size > 2;
}

function inBranch(n: number): Order {
  return { ...noor(n), scope: { branch: 'emea' } };
}

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
      expect(await apply([noor(1, { last_name: 'Bakker' })])).toMatchObject([
        { outcome: 'rejected', error: { reason: 'AlreadyExists' } },
      ]);
    }
  });

  test('a create that met an account just as it would have made it is looked up: something sent it twice', async () => {
    const of = await bench();
    await of.apply([noor(1)]);
    expect(await of.apply([noor(1)])).toMatchObject([
      { outcome: 'unknown', error: { reason: 'AlreadyThere', fate: 'person' } },
    ]);
    expect(await resolve(of, noor(1))).toEqual({ state: 'done', accountId: '1' });
    expect(of.portal.users.size).toBe(1);
    const nobody = {
      _data: [],
      _meta: { pagination: { page: 1, page_size: 100, total_items: 0, total_pages: 1 } },
    };
    of.portal.loopback.fail(
      isSearch,
      { kind: 'answer', answer: { status: 200, body: nobody } },
      { times: 2 },
    );
    expect(await of.apply([noor(1, { last_name: 'Bakker' })])).toMatchObject([
      { outcome: 'unknown', error: { reason: 'AlreadyThere', fate: 'person' } },
    ]);
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

  test('an account that did not get into it is not called done, not made again, and completed', async () => {
    const of = await bench();
    of.portal.loopback.fail(({ path }) => path.endsWith('/branch-users'), { kind: 'reset' }, { times: 99 });
    const create = inBranch(1);
    expect(await of.apply([create])).toMatchObject([{ outcome: 'unknown', accountId: '1' }]);
    expect(await resolve(of, create)).toEqual({ state: 'unfinished', accountId: '1' });
    of.portal.loopback.heal();
    const kept = Object.entries(create.set).filter(([name]) => name !== 'password');
    const completion = { ...create, accountId: '1', set: Object.fromEntries(kept) };
    expect(await of.apply([completion])).toMatchObject([{ outcome: 'applied', accountId: '1' }]);
    expect(of.portal.byLogin('noor1')).toMatchObject({ branches: new Set([3]), status: 'active' });
    expect(of.portal.byLogin('noor1').custom.get(1)).toBe('H-1');
    expect(of.portal.users.size).toBe(1);
    expect(await resolve(of, create)).toEqual({ state: 'done', accountId: '1' });
    expect(await resolve(of, inBranch(2))).toEqual({ state: 'not-done' });
  });

  test('somebody else’s account with our login and another name is left where it is', async () => {
    const of = await bench();
    of.portal.addUser({ login: 'noor1', name: 'Nora', surname: 'Jansen', email: 'noor1@example.org' });
    expect(await resolve(of, inBranch(1))).toEqual({ state: 'unknown' });
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
