import { expect, onTestFinished, test } from 'vitest';
import { torii as connector } from '../../../../src/connectors/torii/connector.ts';
import type { Order, Result } from '../../../../src/model/order.ts';
import type { Row } from '../../../../src/model/row.ts';
import { openTorii } from '../bench.ts';

const never = new AbortController().signal;

async function open(scim: Record<string, unknown> = {}) {
  const { torii, context } = await openTorii({ api: 'scim', scim });
  const [reader, writer] = [connector.openReader(context), connector.openWriter?.(context)];
  if (writer === undefined) throw new Error('log-ins can be written');
  onTestFinished(async () => void (await Promise.all([writer.close(), reader.close(), torii.close()])));
  const read = async () => {
    const rows: Row[] = [];
    for await (const batch of reader.read({ attributes: ['userName'] }, never)) rows.push(...batch);
    return rows.map(({ values, active, protected: isProtected = false }) => [values[0], active, isProtected]);
  };
  const carryOut = async (order: Partial<Order>) => {
    const results: Result[] = [];
    const usual = {
      key: 'k',
      kind: 'update',
      personId: 'p',
      accountId: null,
      set: {},
      identity: {},
      scope: {},
    };
    for await (const one of writer.apply(stream({ ...usual, ...order } as Order), never)) results.push(one);
    return results[0];
  };
  const looks = (id: number) =>
    torii.loopback.log.filter(({ method, path }) => method === 'GET' && path.endsWith(`/Users/${id}`)).length;
  return { torii, context, reader, read, carryOut, looks };
}

async function* stream(order: Order): AsyncGenerator<Order> {
  yield order;
}

test('who was deactivated by hand is still seen, though Torii’s list leaves them out, and asked for once a week', async () => {
  const { torii, context, read, looks } = await open();
  const noor = torii.addLogin({ userName: 'noor@example.org' });
  torii.addLogin({ userName: 'sam@example.org' });
  await read();
  noor.active = false;
  const both = [
    ['sam@example.org', true, false],
    ['noor@example.org', false, false],
  ];
  expect([await read(), await read(), await read()]).toEqual([both, both, both]);
  expect(looks(noor.id)).toBe(1);
  await context.clock.sleep(8 * 86_400_000, never);
  expect(await read()).toEqual(both);
  expect(looks(noor.id)).toBe(2);
  torii.logins.delete(noor.id);
  await context.clock.sleep(8 * 86_400_000, never);
  expect([await read(), await read()]).toEqual([[both[0]], [both[0]]]);
  expect(looks(noor.id)).toBe(3);
});

test('who is hidden is found by their name too, and enabled again as the same account', async () => {
  const { torii, reader, read, carryOut } = await open();
  const noor = torii.addLogin({ userName: 'noor@example.org', userType: 'IT', name: { givenName: 'Noor' } });
  await read();
  expect(await carryOut({ kind: 'disable', accountId: String(noor.id) })).toMatchObject({
    outcome: 'applied',
  });
  const key = { attribute: 'userName', value: 'Noor@example.org' };
  const found = await reader.find({ attributes: ['userType'] }, [key], never);
  expect(found).toEqual([{ id: String(noor.id), active: false, values: ['IT'] }]);
  const again = await carryOut({ kind: 'enable', accountId: String(noor.id) });
  expect(again).toMatchObject({ outcome: 'applied', accountId: String(noor.id) });
  expect(torii.logins.get(noor.id)).toMatchObject({
    active: true,
    userType: 'IT',
    name: { givenName: 'Noor' },
  });
  expect(await read()).toEqual([['noor@example.org', true, false]]);
});

test('administrators are never touched, unless the config names others', async () => {
  const admin = { userName: 'ceo@example.org', userType: 'Admin' };
  const usual = await open();
  usual.torii.addLogin(admin);
  expect(await usual.read()).toEqual([['ceo@example.org', true, true]]);
  const other = await open({ protectedRoles: ['IT'] });
  other.torii.addLogin(admin);
  expect(await other.read()).toEqual([['ceo@example.org', true, false]]);
});

test.each([
  ['the last administrator is kept by Torii', { kind: 'disable' as const }],
  ['a role that Torii does not have', { set: { userType: 'Chief' } }],
  ['a name that cannot change', { set: { userName: 'other@example.org' } }],
])('%s: that person’s error', async (_, order) => {
  const { torii, carryOut } = await open();
  const { id } = torii.addLogin({ userName: 'ceo@example.org', userType: 'Admin' });
  expect(await carryOut({ accountId: String(id), ...order })).toMatchObject({
    outcome: 'rejected',
    error: { fate: 'person' },
  });
});

test('a person who comes with the address of somebody inactive is that account, active again', async () => {
  const { torii, carryOut } = await open();
  const { id } = torii.addLogin({ userName: 'noor@example.org', active: false });
  const created = await carryOut({ kind: 'create', set: { userName: 'noor@example.org' } });
  expect(created).toMatchObject({ outcome: 'applied', accountId: String(id) });
  expect(torii.logins.size).toBe(1);
});

test('without its own key SCIM is not asked at all', async () => {
  const { context } = await open();
  const { scimKey: _, ...secrets } = context.secrets;
  expect(() => connector.openReader({ ...context, secrets })).toThrow(
    /scimKey is missing.*Settings > Security/,
  );
});
