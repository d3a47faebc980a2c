import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Invalid } from '../../src/model/error.ts';
import { loadOperatorConfig } from '../../src/operator/config.ts';
import type { ConfigOptions } from '../../src/operator/config.ts';

async function folderWithConfig(text: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rosterd-operator-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(path.join(folder, 'rosterd.config.yaml'), text);
  return folder;
}

async function read(text: string, flags: Partial<ConfigOptions> = {}) {
  const folder = await folderWithConfig(text);
  const { config } = await loadOperatorConfig({ file: 'rosterd.config.yaml', folder, ...flags });
  return { config, folder };
}

async function faultsOf(text: string): Promise<readonly string[]> {
  const thrown = await read(text).catch((error: unknown) => error);
  if (!(thrown instanceof Invalid)) throw new TypeError('the configuration was taken');
  return thrown.message.split('\n');
}

const everything = `
installation: acme-prod
specs: { git: { url: "https://git.example.com/acme/people.git", branch: live, path: specs, pollSeconds: 30, token: { env: GIT_TOKEN } } }
data: state
store: { sqlite: db/rosterd.db }
sealing: { keyId: k2026, key: { file: keys/sealing } }
secrets:
  folder: secrets
  allow:
    - { env: PERSONIO_CLIENT_ID, hosts: [api.personio.de] }
    - { file: personio/client-secret, hosts: [api.personio.de, "localhost:8443"] }
network: { private: [localhost, 10.1.0.0/16], http: true }
files: { folders: [people, { env: DATA }], write: [lists] }
environment: [LMS_DOMAIN]
smtp: { host: mail.example.com, port: 465, from: rosterd@example.com, user: rosterd, password: { env: SMTP }, tls: implicit }
listen: "[::1]:9090"
tokens: [{ name: grafana, role: viewer, token: { env: GRAFANA_TOKEN } }]
limits: { leave: { atMost: 100, window: 48h } }
passLimit: 1h30m
webhooks: { quiet: 20s }
killSwitch: true
`;

test('every key is understood, and paths are relative to the file', async () => {
  const { config, folder } = await read(everything);

  expect(config).toEqual({
    installation: 'acme-prod',
    specs: {
      kind: 'git',
      url: 'https://git.example.com/acme/people.git',
      branch: 'live',
      path: 'specs',
      pollMs: 30_000,
      token: { env: 'GIT_TOKEN' },
    },
    data: path.join(folder, 'state'),
    store: { sqlite: path.join(folder, 'db/rosterd.db') },
    sealing: { keyId: 'k2026', key: { file: 'keys/sealing' } },
    secrets: {
      folder: path.join(folder, 'secrets'),
      allow: [
        { reference: { env: 'PERSONIO_CLIENT_ID' }, hosts: ['api.personio.de'] },
        { reference: { file: 'personio/client-secret' }, hosts: ['api.personio.de', 'localhost:8443'] },
      ],
    },
    network: { private: ['localhost', '10.1.0.0/16'], http: true },
    files: { folders: [path.join(folder, 'people'), { env: 'DATA' }], write: [path.join(folder, 'lists')] },
    environment: ['LMS_DOMAIN'],
    smtp: {
      host: 'mail.example.com',
      port: 465,
      from: 'rosterd@example.com',
      user: 'rosterd',
      password: { env: 'SMTP' },
      tls: 'implicit',
    },
    listen: { host: '::1', port: 9090 },
    tokens: [{ name: 'grafana', role: 'viewer', token: { env: 'GRAFANA_TOKEN' } }],
    limits: { leave: { atMost: 100, windowMs: 172_800_000 } },
    passLimitMs: 5_400_000,
    webhooks: { quietMs: 20_000 },
    killSwitch: true,
    folder,
  });
});

test('without a file nothing is allowed, and only loopback listens', async () => {
  const { config } = await loadOperatorConfig({
    folder: '/srv/rosterd',
    specs: 'specs',
    data: '/var/lib/rosterd',
  });

  expect(config).toMatchObject({
    installation: 'default',
    specs: { kind: 'folder', folder: '/srv/rosterd/specs' },
    data: '/var/lib/rosterd',
    store: { sqlite: '/var/lib/rosterd/rosterd.db' },
    secrets: { allow: [] },
    network: { private: [], http: false },
    files: { folders: [], write: [] },
    environment: [],
    listen: { host: '127.0.0.1', port: 8080 },
    tokens: [],
    passLimitMs: 6 * 3_600_000,
    killSwitch: false,
  });
});

test('flags win over the file', async () => {
  const { config, folder } = await read('specs: a\ndata: b\n', { specs: 'c', data: 'd' });

  expect(config.specs).toEqual({ kind: 'folder', folder: path.join(folder, 'c') });
  expect(config.store.sqlite).toBe(path.join(folder, 'd', 'rosterd.db'));
});

test('an empty file is a file without keys', async () => {
  const { config } = await read('# nothing yet\n');

  expect(config.installation).toBe('default');
});

test.each([
  {
    name: 'an unknown key, with a suggestion',
    text: 'instalation: x\n',
    faults: [
      'rosterd.config.yaml:1:1: "instalation" is not a key of a document; did you mean "installation"? [spec/unknown-key]',
    ],
  },
  {
    name: 'a limit for passes that none could keep, or none would reach',
    text: 'passLimit: 30s\n',
    faults: ['rosterd.config.yaml:1:12: "passLimit" must be from 1m to 7d [spec/value]'],
  },
  {
    name: 'a secret that may be sent anywhere',
    text: 'secrets:\n  allow:\n    - { env: A }\n    - { env: B, hosts: [] }\n    - { env: C, hosts: ["https://a.example.com/"] }\n',
    faults: [
      'rosterd.config.yaml:3:7: item 1 of "allow" needs "hosts" [spec/missing-key]',
      'rosterd.config.yaml:4:24: "hosts" must have at least 1 item [spec/value]',
      'rosterd.config.yaml:5:25: item 1 of "hosts" must be host or host:port [spec/value]',
    ],
  },
  {
    name: 'a secret in the open',
    text: 'smtp: { host: a, from: a@b, password: hunter2 }\n',
    faults: ['rosterd.config.yaml:1:39: "password" must be a map, not text [spec/type]'],
  },
  {
    name: 'a network that is none',
    text: 'network:\n  private: [10.0.0.0/33, "a b", 127.0.0.1]\n',
    faults: [
      'rosterd.config.yaml:2:13: 10.0.0.0/33 is no range of addresses such as 10.1.0.0/16 [config/network]',
      'rosterd.config.yaml:2:26: a b is no host [config/network]',
    ],
  },
  {
    name: 'a second document',
    text: 'data: a\n---\ndata: b\n',
    faults: [
      'rosterd.config.yaml:3:1: the configuration is one document; this is a second [config/documents]',
    ],
  },
])('$name is refused at its place', async ({ text, faults }) => {
  expect(await faultsOf(text)).toEqual(faults);
});

test('a file that is not UTF-8 is refused', async () => {
  const folder = await folderWithConfig('');
  await writeFile(path.join(folder, 'rosterd.config.yaml'), Buffer.from([0x64, 0xff]));

  const loading = loadOperatorConfig({ file: 'rosterd.config.yaml', folder });

  await expect(loading).rejects.toThrow('the configuration is not UTF-8');
});

test('a file that is not there is a fault of the configuration', async () => {
  const loading = loadOperatorConfig({ file: 'none.yaml', folder: tmpdir() });

  await expect(loading).rejects.toThrow(
    "none.yaml:1:1: the configuration can't be read: ENOENT [config/unreadable]",
  );
});
