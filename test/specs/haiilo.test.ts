import { describe, expect, onTestFinished, test } from 'vitest';
import { Invalid } from '../../src/model/error.ts';
import { startAdvocacy } from '../vendors/haiilo/advocacy.ts';
import { startIntranet } from '../vendors/haiilo/intranet.ts';
import { coreUrn, enterpriseUrn } from '../vendors/scim/attributes.ts';
import { startScim, type ScimServer } from '../vendors/scim/server.ts';
import { openPasses, type Passes } from './passes.ts';

const secrets = { DIRECTORY_TOKEN: 'd', HAIILO_TOKEN: 't', HAIILO_ID: 'client', HAIILO_SECRET: 's' };
const owned = 'tokenOwner: owner@example.com, ';
const accepting = `deactivationDeletes: accepted, ${owned}`;

/** A company's directory with ten people. */
async function openDirectory(): Promise<{ readonly directory: ScimServer; readonly ada: string }> {
  const directory = await startScim({ token: secrets.DIRECTORY_TOKEN });
  onTestFinished(() => directory.stop());
  const ids = ['ada', 'grace', 'mary', 'radia', 'joan', 'hedy', 'edith', 'ida', 'olga', 'nina'].map((name) =>
    directory.add(person(name)),
  );
  return { directory, ada: ids[0] ?? '' };
}

function leave(directory: ScimServer, id: string): void {
  directory.remove(id);
  directory.add({ ...person('ada', false), id });
}

async function openAdvocacy(config: string, then = '') {
  const { directory, ada } = await openDirectory();
  const advocacy = await startAdvocacy({ token: secrets.HAIILO_TOKEN, owner: 'owner@example.com' });
  onTestFinished(() => advocacy.close());
  const files = { 'specs.yaml': toAdvocacy(directory.url, advocacy.url, config, then) };
  return { directory, ada, advocacy, passes: await openPasses({ files, secrets }) };
}

describe('from a directory to Haiilo Advocacy', () => {
  test('a sync that would delete whom it says to disable is refused until the connection accepts that', async () => {
    const refused = await openAdvocacy('').then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(refused instanceof Invalid)) throw new Error('the specs were taken');
    expect(refused.findings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/can't be disabled: Haiilo Advocacy deletes.*deactivationDeletes: accepted/),
    ]);
  });

  test('without the permission a leaver keeps the account, whoever asks', async () => {
    const { directory, ada, advocacy, passes } = await openAdvocacy(
      owned,
      '  then: { left: { disable: keep } }\n',
    );
    await passes.sync('staff');
    expect(advocacy.users.size).toBe(11);
    leave(directory, ada);
    await passes.sync('staff');
    expect(advocacy.users.size).toBe(11);
    expect(advocacy.sideEffects).toEqual([]);
    expect(await passes.plan('staff')).toEqual([]);
    const tested = await passes.command('connection', 'test', 'haiilo');
    expect(tested.stdout).toMatch(/note: no account is disabled: Haiilo Advocacy deletes/);
  });

  test('with it the plan says what it does, the token’s owner stays, and who comes back gets a new account', async () => {
    const { directory, ada, advocacy, passes } = await openAdvocacy(accepting);
    await passes.sync('staff');
    leave(directory, ada);
    expect(await passes.plan('staff')).toEqual([
      `disable ${ada} (left: the status says so; this deletes the account for good)`,
    ]);
    expect(await passes.sync('staff')).toMatchObject({ result: 'applied', people: { protected: 1 } });
    expect(advocacy.users.size).toBe(10);
    expect(await passes.plan('staff')).toEqual([]);
    directory.remove(ada);
    directory.add({ ...person('ada'), id: ada });
    await passes.sync('staff');
    await passes.sync('staff');
    await passes.sync('staff');
    expect([...advocacy.users.values()].map(({ userName }) => userName)).toContain('ada@example.org');
  });
});

async function openIntranet(config: string, policy: 'deactivate' | 'delete' = 'deactivate') {
  const { directory, ada } = await openDirectory();
  const client = { id: secrets.HAIILO_ID, secret: secrets.HAIILO_SECRET };
  const intranet = await startIntranet({ directory: client, profileFields: ['department'], policy });
  onTestFinished(() => intranet.close());
  const files = { 'specs.yaml': toIntranet(directory.url, intranet.url, config) };
  const passes: Passes = await openPasses({ files, secrets });
  return { directory, ada, intranet, passes };
}

describe('from a directory to Haiilo Intranet', () => {
  test('people come with their profile fields, leavers are deactivated, and nothing is left to do', async () => {
    const { directory, ada, intranet, passes } = await openIntranet('deprovisionPolicy: deactivate');
    expect(await passes.sync('staff')).toMatchObject({ result: 'applied' });
    const user = () => [...intranet.users.values()].find(({ externalId }) => externalId === ada);
    expect(user()).toMatchObject({ active: true, profileField_department: 'Engines' });
    leave(directory, ada);
    await passes.sync('staff');
    expect(user()).toMatchObject({ active: false });
    expect(await passes.plan('staff')).toEqual([]);
  });

  test('a policy of the platform that deletes stops the sync at the first leaver', async () => {
    const { directory, ada, intranet, passes } = await openIntranet(
      'deprovisionPolicy: deactivate',
      'delete',
    );
    await passes.sync('staff');
    leave(directory, ada);
    expect(await passes.sync('staff')).toMatchObject({ result: 'stalled', reason: 'DeletedInstead' });
    expect(intranet.users.size).toBe(9);
  });
});

function person(name: string, active = true) {
  return {
    schemas: [coreUrn, enterpriseUrn],
    userName: `${name}@example.org`,
    name: { givenName: name, familyName: 'Example' },
    active,
    addresses: [{ type: 'work', country: 'Finland', locality: 'Helsinki' }],
    [enterpriseUrn]: { department: 'Engines' },
  };
}

const directoryOf = (url: string) => `apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: directory }
spec:
  connector: scim
  config: { baseUrl: "${url}" }
  credentials: { token: { env: DIRECTORY_TOKEN } }
---
`;

const staff = `---
apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: staff }
spec:
  direction: { from: directory, to: haiilo }
  mode: full
  schedule: { every: 15m }
  match: [{ userName: source.userName }]
  status: { value: source.status, here: [active], left: [inactive] }
  copy: [name.givenName, name.familyName]
`;

const toAdvocacy = (directory: string, haiilo: string, config: string, then: string) =>
  `${directoryOf(directory)}apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: haiilo }
spec:
  connector: haiilo
  config: { product: advocacy, ${config} baseUrl: "${haiilo}" }
  credentials: { token: { env: HAIILO_TOKEN } }
${staff}  identity: { userName: lower(source.userName) }
  attributes:
    country: source.addresses.work.country
    locality: source.addresses.work.locality
${then}`;

const toIntranet = (directory: string, haiilo: string, config: string) =>
  `${directoryOf(directory)}apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: haiilo }
spec:
  connector: haiilo
  config: { product: intranet, baseUrl: "${haiilo}", profileFields: [{ name: department }], ${config} }
  credentials: { clientId: { env: HAIILO_ID }, clientSecret: { env: HAIILO_SECRET } }
${staff}  identity: { externalId: source.id }
  attributes:
    userName: lower(source.userName)
    custom.department: source.department
`;
