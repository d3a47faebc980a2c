import { once } from 'node:events';
import { appendFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { application } from '../vendors/bamboohr/oauth.ts';
import { startBamboo } from '../vendors/bamboohr/server.ts';
import { endOf, openCliBench } from './bench.ts';

const connection = (url: string) => `apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: bamboo, owner: people-ops }
spec:
  connector: bamboohr
  config: { companyDomain: example, baseUrl: '${url}', auth: oauth }
  credentials: { clientId: { env: APP_ID }, clientSecret: { env: APP_SECRET } }
`;

const allowed = `
    - { env: APP_ID, hosts: [127.0.0.1] }
    - { env: APP_SECRET, hosts: [127.0.0.1] }`;

async function open() {
  const bamboo = await startBamboo({ apiKey: 'unused' });
  onTestFinished(() => bamboo.close());
  bamboo.company.hire({ firstName: 'Iduna', workEmail: 'iduna@example.org' });
  const bench = await openCliBench();
  await appendFile(join(bench.folder, 'bamboo.yaml'), connection(bamboo.url));
  await bench.edit('rosterd.config.yaml', '  allow:', `  allow:${allowed}`);
  const env = { APP_ID: application.id, APP_SECRET: application.secret };
  return { bamboo, bench, env };
}

/** A port that nobody had a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The first line of standard output: the page to open. */
async function pageOf(child: ReturnType<typeof import('node:child_process').spawn>): Promise<string> {
  for await (const part of child.stdout ?? []) {
    const [line] = String(part).split('\n');
    if (line?.startsWith('http') === true) return line;
  }
  throw new Error('no page was named');
}

test('somebody connects with a browser, and passes go on with tokens that are replaced', async () => {
  const { bench, env } = await open();
  const before = await bench.rosterdWith(env, 'connection', 'test', 'bamboo');
  expect(before.stdout).toContain('run: rosterd connection connect bamboo [NotConnected]');

  const redirect = `http://127.0.0.1:${await freePort()}/connected`;
  const child = bench.startWith(env, 'connection', 'connect', 'bamboo', '--redirect', redirect);
  const ended = endOf(child);
  const page = await pageOf(child);
  expect(page).not.toContain(application.secret);
  const wrong = await fetch(`${redirect}?code=stolen&state=another`);
  expect(wrong.status).toBe(400);
  expect(await (await fetch(page)).text()).toContain('You can close this page');
  const { code, stderr } = await ended;
  expect([code, stderr]).toEqual([0, expect.stringContaining('bamboo is connected')]);

  for (let n = 0; n < 2; n += 1) {
    const tested = await bench.rosterdWith(env, 'connection', 'test', 'bamboo');
    expect(tested.stdout).toMatch(/^bamboo: /);
    expect(tested.stdout).not.toContain('NotConnected');
  }
  const [gone, again] = [
    await bench.rosterdWith(env, 'connection', 'disconnect', 'bamboo'),
    await bench.rosterdWith(env, 'connection', 'disconnect', 'bamboo'),
  ];
  expect(gone.stderr).toContain('bamboo is disconnected');
  expect(again.stderr).toBe('nothing was kept for bamboo\n');
  const left = await bench.rosterdWith(env, 'connection', 'test', 'bamboo');
  expect(left.stdout).toContain('nobody has connected it yet');
});

test('a consent that was taken back in the system stops the connection, and the way out is named', async () => {
  const { bamboo, bench, env } = await open();
  const redirect = `http://127.0.0.1:${await freePort()}/connected`;
  const child = bench.startWith(env, 'connection', 'connect', 'bamboo', '--redirect', redirect);
  const ended = endOf(child);
  await fetch(await pageOf(child));
  await ended;
  bamboo.consents.revoke();
  const after = await bench.rosterdWith(env, 'connection', 'test', 'bamboo');
  expect(after.stdout).toContain('does not take its token any more; run: rosterd connection connect bamboo');
});

test('where there is no page to connect by, the way out is named, and a wrong address is refused', async () => {
  const { bench, env } = await open();
  const [key, none, address] = await Promise.all([
    bench.rosterdWith(env, 'connection', 'connect', 'directory'),
    bench.rosterdWith(env, 'connection', 'connect', 'nobody'),
    bench.rosterdWith(env, 'connection', 'connect', 'bamboo', '--redirect', 'here'),
  ]);
  expect(key.stderr).toContain('scim takes only credentials [NothingToConnect]');
  expect(none.stderr).toContain('no connection is named "nobody"');
  expect(address.stderr).toContain('it is an address such as http://127.0.0.1:7411/connected');
  await writeFile(
    join(bench.folder, 'bamboo.yaml'),
    connection('http://127.0.0.1:9').replace('auth: oauth', 'auth: apiKey'),
  );
  const missing = await bench.rosterdWith(env, 'validate');
  expect(missing.stdout + missing.stderr).toContain('the connector bamboohr needs the credential "apiKey"');
});

test('where an address is to be pasted, one of another attempt is refused, and an end of input is not waited past', async () => {
  const { bench, env } = await open();
  const redirect = 'https://intranet.example.com/rosterd';
  const pasting = async (text: string) => {
    const child = bench.startWith(env, 'connection', 'connect', 'bamboo', '--redirect', redirect);
    child.stdin?.end(text);
    return await endOf(child);
  };
  for (const { code, stderr } of await Promise.all([
    pasting(''),
    pasting(`${redirect}?code=stolen&state=another\n`),
  ])) {
    expect(stderr).toContain(
      'connection bamboo: this is not the address of a page that answers this attempt',
    );
    expect(code).toBe(4);
  }
});
