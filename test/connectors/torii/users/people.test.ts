import { expect, onTestFinished, test } from 'vitest';
import { torii as connector } from '../../../../src/connectors/torii/connector.ts';
import type { Order, Result } from '../../../../src/model/order.ts';
import type { Row } from '../../../../src/model/row.ts';
import { openTorii } from '../bench.ts';

const never = new AbortController().signal;

async function open(users: Record<string, unknown> = {}) {
  const { torii, context } = await openTorii({ api: 'users', users });
  const [reader, writer] = [connector.openReader(context), connector.openWriter?.(context)];
  if (writer === undefined) throw new Error('the life cycle can be written');
  onTestFinished(async () => void (await Promise.all([writer.close(), reader.close(), torii.close()])));
  const read = async (...attributes: readonly string[]) => {
    const rows: Row[] = [];
    for await (const batch of reader.read({ attributes }, never)) rows.push(...batch);
    return rows.map(({ active, values, fault }) => ({ active, values, fault }));
  };
  const carryOut = async (order: Partial<Order>) => {
    const usual = {
      key: 'k',
      kind: 'disable',
      personId: 'p',
      accountId: null,
      set: {},
      identity: {},
      scope: {},
    };
    const results: Result[] = [];
    const whole = { ...usual, ...order } as Order;
    for await (const result of writer.apply(stream(whole), never)) results.push(result);
    return results[0];
  };
  return { torii, reader, read, carryOut };
}

async function* stream(order: Order): AsyncGenerator<Order> {
  yield order;
}

test('fields of the organisation are found under the names that Torii shows, with its own names beside', async () => {
  const { torii, reader, read } = await open();
  const fields = new Map([
    ['departmentName', 'Facilities'],
    ['User_City', 'Utrecht'],
  ]);
  torii.addPerson({ email: 'noor@example.org', fields });
  const { fields: found } = await reader.probe(never);
  const custom = found.filter(({ name }) => name.startsWith('custom.'));
  expect(custom.map(({ name, key, type }) => [name, key, type])).toEqual([
    ['custom.Department', 'departmentName', 'text'],
    ['custom.Hire date', 'c_hireDate', 'date'],
    ['custom.Tags', 'c_tags', 'list<text>'],
    ['custom.City (User_City)', 'User_City', 'text'],
    ['custom.City (c_city)', 'c_city', 'text'],
  ]);
  const [row] = await read('custom.Department', 'custom.City (User_City)', 'custom.Hire date');
  expect(row?.values).toEqual(['Facilities', 'Utrecht', null]);
  await expect(read('custom.Old')).rejects.toMatchObject({ reason: 'AttributeUnknown' });
});

test('a field that does not hold what its type says is that person’s error', async () => {
  const { torii, read } = await open();
  torii.addPerson({ email: 'noor@example.org', fields: new Map([['c_hireDate', 'soon']]) });
  torii.addPerson({
    email: 'sam@example.org',
    fields: new Map([['c_hireDate', '2024-02-29T00:00:00.000Z']]),
  });
  expect(await read('custom.Hire date')).toEqual([
    { active: true, values: [undefined], fault: 'custom.Hire date (personal) is no date' },
    { active: true, values: ['2024-02-29'], fault: undefined },
  ]);
});

test('who is offboarding is no longer active, and an address is found in any case', async () => {
  const { torii, reader, read } = await open();
  const { id } = torii.addPerson({ email: 'noor@example.org', lifecycleStatus: 'offboarding' });
  expect(await read('lifecycleStatus')).toMatchObject([{ active: false, values: ['offboarding'] }]);
  const key = { attribute: 'email', value: 'Noor@Example.org' };
  expect((await reader.find({ attributes: [] }, [key], never)).map((row) => row.id)).toEqual([String(id)]);
});

test.each([
  ['begins to be offboarded', {}, 'offboarding'],
  ['is offboarded, where the config says so', { leavers: 'offboarded' }, 'offboarded'],
])('who leaves %s, and comes back', async (_, users, status) => {
  const { torii, carryOut } = await open(users);
  const person = torii.addPerson({ email: 'noor@example.org' });
  const accountId = String(person.id);
  expect(await carryOut({ accountId })).toMatchObject({
    outcome: 'applied',
    received: { lifecycleStatus: status },
  });
  expect(person.lifecycleStatus).toBe(status);
  await carryOut({ kind: 'enable', accountId });
  expect(person.lifecycleStatus).toBe('active');
});

test('nobody is created here, and the way out is said', async () => {
  const { carryOut } = await open();
  expect(await carryOut({ kind: 'create' })).toMatchObject({
    outcome: 'rejected',
    error: {
      reason: 'NotSupported',
      fate: 'stalled',
      message: expect.stringContaining('custom-integration'),
    },
  });
});
