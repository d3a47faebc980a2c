import { describe, expect, onTestFinished, test } from 'vitest';
import type { Json } from '../../src/model/value.ts';
import { coreUrn, customUrn, enterpriseUrn } from '../vendors/scim/attributes.ts';
import { startScim, type ScimServer } from '../vendors/scim/server.ts';
import { openPasses, type Passes } from './passes.ts';

interface Scene extends Passes {
  readonly directory: ScimServer;
  readonly wiki: ScimServer;
  readonly ids: Readonly<Record<'boss' | 'ada' | 'gone', string>>;
  /** The user of the wiki who is this person. */
  readonly user: (id: string) => Readonly<Record<string, Json>> | undefined;
}

/** A directory of ten, whose accounts a wiki is to have: one is the manager of all, one is inactive. */
async function openScene(): Promise<Scene> {
  const directory = await startScim({ token: 'of-the-directory', pageSize: 4 });
  const wiki = await startScim({ token: 'of-the-wiki' });
  onTestFinished(() => Promise.all([directory.stop(), wiki.stop()]).then(() => undefined));
  const boss = directory.add(person('Wilma'));
  const under = { [enterpriseUrn]: { department: 'Engines', manager: { value: boss } } };
  const ada = directory.add(
    person('Ada', { schemas: [coreUrn, enterpriseUrn, customUrn], ...under, [customUrn]: hired }),
  );
  const gone = directory.add(person('Grace', { active: false }));
  for (const name of ['Mary', 'Radia', 'Joan', 'Hedy', 'Edith', 'Ida', 'Olga']) directory.add(person(name));
  const secrets = { DIRECTORY_TOKEN: 'of-the-directory', WIKI_TOKEN: 'of-the-wiki' };
  const passes = await openPasses({ files: { 'specs.yaml': specs(directory.url, wiki.url) }, secrets });
  const user = (id: string) =>
    [...wiki.users().values()]
      .map((one) => one as Readonly<Record<string, Json>>)
      .find((one) => one['externalId'] === id);
  return { ...passes, directory, wiki, ids: { boss, ada, gone }, user };
}

describe('from one SCIM service to another', () => {
  test('who is active comes with attributes, manager and extension, and the second plan is empty', async () => {
    const { sync, plan, wiki, user, ids } = await openScene();
    expect(await sync('staff')).toMatchObject({ result: 'applied', people: { unmatched: 9, left: 1 } });
    expect(wiki.size).toBe(9);
    expect(user(ids.ada)).toMatchObject({
      userName: 'ada@example.org',
      active: true,
      [enterpriseUrn]: { department: 'Engines', manager: { value: user(ids.boss)?.['id'] } },
      [customUrn]: { hireDate: '2024-02-29' },
    });
    expect(user(ids.gone)).toBeUndefined();
    expect(await plan('staff')).toEqual([]);
  });

  test('who is deactivated in the directory is disabled, and enabled again when they are back', async () => {
    const { sync, plan, directory, user, ids } = await openScene();
    await sync('staff');
    const before = directory.users().get(ids.ada) as Record<string, Json>;
    directory.remove(ids.ada);
    directory.add({ ...withoutMeta(before), active: false });
    expect(await plan('staff')).toEqual([`disable ${ids.ada} (left: the status says so)`]);
    await sync('staff');
    expect(user(ids.ada)).toMatchObject({ active: false });
    directory.remove(ids.ada);
    directory.add({ ...withoutMeta(before), active: true });
    await sync('staff');
    expect(user(ids.ada)).toMatchObject({ active: true });
  });

  test('who is not in the list any more keeps the account: absence is no termination', async () => {
    const { sync, directory, user, ids } = await openScene();
    await sync('staff');
    directory.remove(ids.ada);
    expect(await sync('staff')).toMatchObject({ people: { vanished: 1 } });
    expect(user(ids.ada)).toMatchObject({ active: true });
  });

  test('a list that breaks off takes nobody away', async () => {
    const { sync, directory, wiki } = await openScene();
    await sync('staff');
    const writes = wiki.loopback.writes().length;
    directory.loopback.fail(
      ({ query }) => query.get('startIndex') === '5',
      { kind: 'change', change: (answer) => ({ ...answer, body: emptied(String(answer.body)) }) },
      { times: Number.POSITIVE_INFINITY },
    );
    expect(await sync('staff')).toMatchObject({ result: 'waiting', reason: 'ListMoved' });
    expect(wiki.loopback.writes()).toHaveLength(writes);
  });
});

const hired = { hireDate: '2024-02-29T00:00:00Z' };

function person(name: string, more: Readonly<Record<string, Json>> = {}) {
  return {
    schemas: [coreUrn, enterpriseUrn],
    userName: `${name}@Example.org`,
    name: { givenName: name, familyName: 'Example' },
    active: true,
    ...more,
  };
}

function withoutMeta({ meta: _meta, ...user }: Readonly<Record<string, Json>>) {
  return user;
}

function emptied(body: string): Json {
  return { ...(JSON.parse(body) as Record<string, Json>), Resources: [] };
}

const extension = `extensions: [{ urn: "${customUrn}", attributes: [{ name: hireDate, type: date }] }]`;

const specs = (directory: string, wiki: string) => `apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: directory }
spec:
  connector: scim
  config: { baseUrl: "${directory}", pageSize: 4, ${extension} }
  credentials: { token: { env: DIRECTORY_TOKEN } }
---
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: wiki }
spec:
  connector: scim
  config: { baseUrl: "${wiki}", ${extension} }
  credentials: { token: { env: WIKI_TOKEN } }
---
apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: staff }
spec:
  direction: { from: directory, to: wiki }
  mode: full
  schedule: { every: 15m }
  identity: { externalId: source.id }
  match: [{ userName: source.userName }]
  attributes:
    userName: lower(source.userName)
    department: source.department
    manager: { person: source.manager }
    custom.hireDate: source.custom.hireDate
  copy: [name.givenName, name.familyName]
  status: { value: source.status, here: [active], left: [inactive] }
`;
