import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { catalogOf, connectors } from '../../src/connectors/registry.ts';
import { createCompiler } from '../../src/expression/compiler.ts';
import { loadOperatorConfig } from '../../src/operator/config.ts';
import { checkCron } from '../../src/schedule/cron.ts';
import { loadConnections } from '../../src/spec/load-connections.ts';
import { blocksOf, repository } from './shell-lines.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rosterd-blocks-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

const connectorPages = (await readdir(join(repository, 'docs/connectors')))
  .filter((file) => file !== 'README.md' && file !== 'writing-one.md')
  .map((file) => `docs/connectors/${file}`);

test.each(connectorPages)('the connection that %s shows is one', async (page) => {
  const shown = yamlOf(page).filter((text) => text.includes('kind: Connection'));
  await writeFile(join(folder, 'shown.yaml'), shown.join('\n---\n'));

  const connections = await loadConnections({
    folder,
    catalog: catalogOf(connectors),
    createCompiler,
    checkCron,
    lookupFile: ({ path }) => path,
    resolveConfig: (config) => ({ config }),
  });

  expect(connections.size).toBe(shown.length);
  expect(shown.length).toBeGreaterThan(0);
});

test('every connector has a page', () => {
  expect(connectorPages.toSorted()).toEqual(
    [...connectors.keys()].map((name) => `docs/connectors/${name}.md`).toSorted(),
  );
});

test('the configuration that operators are shown is one', async () => {
  const shown = yamlOf('docs/operating.md').filter((text) => text.includes('installation:'));
  expect(shown).toHaveLength(1);
  await writeFile(join(folder, 'rosterd.config.yaml'), shown[0] ?? '');

  const { config } = await loadOperatorConfig({ file: 'rosterd.config.yaml', folder });

  expect(config).toMatchObject({ installation: 'acme-prod', data: '/data', specs: { kind: 'git' } });
});

function yamlOf(page: string): readonly string[] {
  return blocksOf(page)
    .filter(({ language }) => language === 'yaml')
    .map(({ text }) => text);
}
