import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyPair, startSshd, type Sshd } from './sshd.ts';

const root = resolve(import.meta.dirname, '../..');
const passphrase = 'system-ring';

let folder: string;
let out: string;
let inbox: string;
let sshd: Sshd;
let pinned = '';
let keys: { readonly ed25519: string; readonly rsa: string; readonly hosts: readonly string[] };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rosterd-sftp-'));
  [out, inbox] = [join(folder, 'out'), join(folder, 'in')];
  for (const one of [out, inbox, join(folder, 'specs')]) mkdirSync(one);
  keys = {
    ed25519: keyPair(folder, 'login_ed25519', 'ed25519', passphrase),
    rsa: keyPair(folder, 'login_rsa', 'rsa'),
    hosts: [keyPair(folder, 'host_ed25519', 'ed25519'), keyPair(folder, 'host_ecdsa', 'ecdsa')],
  };
  sshd = await startOn(0);
});

afterAll(async () => {
  await sshd.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function startOn(host: number): Promise<Sshd> {
  return await startSshd(folder, { hostKey: keys.hosts[host] ?? '', keys: [keys.ed25519, keys.rsa] });
}

/** A sync from one list on the server to another, with this login. */
async function rosterd(
  command: 'plan' | 'apply',
  login: 'ed25519' | 'rsa',
): Promise<{ readonly status: number; readonly said: string }> {
  const server = (file: string) =>
    `{ host: 127.0.0.1, port: ${String(sshd.port)}, user: ${sshd.user}, path: "${file}", hostKey: "${pinned}", settleSeconds: 2 }`;
  const credentials =
    login === 'rsa'
      ? '{ privateKey: { env: KEY } }'
      : '{ privateKey: { env: KEY }, passphrase: { env: PHRASE } }';
  const connection = (name: string, file: string, more: string) =>
    [
      'apiVersion: rosterd.dev/v1',
      'kind: Connection',
      `metadata: { name: ${name} }`,
      'spec:',
      '  connector: csv',
      `  config: { sftp: ${server(file)}, id: id, columns: { id: {}, name: {}, email: {} }${more} }`,
      `  credentials: ${credentials}`,
    ].join('\n');
  const sync = [
    'apiVersion: rosterd.dev/v1',
    'kind: Sync',
    'metadata: { name: staff }',
    'spec:',
    '  direction: { from: hr, to: benefits }',
    '  mode: upsert',
    '  schedule: { every: 1h }',
    '  identity: { id: source.id }',
    '  attributes: { name: source.name, email: lower(source.email) }',
  ].join('\n');
  const specs = [
    connection('hr', join(out, 'staff.csv'), ''),
    connection('benefits', join(inbox, 'people.csv'), ', write: { create: true }'),
    sync,
  ];
  writeFileSync(join(folder, 'specs/specs.yaml'), specs.join('\n---\n'));
  const config = join(folder, 'rosterd.config.yaml');
  writeFileSync(
    config,
    [
      'specs: specs',
      'data: data',
      `secrets: { allow: [{ env: KEY, hosts: [127.0.0.1] }, { env: PHRASE, hosts: ["127.0.0.1:${String(sshd.port)}"] }] }`,
      'network: { private: [127.0.0.1] }',
    ].join('\n'),
  );
  const env = { ...process.env, KEY: readFileSync(keys[login], 'utf8'), PHRASE: passphrase };
  const child = spawn(process.execPath, [join(root, 'src/main.ts'), command, '--config', config], { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const status = await new Promise<number>((ended) => child.once('close', (code) => ended(code ?? -1)));
  return { status, said };
}

const people = 'id,name,email\n1,Ada,Ada@example.org\n2,Grace,Grace@example.org\n';

test('people of a list on OpenSSH are written into another, which then has nothing to change', async () => {
  pinned = sshd.fingerprint;
  writeFileSync(join(out, 'staff.csv'), people);

  const applied = await rosterd('apply', 'ed25519');
  expect(applied.said).toContain('2 create');
  expect(applied.status).toBe(0);
  expect(readFileSync(join(inbox, 'people.csv'), 'utf8')).toBe(
    people.replaceAll(/[AG]\w+@/g, (name) => name.toLowerCase()),
  );
  expect(readdirSync(inbox)).toEqual(['people.csv']);

  expect((await rosterd('plan', 'ed25519')).status).toBe(0);
});

test('the list is replaced under its name with its rights, by a login with another key', async () => {
  const list = join(inbox, 'people.csv');
  spawnSync('chmod', ['0664', list]);
  const before = statSync(list).ino;
  appendFileSync(join(out, 'staff.csv'), '3,Kit,Kit@example.org\n');

  expect((await rosterd('apply', 'rsa')).status).toBe(0);

  expect(readFileSync(list, 'utf8')).toContain('3,Kit,kit@example.org');
  expect(statSync(list).mode & 0o777).toBe(0o664);
  expect(statSync(list).ino).not.toBe(before);
  expect(readdirSync(inbox)).toEqual(['people.csv']);
});

test('a list that is not there is waited for, and nobody is removed', async () => {
  const before = readFileSync(join(inbox, 'people.csv'), 'utf8');
  const hidden = readFileSync(join(out, 'staff.csv'));
  rmSync(join(out, 'staff.csv'));

  const waited = await rosterd('apply', 'rsa');

  expect(waited.said).toContain('is not on the server');
  expect(waited.status).toBe(4);
  expect(readFileSync(join(inbox, 'people.csv'), 'utf8')).toBe(before);
  writeFileSync(join(out, 'staff.csv'), hidden);
});

test('a list that is still being uploaded is waited for', async () => {
  const list = join(out, 'staff.csv');
  let next = 10;
  const uploading = setInterval(() => {
    next += 1;
    appendFileSync(list, `${String(next)},Kit,kit${String(next)}@example.org\n`);
  }, 200);

  const waited = await rosterd('apply', 'rsa');
  clearInterval(uploading);

  expect(waited.said).toContain('is still being written');
  expect(waited.status).toBe(4);
  expect(readFileSync(join(inbox, 'people.csv'), 'utf8')).not.toContain('kit11@');
});

test('a server with another host key is not logged in to, and both keys are named', async () => {
  await sshd.stop();
  const before = sshd.fingerprint;
  sshd = await startOn(1);

  const stopped = await rosterd('plan', 'rsa');

  expect(stopped.said).toContain(
    `shows the host key ${sshd.fingerprint} (ecdsa-sha2-nistp256), and the config pins ${before}`,
  );
  expect(stopped.status).toBe(4);
  pinned = sshd.fingerprint;
  // Whoever was uploaded meanwhile is there to be created.
  expect((await rosterd('plan', 'rsa')).status).toBe(2);
});
