import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { repository } from '../docs/shell-lines.ts';
import { inventPeople } from '../people/people.ts';
import { startBamboo } from '../vendors/bamboohr/server.ts';
import { startIntranet } from '../vendors/haiilo/intranet.ts';
import { startMerge } from '../vendors/merge/server.ts';
import { startPersonio } from '../vendors/personio/server.ts';
import { startWorkday } from '../vendors/workday/server.ts';
import { openPasses } from './passes.ts';

const example = (file: string) =>
  readFileSync(join(repository, 'specs/examples/hris-to-haiilo', file), 'utf8');

const secrets = {
  HAIILO_CLIENT_ID: 'directory',
  HAIILO_CLIENT_SECRET: 'of-the-directory',
  MERGE_API_KEY: 'production-key',
  MERGE_ACCOUNT_TOKEN: 'token-of-acme',
  MERGE_WEBHOOK_KEY: 'webhook-key',
  PERSONIO_CLIENT_ID: 'client-of-personio',
  PERSONIO_CLIENT_SECRET: 'secret-of-personio',
  BAMBOOHR_API_KEY: 'key-of-bamboo',
  WORKDAY_USER: 'isu',
  WORKDAY_PASSWORD: 'of-the-isu',
};

const people = inventPeople({ count: 8, seed: 11, mix: { active: 1 } });

/** Haiilo without anybody, four HR systems with the same eight people each, and the shipped example between them. */
async function openScene() {
  const client = { id: secrets.HAIILO_CLIENT_ID, secret: secrets.HAIILO_CLIENT_SECRET };
  const intranet = await startIntranet({ directory: client, profileFields: ['department', 'jobTitle'] });
  const [apiKey, accountToken] = [secrets.MERGE_API_KEY, secrets.MERGE_ACCOUNT_TOKEN];
  const [clientId, clientSecret] = [secrets.PERSONIO_CLIENT_ID, secrets.PERSONIO_CLIENT_SECRET];
  const merge = await startMerge({ apiKey, accountToken, originId: 'acme', people });
  const personio = await startPersonio({ clientId, clientSecret, people });
  const bamboo = await startBamboo({ apiKey: secrets.BAMBOOHR_API_KEY });
  const workday = await startWorkday({ username: 'isu', password: secrets.WORKDAY_PASSWORD, people });
  onTestFinished(async () => {
    for (const server of [intranet, merge, personio, bamboo, workday]) await server.close();
  });
  const employees = people.map(({ firstName, lastName, email, department, position, hireDate }) => {
    const values = { firstName, lastName, workEmail: email, department, jobTitle: position, hireDate };
    return bamboo.company.hire(values);
  });
  const files = {
    'haiilo.yaml': example('haiilo.yaml').replace('https://acme.haiilo.app', intranet.url),
    'other-hr.yaml': example('other-hr.yaml')
      .replace('region: eu', `baseUrl: ${merge.url}`)
      .replace('# accountToken', 'accountToken'),
    'personio.yaml': example('personio.yaml').replace(
      'connector: personio',
      `connector: personio\n  config: { baseUrl: "${personio.url}" }`,
    ),
    'bamboohr.yaml': example('bamboohr.yaml').replace(
      'companyDomain: acme',
      `companyDomain: acme, baseUrl: "${bamboo.url}"`,
    ),
    'workday.yaml': example('workday.yaml').replace('https://wd3-impl-services1.workday.com', workday.url),
  };
  const passes = await openPasses({ files, secrets });
  const userOf = (email: string) => [...intranet.users.values()].find(({ userName }) => userName === email);
  return { passes, files, intranet, merge, personio, bamboo, employees, workday, userOf };
}

const [ada] = people;
if (ada === undefined) throw new Error('nobody was invented');

