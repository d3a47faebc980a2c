import { expect, test } from 'vitest';
import { catalogOf, connectors } from '../../src/connectors/registry.ts';
import { loadAndCompile } from '../../src/spec/load.ts';
import { createCompiler } from '../../src/expression/compiler.ts';
import { folderWith } from './folder.ts';

const connection = (spec: string): string =>
  `apiVersion: rosterd.dev/v1\nkind: Connection\nmetadata: { name: c }\nspec: ${spec}\n`;
const people = 'config: { file: people.csv, id: id }';
const hr = 'credentials: { apiKey: { env: A } }';

async function warningsOf(spec: string): Promise<readonly string[]> {
  const folder = await folderWith({ 'a.yaml': connection(spec) });
  const { warnings } = await loadAndCompile({
    folder,
    catalog: catalogOf(connectors),
    createCompiler,
    checkCron: () => undefined,
  });
  return warnings.map(({ code, message }) => `${code} ${message}`);
}

test.each([`{ connector: csv, ${people}, account: acme }`, `{ connector: talenthr, ${hr}, account: acme }`])(
  'an account that the system does not tell is said to check nothing: %s',
  async (spec) => {
    expect(await warningsOf(spec)).toEqual([
      expect.stringMatching(/^spec\/no-effect .*"account" checks nothing/),
    ]);
    expect(await warningsOf(spec.replace(', account: acme', ''))).toEqual([]);
  },
);

test('where the system tells its account, nothing is said', async () => {
  const lms = 'config: { domain: acme.talentlms.com }, credentials: { apiKey: { env: K } }';
  expect(await warningsOf(`{ connector: talentlms, ${lms}, account: acme.talentlms.com }`)).toEqual([]);
});
