import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { talosPerform } from '../../../../src/connectors/talos-perform/connector.ts';
import { talosConfig } from '../../../../src/connectors/talos-perform/schema.ts';
import type { Order, Result } from '../../../../src/model/order.ts';
import { testContext } from '../../../contract/context.ts';

const patience = new AbortController().signal;
const header = 'EmployeeID,Email,FirstName,LastName,ManagerEmployeeID,Active\n';

async function file(content: string, csv: object = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'rosterd-talos-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const name = path.join(folder, 'users.csv');
  await writeFile(name, header + content);
  const config = talosConfig.parse({ csv: { file: 'users.csv', active: { header: 'Active' }, ...csv } });
  const writer = talosPerform.openWriter?.(testContext({ config, files: () => name }));
  if (writer === undefined) throw new Error('users can be written');
  return {
    apply: async (...orders: readonly Partial<Order>[]) => {
      const results: Result[] = [];
      for await (const result of writer.apply(stream(orders), patience)) results.push(result);
      return results;
    },
    rows: async () => (await readFile(name, 'utf8')).slice(header.length),
  };
}

async function* stream(orders: readonly Partial<Order>[]) {
  const usual = { kind: 'create', personId: 'p', accountId: null, set: {}, identity: {}, scope: {} } as const;
  for (const [at, order] of orders.entries()) yield { ...usual, key: `intent-${String(at)}`, ...order };
}

function user(id: string, more: Readonly<Record<string, string>> = {}): Partial<Order> {
  const set = { employeeId: id, email: `p${id}@example.org`, firstName: 'Ada', lastName: 'Berg', ...more };
  return { kind: 'create', set, identity: { employeeId: id } };
}

const ada = '1,p1@example.org,Ada,Berg,,true\n';
const former = '9,old@example.org,Eve,Berg,,false\n';

describe('a row that Talos Perform would refuse is that person’s error, and is not sent', () => {
  test.each([
    {
      name: 'without a last name',
      order: user('7', { lastName: ' ' }),
      says: '"LastName" is required, and empty',
    },
    {
      name: 'with an address that is none',
      order: user('7', { email: 'kanarie@' }),
      says: '"Email" is no e-mail address',
    },
    {
      name: 'with the address of another',
      order: user('7', { email: 'P1@example.org' }),
      says: '"Email" is in another row too',
    },
    {
      name: 'with the address of somebody who was deactivated',
      order: user('7', { email: 'old@example.org' }),
      says: 'which may be a deactivated user',
    },
    {
      name: 'with a manager whom the file does not have',
      order: user('7', { managerEmployeeId: '12' }),
      says: '"ManagerEmployeeID" names somebody whom the file does not have',
    },
    {
      name: 'who is their own manager',
      order: user('7', { managerEmployeeId: '7' }),
      says: 'names the user as their own manager',
    },
    {
      name: 'with a line break in a name',
      order: user('7', { firstName: 'Ka\nnarie' }),
      says: 'a text holds a line break',
    },
  ])('$name', async ({ order, says }) => {
    const { apply, rows } = await file(ada + former);

    const [refused, other] = await apply(order, user('8'));

    expect(refused).toMatchObject({ outcome: 'rejected', error: { reason: 'RowRefused', fate: 'person' } });
    expect(refused?.error?.message).toContain(says);
    expect(refused?.error?.message).not.toMatch(/kanarie|example\.org/i);
    expect(other?.outcome).toBe('delivered');
    expect(await rows()).toBe(`${ada}8,p8@example.org,Ada,Berg,,true\n${former}`);
  });

  test('nor is whoever has one as manager who is not sent', async () => {
    const { apply, rows } = await file(ada);
    const outcomes = await apply(
      user('3', { managerEmployeeId: '2' }),
      user('2', { email: 'none' }),
      user('4', { managerEmployeeId: '1' }),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['rejected', 'rejected', 'delivered']);
    expect(await rows()).toBe(`${ada}4,p4@example.org,Ada,Berg,1,true\n`);
  });

  test('nor is somebody deactivated who still manages others, until those have another', async () => {
    const { apply, rows } = await file(`${ada}2,p2@example.org,Bo,Li,1,true\n3,p3@example.org,Cy,Li,,true\n`);
    const leave = { kind: 'disable' as const, accountId: '1' };

    const [refused] = await apply(leave);
    expect(refused).toMatchObject({ outcome: 'rejected', error: { reason: 'RowRefused' } });
    expect(refused?.error?.message).toContain('somebody who is deactivated still manages others');

    const [moved, left] = await apply(
      { kind: 'update', accountId: '2', set: { managerEmployeeId: '3' } },
      leave,
    );
    expect([moved?.outcome, left?.outcome]).toEqual(['delivered', 'delivered']);
    expect(await rows()).toContain('1,p1@example.org,Ada,Berg,,false');
  });

  test('a circle of managers is nobody’s row', async () => {
    const { apply, rows } = await file(`${ada}2,p2@example.org,Bo,Li,1,true\n`);
    const [refused] = await apply({ kind: 'update', accountId: '1', set: { managerEmployeeId: '2' } });
    expect(refused?.error?.message).toContain('"ManagerEmployeeID" goes in a circle');
    expect(await rows()).toContain(ada);
  });

  test('managers who are in Talos Perform only are allowed where the config says so', async () => {
    const { apply } = await file('', { managers: 'any' });
    expect(await apply(user('7', { managerEmployeeId: '12' }))).toMatchObject([{ outcome: 'delivered' }]);
  });
});

async function written(orders: readonly Partial<Order>[]): Promise<string> {
  const { apply, rows } = await file('');
  await apply(...orders);
  return await rows();
}

test('managers stand before those whom they manage, and the same people make the same file', async () => {
  const orders = [
    user('1', { managerEmployeeId: '5' }),
    user('2', { managerEmployeeId: '1' }),
    user('5'),
    user('4', { managerEmployeeId: '5' }),
  ];
  const rows = await written(orders);
  expect(rows.split('\n').map((row) => row.split(',')[0])).toEqual(['5', '1', '4', '2', '']);
  expect(await written(orders.toReversed())).toBe(rows);
});