describe('HR systems and Haiilo', () => {
  test.each(['personio-to-haiilo', 'bamboohr-to-haiilo', 'workday-to-haiilo', 'other-hr-to-haiilo'])(
    '%s fills an empty intranet, and the second plan is empty',
    async (sync) => {
      const { passes, userOf, intranet } = await openScene();
      expect(await passes.sync(sync)).toMatchObject({ result: 'applied' });
      expect(intranet.users.size).toBe(people.length);
      expect(userOf(ada.email)).toMatchObject({
        externalId: expect.stringContaining(`${sync.split('-')[0]}-`),
        name: { givenName: ada.firstName, familyName: ada.lastName },
        profileField_jobTitle: ada.position,
        active: true,
      });
      expect(userOf(ada.email)?.['profileField_department']).toBeDefined();
      expect(await passes.plan(sync)).toEqual([]);
      const tested = await passes.command('connection', 'test', sync.split('-to-')[0] ?? '');
      expect([tested.code, tested.stdout]).toEqual([0, expect.stringMatching(/: ready/)]);
    },
  );

  test('who leaves in the HR system can no longer sign in, whichever way they came', async () => {
    const { passes, personio, bamboo, employees, userOf } = await openScene();
    await passes.sync('personio-to-haiilo');
    personio.leave(ada.number, '2026-11-01');
    await passes.sync('personio-to-haiilo');
    expect(userOf(ada.email)).toMatchObject({ active: false });
    // Still employed by the other company: the list with the next precedence goes on with the account.
    await passes.sync('bamboohr-to-haiilo');
    await passes.sync('personio-to-haiilo');
    await passes.sync('bamboohr-to-haiilo');
    bamboo.company.edit(employees[1] ?? '', { status: 'Inactive', terminationDate: '2026-11-01' });
    await passes.sync('bamboohr-to-haiilo');
    expect(userOf(people[1]?.email ?? '')).toMatchObject({ active: true });
  });

  test('a connection that is deactivated, or whose file is deleted, takes nobody’s account, and comes back without doubles', async () => {
    const { passes, files, intranet } = await openScene();
    await passes.sync('other-hr-to-haiilo');
    const before = JSON.stringify([...intranet.users.values()]);
    const suspended = files['other-hr.yaml'].replace('# suspend:', 'suspend:');
    const off = await passes.commit({ 'other-hr.yaml': suspended });
    const said = await off.command('apply', 'other-hr-to-haiilo');
    expect(said.stderr).toContain('other-hr-to-haiilo is suspended: not in use now');
    const gone = await off.commit({ 'other-hr.yaml': null });
    expect((await gone.command('validate')).stdout).not.toContain('other-hr');
    expect(JSON.stringify([...intranet.users.values()])).toBe(before);
    const back = await gone.commit({ 'other-hr.yaml': files['other-hr.yaml'] });
    expect(await back.plan('other-hr-to-haiilo')).toEqual([]);
    expect(await back.sync('other-hr-to-haiilo')).toMatchObject({ result: 'settled' });
  });

  test('an HR system that is linked again by its set-up link keeps everybody', async () => {
    const { passes, merge } = await openScene();
    await passes.sync('other-hr-to-haiilo');
    const connecting = passes.command('connection', 'connect', 'other-hr', '--output', 'json');
    while (merge.links.size === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const [url] = [...merge.links.keys()];
    const account = merge.finishLink(url ?? '', people);
    account.copy();
    const { code, stdout } = await connecting;
    const { expiresAt } = JSON.parse(stdout) as { expiresAt: string };
    expect([code, account.accountToken]).toEqual([0, secrets.MERGE_ACCOUNT_TOKEN]);
    const days = (Date.parse(expiresAt) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(7);
    const again = await passes.commit({});
    expect(await again.plan('other-hr-to-haiilo')).toEqual([]);
  });

  test('a copy of Merge’s that is not whole removes nobody', async () => {
    const { passes, merge, intranet } = await openScene();
    await passes.sync('other-hr-to-haiilo');
    const page = { status: 200, body: { next: null, previous: null, results: [] } };
    merge.loopback.fail(({ path }) => path.endsWith('/employees'), { kind: 'answer', answer: page });
    const { result } = await passes.sync('other-hr-to-haiilo');
    expect(['held', 'waiting', 'stalled']).toContain(result);
    expect([...intranet.users.values()].every(({ active }) => active)).toBe(true);
  });
});
