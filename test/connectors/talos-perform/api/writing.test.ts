import { describe, expect, onTestFinished, test } from 'vitest';
import { talosPerform } from '../../../../src/connectors/talos-perform/connector.ts';
import { talosConfig } from '../../../../src/connectors/talos-perform/schema.ts';
import type { Order, Result } from '../../../../src/model/order.ts';
import { testContext } from '../../../contract/context.ts';
import { startTalosPerform } from '../../../vendors/talos-perform/server.ts';
import { findingsOf } from '../../../spec/folder.ts';
import { catalogOf, connectors } from '../../../../src/connectors/registry.ts';

const patience = new AbortController().signal;
const groups = [
  { id: 12, name: 'Amsterdam' },
  { id: 14, name: 'Twin' },
  { id: 15, name: 'Twin' },
];

async function perform(api: object = {}, properties: object = {}) {
  const server = await startTalosPerform({ key: 'kanarie', groups });
  const config = talosConfig.parse({ api: { baseUrl: server.url, ...api }, properties });
  const context = testContext({ config, secrets: { token: 'kanarie' } });
  const [reader, writer] = [talosPerform.openReader(context), talosPerform.openWriter?.(context)];
  if (writer === undefined) throw new Error('users can be written');
  onTestFinished(async () => {
    await Promise.all([reader.close(), writer.close()]);
    await server.close();
  });
  return {
    server,
    users: server.users,
    reader,
    apply: async (...orders: readonly Partial<Order>[]) => {
      const results: Result[] = [];
      for await (const result of writer.apply(stream(orders), patience)) results.push(result);
      return results;
    },
    writes: () => server.loopback.writes().map(({ method, path }) => `${method} ${path}`),
  };
}

async function* stream(orders: readonly Partial<Order>[]) {
  const usual = { kind: 'update', personId: 'p', accountId: null, set: {}, identity: {}, scope: {} } as const;
  for (const [at, order] of orders.entries()) yield { ...usual, key: `intent-${String(at)}`, ...order };
}

const ada = {
  employeeID: '1',
  email: 'ada@example.org',
  firstName: 'Ada',
  lastName: 'Berg',
  photo: 'ada.png',
};
const bo = { employeeID: '2', email: 'bo@example.org', firstName: 'Bo', lastName: 'Li' };

describe('a user of the API', () => {
  test('is changed by what changes, and sent whole where something is taken away', async () => {
    const { users, apply, writes } = await perform();
    const user = users.add({ ...ada, jobTitle: 'Analyst', reviewGroup: 'A' });

    await apply({ accountId: user.id, set: { jobTitle: 'Lead' } });
    await apply({ accountId: user.id, set: { jobTitle: null, lastName: 'Bergh' } });

    expect(writes()).toEqual([`PATCH /users/${user.id}`, `POST /users/${user.id}`]);
    expect(user).toMatchObject({ jobTitle: null, lastName: 'Bergh', reviewGroup: 'A', photo: 'ada.png' });
  });

  test('is in an admin group by its name, which the record as sent shows', async () => {
    const { users, apply, reader } = await perform();
    const user = users.add({ ...ada, adminGroupId: 99 });
    const [row] = await reader.find(
      { attributes: ['adminGroup'] },
      [{ attribute: 'employeeId', value: '1' }],
      patience,
    );
    // One that the key does not see.
    expect(row?.values).toEqual(['99']);

    const [result] = await apply({ accountId: user.id, set: { adminGroup: 'Amsterdam' } });

    expect(result?.sent).toEqual({ adminGroup: 'Amsterdam' });
    expect(user.adminGroupId).toBe(12);
    const found = await reader.find(
      { attributes: ['email', 'adminGroup'] },
      [
        { attribute: 'adminGroup', value: 'Amsterdam' },
        { attribute: 'adminGroup', value: 'Nowhere' },
      ],
      patience,
    );
    expect(found.map(({ values }) => values)).toEqual([['ada@example.org', 'Amsterdam']]);
  });

  test.each(['Nowhere', 'Twin'])(
    'is not written with the admin group %s, and the others are',
    async (group) => {
      const { users, apply } = await perform();
      const [one, other] = [users.add(ada), users.add(bo)];
      const [refused, done] = await apply(
        { accountId: one.id, set: { adminGroup: group } },
        { accountId: other.id, set: { adminGroup: 'Amsterdam' } },
      );
      expect(refused).toMatchObject({
        outcome: 'rejected',
        error: { reason: 'UnknownAdminGroup', fate: 'person' },
      });
      expect(refused?.error?.message).not.toContain(group);
      expect(done?.outcome).toBe('applied');
    },
  );

  test('gets Talos Perform’s own welcome mail where the config names the property', async () => {
    const { users, apply } = await perform({ welcomeMail: 'sendWelcomeEmail' });
    const { employeeID, email, firstName, lastName } = ada;
    await apply({ kind: 'create', set: { employeeId: employeeID, email, firstName, lastName } });
    expect(users.welcomed).toEqual(['ada@example.org']);
  });

  test('has the properties that the config names, under the names of the portal', async () => {
    const { reader } = await perform({}, { jobTitle: 'role', office: { name: 'Office', class: 'internal' } });
    const keys = Object.fromEntries(reader.shape.attributes.map(({ name, key }) => [name, key]));
    expect(keys).toMatchObject({ employeeId: 'employeeID', jobTitle: 'role', office: 'Office' });
  });
});

describe('what Talos Perform refuses is that person’s error, with the way out', () => {
  test.each([
    {
      name: 'an employee id that a deactivated user has',
      order: {
        kind: 'create',
        set: { employeeId: '9', email: 'n@example.org', firstName: 'N', lastName: 'N' },
      },
      says: /already exists"; employee ids and addresses of deactivated users/,
    },
    {
      name: 'an address that a user has whom the key does not see',
      order: {
        kind: 'create',
        set: { employeeId: '7', email: 'unseen@example.org', firstName: 'N', lastName: 'N' },
      },
      says: /already exists"; .* in admin groups that the key does not see/,
    },
    {
      name: 'a manager who is not there',
      order: { kind: 'update', accountId: 'u3', set: { managerEmployeeId: '77' } },
      says: /manager .*; a manager must be an active user before anybody has them/,
    },
    {
      name: 'the deactivation of somebody who manages others',
      order: { kind: 'disable', accountId: 'u2' },
      says: /manager .*; somebody who still manages others cannot be deactivated/,
    },
  ] as const)('$name', async ({ order, says }) => {
    const { users, apply } = await perform();
    users.add(ada);
    users.add({ ...bo, managerEmployeeID: '1' });
    users.add({ employeeID: '9', email: 'old@example.org', isActive: false });
    users.unseen.add('unseen@example.org');

    const [result] = await apply(order);

    expect(result).toMatchObject({ outcome: 'rejected', error: { fate: 'person' } });
    expect(result?.error?.message).toMatch(says);
    expect(result?.error?.message).not.toContain('example.org');
  });
});

test.each(['{}', '{ api: {}, csv: { file: users.csv } }'])(
  'a connection goes one way, and says which: %s does not',
  async (config) => {
    const spec = `spec: { connector: talos-perform, config: ${config}, credentials: { token: { env: KEY } } }`;
    const document = `apiVersion: rosterd.dev/v1\nkind: Connection\nmetadata: { name: perform }\n${spec}\n`;
    const findings = await findingsOf({ 'a.yaml': document }, { catalog: catalogOf(connectors) });
    expect(findings.join('\n')).toContain('users go one way; say either "api" or "csv"');
  },
);
