import { expect, test } from 'vitest';
import { scim } from '../../../src/connectors/scim/connector.ts';
import { scimConfig } from '../../../src/connectors/scim/schema.ts';
import { testContext } from '../../contract/context.ts';
import { person } from '../../plan/people.ts';
import { mapped, reads } from '../../plan/specs.ts';
import { connection, Rig } from '../../reconcile/rig.ts';
import { coreUrn, customUrn, enterpriseUrn } from '../../vendors/scim/attributes.ts';
import type { ScimProfile } from '../../vendors/scim/profile.ts';
import { textOf, type Resource } from '../../vendors/scim/resource.ts';
import { startScim } from '../../vendors/scim/server.ts';

const attributes = [
  mapped('userName', reads('email'), { onNull: 'error' }),
  mapped('displayName', reads('first_name')),
  mapped('phoneNumbers.work', reads('phone')),
  mapped('locale', reads('department')),
  mapped('custom.hireDate', reads('starts'), { facts: { type: 'date' } }),
  mapped('manager', { kind: 'person', expression: reads('supervisor') }),
];
const identity = [mapped('externalId', reads('id'), { onNull: 'error' })];
const flow = {
  identity,
  attributes,
  match: [
    { id: 'match[0]', items: [{ attribute: 'userName', expression: reads('email') }], accounts: 'any' },
  ],
  targetWant: { attributes: [...identity, ...attributes].map(({ name }) => name) },
} as const;

const ada = { phone: '+49 30 5550100', department: 'de_DE', starts: '2026-11-02', supervisor: 'ben' };
const people = [person('ada', ada), person('ben', { department: 'de_DE' })];

/** Passes over a server with this profile; `writes` are the requests that each of them sends, and `!` for drift. */
async function withPasses(
  profile: ScimProfile,
  run: (bench: {
    passes: (count: number) => Promise<string>;
    users: () => readonly Resource[];
    rig: Rig;
  }) => Promise<void>,
): Promise<void> {
  const server = await startScim({ token: 't', profile });
  const rig = await Rig.open();
  const extensions = [{ urn: customUrn, attributes: [{ name: 'hireDate', type: 'date' }] }];
  const config = scimConfig.parse({ baseUrl: `${server.url}/`, extensions });
  const context = testContext({ config, secrets: { token: 't' } });
  const reader = scim.openReader(context);
  const writer = scim.openWriter?.(context);
  if (writer === undefined) throw new Error('SCIM writes');
  const open = () => ({ apply: writer.apply.bind(writer), close: async () => undefined });
  rig.people = people;
  const passes = async (count: number) => {
    const seen: string[] = [];
    for (let pass = 0; pass < count; pass += 1) {
      const before = server.loopback.log.length;
      const target = { connection: connection('lms', new Map()), reader, openWriter: open };
      const { drift } = await rig.pass(flow, { target });
      const writes = server.loopback.log.slice(before).filter(({ method }) => method !== 'GET');
      seen.push(`${writes.map(({ method }) => method).join('+') || '.'}${drift.length > 0 ? '!' : ''}`);
    }
    return seen.join(' ');
  };
  try {
    await run({ passes, users: () => [...server.users().values()] as Resource[], rig });
  } finally {
    await writer.close();
    await reader.close();
    await rig.close();
    await server.stop();
  }
}

/** Another case, composed characters, separators, a time of day, and attributes that nobody has sent. */
const normalises = (user: Resource): Resource => ({
  ...user,
  schemas: [coreUrn, enterpriseUrn, customUrn],
  userName: textOf(user['userName']).toUpperCase(),
  displayName: textOf(user['displayName']).normalize('NFC'),
  nickName: 'of its own',
  ...(user['phoneNumbers'] === undefined
    ? {}
    : { phoneNumbers: [{ type: 'work', primary: true, value: 'tel:+49-30-5550100' }] }),
  ...(user['locale'] === undefined ? {} : { locale: 'de-DE' }),
  ...(user[customUrn] === undefined ? {} : { [customUrn]: { hireDate: '2026-11-02T00:00:00Z', badge: '7' } }),
});

test('a server with forms of its own is written once', async () => {
  await withPasses({ keeps: normalises }, async ({ passes, users, rig }) => {
    rig.people = [person('ada', { ...ada, first_name: 'A\u0308da' }), person('ben', { department: 'de_DE' })];
    expect(await passes(4)).toBe('POST+POST+PATCH . . .');
    expect(users().map(({ userName }) => userName)).toEqual(['ADA@EXAMPLE.COM', 'BEN@EXAMPLE.COM']);
    expect(users()[0]).toMatchObject({ displayName: '\u00C4da', nickName: 'of its own' });
  });
});

/** The first display name stays for ever. */
const refuses = (user: Resource, before: Resource | undefined): Resource => ({
  ...user,
  displayName: before?.['displayName'] ?? 'fixed',
});

test('a server that refuses a value in silence is written three times, then the value is left alone', async () => {
  await withPasses({ keeps: refuses }, async ({ passes, rig, users }) => {
    rig.people = [person('ada', { phone: '1' })];
    expect(await passes(6)).toBe('POST PATCH PATCH .! .! .!');
    rig.people = [person('ada', { phone: '2' })];
    expect(await passes(3)).toBe('PATCH! .! .!');
    expect(users()[0]).toMatchObject({ displayName: 'fixed', phoneNumbers: [{ value: '2' }] });
  });
});

test('a user that no list shows yet is not made twice, though the answer to its creation was lost', async () => {
  const unlisted = new Set(['ada@example.com']);
  await withPasses({ unlisted }, async ({ passes, rig, users }) => {
    rig.people = [person('ada')];
    rig.around = (store) =>
      new Proxy(store, { get: (real, name) => (name === 'settle' ? gone : Reflect.get(real, name)) });
    expect(await passes(1)).toBe('POST');
    rig.around = (store) => store;
    rig.later(86_400_000);
    // Nobody is found, so it is tried again, and the server says that the name is taken.
    await passes(2);
    expect(users()).toHaveLength(1);
    unlisted.clear();
    rig.later(2 * 86_400_000);
    await passes(2);
    expect(await passes(1)).toBe('.');
    expect(users()).toHaveLength(1);
    expect((await rig.store.links('staff')).map(({ accountId }) => accountId)).toEqual(
      users().map(({ id }) => id),
    );
  });
});

async function gone(): Promise<never> {
  throw new Error('the process is gone');
}

test('a user that is missing from the lists of two passes is there again in the third, and was never made twice', async () => {
  const unlisted = new Set<string>();
  await withPasses({ unlisted }, async ({ passes, rig, users }) => {
    rig.people = [person('ada')];
    expect(await passes(1)).toBe('POST');
    unlisted.add('ada@example.com');
    expect(await passes(3)).toBe('. . .');
    unlisted.clear();
    expect(await passes(2)).toBe('. .');
    expect(users()).toHaveLength(1);
  });
});
