import { expect, test } from 'vitest';
import { capabilitiesOf } from '../../src/connectors/capabilities.ts';
import { connectors } from '../../src/connectors/registry.ts';
import { readPage } from '../docs/shell-lines.ts';
import { openCliBench } from './bench.ts';

const declared = [...connectors.values()].map(capabilitiesOf);

test('whoever asks what there is gets every connector with what it reads, writes and was not tried with', async () => {
  const { rosterd } = await openCliBench();
  const { code, stdout } = await rosterd('connection', 'list', '--output', 'json');
  expect(code).toBe(0);
  const listed = JSON.parse(stdout) as { connections: unknown; connectors: typeof declared };
  expect(listed.connections).toEqual([
    { name: 'hr', connector: 'csv', owner: null, suspended: false, expiresAt: null },
    { name: 'directory', connector: 'scim', owner: null, suspended: false, expiresAt: null },
  ]);
  expect(listed.connectors).toEqual(declared);
  expect(listed.connectors.find(({ name }) => name === 'bamboohr')).toMatchObject({
    system: 'hr',
    source: true,
    target: true,
    entities: { read: ['person', 'course', 'enrollment'], written: ['person', 'course', 'enrollment'] },
    webhooks: true,
    connect: true,
    subprocessor: null,
    tellsAccount: true,
  });
  expect(listed.connectors.find(({ name }) => name === 'merge')).toMatchObject({
    target: false,
    entities: { read: ['person'], written: [] },
    subprocessor: 'Merge API, Inc.',
  });
});

test('every connector says in words what it reads, writes and was not tried with, and what each credential is', () => {
  const silent = declared.flatMap(({ name, read, write, untested, credentials }) =>
    [read, write, untested, ...credentials.map(({ about }) => about)].some((text) => text.trim() === '')
      ? [name]
      : [],
  );
  expect(silent).toEqual([]);
  for (const { source, target, entities, write, name } of declared) {
    expect(source || target, name).toBe(true);
    expect(entities.read.length, name).toBeGreaterThan(0);
    expect(entities.written.length > 0, name).toBe(target);
    expect(write === 'not supported', name).toBe(!target);
  }
});

test('people see the same as a table, and readers of the docs too', async () => {
  const { rosterd } = await openCliBench();
  const { stdout } = await rosterd('connection', 'list');
  expect(stdout).toMatch(/^CONNECTOR +SIDE +CARRIES +READS +WRITES +BESIDES +UNTESTED$/m);
  expect(stdout).toMatch(/^merge .*webhooks, connect, through Merge API, Inc\. /m);
  const page = readPage('docs/connectors/README.md');
  for (const { name, read, write, untested, webhooks, connect, subprocessor } of declared) {
    const line = stdout.split('\n').find((one) => one.startsWith(`${name} `)) ?? '';
    for (const words of [read, write, untested]) expect(line).toContain(words);
    const row = page.split('\n').find((one) => one.startsWith(`| [\`${name}\`]`)) ?? '';
    const flags = [webhooks, connect].map((is) => (is ? 'yes' : 'no')).join(' | ');
    expect(row).toContain(`| ${flags} |`);
    if (subprocessor !== null) expect(page).toContain(`- **${name}**: ${subprocessor}`);
  }
});
