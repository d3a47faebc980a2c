import { expect, test } from 'vitest';
import { scim } from '../../../src/connectors/scim/connector.ts';
import { fieldsOf } from '../../../src/connectors/scim/fields.ts';
import { scimConfig } from '../../../src/connectors/scim/schema.ts';
import { rowMaker, type User } from '../../../src/connectors/scim/user.ts';
import type { Writer } from '../../../src/connectors/connector.ts';
import type { Order } from '../../../src/model/order.ts';
import type { Collection } from '../../../src/spec/compiled.ts';
import { testContext } from '../../contract/context.ts';
import { person } from '../../plan/people.ts';
import { mapped, reads } from '../../plan/specs.ts';
import { connection, Rig } from '../../reconcile/rig.ts';
import { startScim } from '../../vendors/scim/server.ts';
import { signal, user, withServer } from './bench.ts';

const identity = [mapped('externalId', reads('id'), { onNull: 'error' })];

function flow(kind: Collection['kind']) {
  const collection = { kind, tolerate: [], tolerates: () => false };
  const roles = mapped('roles', reads('groups'), { facts: { type: 'list<text>' }, collection });
  const attributes = [mapped('userName', reads('email'), { onNull: 'error' }), roles];
  const targetWant = { attributes: ['externalId', 'userName', 'roles'] };
  return { identity, attributes, match: [], targetWant };
}

const field = fieldsOf(scimConfig.parse({ baseUrl: 'https://scim.example.org/v2' })).get('roles');
const rolesOf = rowMaker(field === undefined ? [] : [field]);

/** Somebody sets the roles in the service itself. */
async function giveByHand(writer: Writer, ids: readonly string[], roles: readonly string[]): Promise<void> {
  async function* orders(): AsyncGenerator<Order> {
    for (const accountId of ids) {
      yield {
        key: 'by-hand',
        kind: 'update',
        personId: '',
        accountId,
        set: { roles },
        identity: {},
        scope: {},
      };
    }
  }
  for await (const { outcome } of writer.apply(orders(), signal)) expect(outcome).toBe('applied');
}

/** Whole passes with a store on disk; each tells what was sent, and which roles ada has then. */
async function told(
  kind: Collection['kind'],
  steps: readonly ({ readonly source: readonly string[] } | { readonly byHand: readonly string[] })[],
): Promise<readonly string[]> {
  const server = await startScim({ token: 't' });
  const rig = await Rig.open();
  const config = scimConfig.parse({ baseUrl: `${server.url}/` });
  const context = testContext({ config, secrets: { token: 't' } });
  const reader = scim.openReader(context);
  const writer = scim.openWriter?.(context);
  if (writer === undefined) throw new Error('SCIM writes');
  const openWriter = () => ({ apply: writer.apply.bind(writer), close: async () => undefined });
  const says: string[] = [];
  try {
    for (const step of steps) {
      if ('source' in step) rig.people = [person('ada', { groups: step.source })];
      else await giveByHand(writer, [...server.users().keys()], step.byHand);
      const sent = [];
      for (let pass = 0; pass < 2; pass += 1) {
        const before = server.loopback.log.length;
        await rig.pass(flow(kind), {
          target: { connection: connection('lms', new Map()), reader, openWriter },
        });
        const writes = server.loopback.log.slice(before).filter(({ method }) => method !== 'GET');
        sent.push(writes.map(({ method }) => method).join('+') || '.');
      }
      const held = [...server.users().values()].flatMap((body) => rolesOf(body as User).values);
      says.push(
        `${sent.join(' ')} ${held
          .flatMap((roles) => roles ?? [])
          .map(String)
          .toSorted()
          .join(',')}`,
      );
    }
  } finally {
    await writer.close();
    await reader.close();
    await rig.close();
    await server.stop();
  }
  return says;
}

test('roles into which we merge keep what somebody gave by hand, and lose only what we gave', async () => {
  const steps = [
    { source: ['Author', 'Editor'] },
    { byHand: ['editor', 'Owner', 'Author'] },
    { source: ['Author'] },
    { source: [] },
  ];
  expect(await told('merge', steps)).toEqual([
    'POST . Author,Editor',
    '. . Author,Editor,Owner',
    'PATCH . Author,Owner',
    'PATCH . Owner',
  ]);
});

test('roles that are our own are put right, once, and can all be taken away', async () => {
  const steps = [{ source: ['Author'] }, { byHand: ['Owner', 'author'] }, { source: [] }];
  expect(await told('own', steps)).toEqual(['POST . Author', 'PATCH . Author', 'PATCH . ']);
});

test('type and display of a role that stays are kept, and texts instead of objects are read', () =>
  withServer({}, async ({ server, read, carryOut }) => {
    const author = { value: 'Author', display: 'Who writes', type: 'work' };
    const accountId = server.add(
      user('ada', { roles: [author, { value: 'Owner' }], entitlements: [{ value: 'e1' }] }),
    );
    await carryOut({ kind: 'update', accountId, set: { roles: ['author', 'Editor'], entitlements: [] } });
    expect(server.users().get(accountId)).toMatchObject({ roles: [author, { value: 'Editor' }] });
    expect((await read(['roles', 'entitlements'])).map(({ values }) => values)).toEqual([
      [['Author', 'Editor'], undefined],
    ]);
    expect(rolesOf({ id: accountId, roles: ['Plain', { value: 'Author' }, {}] }).values).toEqual([
      ['Plain', 'Author'],
    ]);
    expect(rolesOf({ id: accountId, roles: 'Plain' }).fault).toContain('roles');
  }));

test('an update whose answer was lost is known to be done, in whatever order the roles come back', () =>
  withServer({}, async ({ server, reader }) => {
    const accountId = server.add(user('ada', { roles: [{ value: 'Owner' }, { value: 'Author' }] }));
    const facts = { situation: 'linked', applied: '', mapping: '', counts: [] } as const;
    const order = {
      key: 'k',
      kind: 'update',
      personId: 'p',
      accountId,
      identity: {},
      scope: {},
      ...facts,
    } as const;
    const became = async (roles: readonly string[]) =>
      (await reader.resolve({ ...order, set: { roles } }, signal)).state;
    expect([await became(['author', 'Owner']), await became(['Author']), await became([])]).toEqual([
      'done',
      'not-done',
      'not-done',
    ]);
  }));
