import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPersonio, type Personio } from '../vendors/personio/server.ts';
import { startScim, type ScimServer } from '../vendors/scim/server.ts';
import { inventPeople } from '../people/people.ts';
import { blocksOf } from './shell-lines.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const [specs = '', config = ''] = blocksOf('README.md')
  .filter(({ language }) => language === 'yaml')
  .map(({ text }) => text);

const people = inventPeople({ count: 30, seed: 7 }).map((person) =>
  person.department === 'Vertrieb' ? { ...person, department: 'Sales' } : person,
);
const taking = new Set(
  people
    .filter(({ department }) => department === 'Sales' || department === 'Support')
    .filter(({ status }) => status === 'active' || status === 'onboarding')
    .map(({ email }) => email),
);

let folder: string;
let personio: Personio;
let wiki: ScimServer;
let terminal: Terminal;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rosterd-readme-'));
  await mkdir(join(folder, 'specs'));
  personio = await startPersonio({ people: people, clientId: 'an-id', clientSecret: 'a-secret' });
  wiki = await startScim({ token: 'a-token' });
  terminal = await openTerminal(folder, join(folder, 'bin'), {
    settings: { PERSONIO_ID: 'an-id', PERSONIO_SECRET: 'a-secret', WIKI_TOKEN: 'a-token' },
  });
});

afterAll(async () => {
  await personio.close();
  await wiki.stop();
  await rm(folder, { recursive: true, force: true });
});

test('it is as short as it says: about twenty lines', () => {
  expect(specs.split('\n').filter((line) => line !== '---').length).toBeLessThanOrEqual(22);
});

test('it is valid as it stands', async () => {
  await writeFile(join(folder, 'specs/specs.yaml'), specs);
  await writeFile(join(folder, 'rosterd.config.yaml'), config);

  const { code, all } = await terminal.run('npx rosterd validate');

  expect(all).toContain('personio → wiki');
  expect(code, all).toBe(0);
});

test('it brings the people of two departments into the wiki, and then has nothing to do', async () => {
  await pointAtLoopback();

  expect(await summaryOf('plan')).toMatchObject({ exitCode: 2, creates: taking.size });
  expect((await terminal.run('npx rosterd apply')).code).toBe(0);
  expect(await summaryOf('plan')).toMatchObject({ exitCode: 0, creates: 0 });

  const names = [...wiki.users().values()].map((user) => (user as { userName: string }).userName);
  expect(new Set(names)).toEqual(taking);
  expect(taking.size).toBeGreaterThan(3);
});

test('a spec that is changed to another host does not get the token there', async () => {
  await writeFile(join(folder, 'specs/specs.yaml'), specs.replace('wiki.example.com', 'wiki.example.net'));
  await writeFile(join(folder, 'rosterd.config.yaml'), config);

  const { all } = await terminal.run('npx rosterd connection test wiki');

  expect(all).toContain('env:WIKI_TOKEN may not be sent to wiki.example.net');
  expect(all).not.toContain('a-token');
});

/** The same specs and configuration, with the two addresses on this machine. */
async function pointAtLoopback(): Promise<void> {
  const here = specs
    .replace('connector: personio,', `connector: personio, config: { baseUrl: "${personio.url}" },`)
    .replace('https://wiki.example.com/scim/v2', `"${wiki.url}"`);
  const allowed = config.replaceAll(/api\.personio\.de|wiki\.example\.com/g, '127.0.0.1');
  await writeFile(join(folder, 'specs/specs.yaml'), here);
  const network = 'network: { private: [127.0.0.1], http: true }';
  await writeFile(join(folder, 'rosterd.config.yaml'), `${allowed}\n${network}\n`);
}

async function summaryOf(command: string): Promise<{ exitCode: number; creates: number | undefined }> {
  const { stdout, all } = await terminal.run(`npx rosterd ${command} --output json`);
  expect(stdout, all).not.toBe('');
  const { exitCode, plans } = JSON.parse(stdout) as {
    exitCode: number;
    plans: { summary?: { create: number } }[];
  };
  return { exitCode, creates: plans[0]?.summary?.create };
}
