import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startScim, type ScimServer } from '../vendors/scim/server.ts';

const root = resolve(import.meta.dirname, '../..');

let folder: string;
let scim: ScimServer;
let daemon: ChildProcess;
let address: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rosterd-system-'));
  scim = await startScim({ token: 'system-ring' });
  cpSync(join(root, 'specs/examples/csv-to-scim'), join(folder, 'specs'), { recursive: true });
  const config = join(folder, 'rosterd.config.yaml');
  writeFileSync(
    config,
    [
      'specs: specs',
      'data: data',
      'listen: 127.0.0.1:0',
      'environment: [SCIM_URL]',
      'secrets: { allow: [{ env: SCIM_TOKEN, hosts: [127.0.0.1] }] }',
      'network: { private: [127.0.0.1], http: true }',
    ].join('\n'),
  );
  const env = { ...process.env, SCIM_URL: scim.url, SCIM_TOKEN: 'system-ring' };
  daemon = spawn(process.execPath, [join(root, 'src/main.ts'), 'daemon', '--config', config], { env });
  address = await listening(daemon);
  const asked = spawn(process.execPath, [join(root, 'src/main.ts'), 'sync', 'staff', '--config', config], {
    env,
  });
  const code = await new Promise((ended) => asked.once('exit', ended));
  expect(code).toBe(0);
});

afterAll(async () => {
  daemon.kill('SIGTERM');
  await scim.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('promtool finds nothing to complain about in the metrics', async () => {
  const text = await (await fetch(`${address}/metrics`)).text();
  const checked = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  expect(checked.stderr + checked.stdout).toBe('');
  expect(checked.status).toBe(0);
});

test('a real Prometheus scrapes the daemon and knows its syncs', async () => {
  writeFileSync(
    join(folder, 'prometheus.yml'),
    `global: { scrape_interval: 1s }\nscrape_configs:\n  - job_name: rosterd\n    static_configs: [{ targets: ['${address.replace('http://', '')}'] }]\n`,
  );
  const prometheus = spawn('prometheus', [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'tsdb')}`,
    '--web.listen-address=127.0.0.1:19090',
  ]);
  try {
    expect(await until('rosterd_specs_valid', (values) => values.includes('1'))).toContain('1');
    const passes = await until(
      'sum(rosterd_passes_total{sync="staff",result="applied"})',
      (values) => values.length > 0,
    );
    expect(Number(passes[0])).toBeGreaterThan(0);
  } finally {
    prometheus.kill('SIGTERM');
  }
});

test('the alert rules are sound, fire when they should, and name metrics that there are', async () => {
  const rules = join(root, 'deploy/prometheus/alerts.yaml');
  const played = join(root, 'deploy/prometheus/alerts.test.yaml');
  expect(spawnSync('promtool', ['check', 'rules', rules]).status).toBe(0);
  const tested = spawnSync('promtool', ['test', 'rules', played], { encoding: 'utf8' });
  expect(tested.stdout + tested.stderr).toContain('SUCCESS');
  expect(tested.status).toBe(0);
  const offered = await (await fetch(`${address}/metrics`)).text();
  const named = new Set(readFileSync(rules, 'utf8').match(/rosterd_[a-z_]+/g));
  expect([...named].filter((name) => !offered.includes(`# HELP ${name} `))).toEqual([]);
});

/** Values of an instant query, asked again until they are as expected or half a minute is over. */
async function until(
  query: string,
  done: (values: readonly string[]) => boolean,
): Promise<readonly string[]> {
  let values: readonly string[] = [];
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const url = `http://127.0.0.1:19090/api/v1/query?query=${encodeURIComponent(query)}`;
    const answer = await fetch(url).then(
      async (response) => (await response.json()) as { data?: { result: { value: [number, string] }[] } },
      () => undefined,
    );
    values = answer?.data?.result.map(({ value }) => value[1]) ?? [];
    if (done(values)) return values;
    await new Promise((resolve_) => setTimeout(resolve_, 500));
  }
  return values;
}

async function listening(child: ChildProcess): Promise<string> {
  return await new Promise((found, failed) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const url = /listening on (http:\S+)/.exec(said)?.[1];
      if (url !== undefined) found(url);
    });
    child.once('exit', () => failed(new Error(`the daemon ended: ${said}`)));
  });
}
