import { expect, test } from 'vitest';
import { catalogOf, connectors } from '../../../src/connectors/registry.ts';
import type { ConfigFault } from '../../../src/spec/catalog.ts';
import { workday } from '../../../src/connectors/workday/connector.ts';

const where = { baseUrl: 'https://wd3.example.com', tenant: 'acme' };
const report = { api: 'report', ...where, report: { owner: 'hr', name: 'Workers' } };
const soap = { api: 'soap', ...where };

test.each([
  { name: 'neither way', config: where, path: ['api'], says: 'one of report, soap' },
  {
    name: 'a third way',
    config: { ...where, api: 'wql' },
    path: ['api'],
    says: 'one of report, soap',
  },
  { name: 'no report', config: { api: 'report', ...where }, path: ['report'], says: 'missing' },
  { name: 'a key of the other way', config: { ...soap, columns: {} }, path: ['columns'], says: 'not a key' },
  { name: 'a key of the other way', config: { ...report, paths: {} }, path: ['paths'], says: 'not a key' },
  {
    name: 'another format',
    config: { ...report, prompts: { format: 'csv' } },
    path: ['prompts'],
    says: 'always json',
  },
  {
    name: 'a tenant that is a path',
    config: { ...soap, tenant: '../x' },
    path: ['tenant'],
    says: 'name of the tenant',
  },
  {
    name: 'an old version',
    config: { ...soap, version: 'v21.1' },
    path: ['version'],
    says: 'v30.0 or later',
  },
  { name: 'a page too large', config: { ...soap, pageSize: 1000 }, path: ['pageSize'], says: '999' },
  {
    name: 'a zone that there is not',
    config: { ...soap, timezone: 'Europe/Ulm' },
    path: ['timezone'],
    says: 'IANA',
  },
  {
    name: 'a misspelt attribute',
    config: { ...soap, paths: { emial: 'A' } },
    path: ['paths', 'emial'],
    says: 'must be an attribute',
  },
  {
    name: 'a path with a function',
    config: { ...soap, paths: { email: 'A[contains(B)]' } },
    path: ['paths', 'email'],
    says: 'not a path',
  },
  {
    name: 'a flag that takes away',
    config: { ...soap, responseGroup: ['Exclude_Funds'] },
    path: ['responseGroup', 0],
    says: 'Include_',
  },
  {
    name: 'an impossible number of rows',
    config: { ...report, complete: { atLeast: 0 } },
    path: ['complete', 'atLeast'],
    says: '>=1',
  },
])('$name is refused at its key', ({ config, path, says }) => {
  const faults = faultsOf(config);
  expect(faults.map((fault) => fault.path)).toContainEqual(path);
  expect(faults.map(({ message }) => message).join('\n')).toContain(says);
});

test('a misspelt key is answered with those that there are', () => {
  expect(faultsOf({ ...report, promts: {} })[0]?.suggestion).toContain('prompts');
});

test.each([
  { config: report, needs: ['username', 'password'] },
  { config: { ...report, auth: 'oauth' }, needs: ['clientId', 'clientSecret'] },
  { config: soap, needs: ['username', 'password'] },
])('$config.api needs $needs', ({ config, needs }) => {
  const parsed = workday.config.parse(config);
  const required = workday.credentials.filter((one) =>
    typeof one.required === 'function' ? one.required(parsed) : one.required,
  );
  expect(required.map(({ name }) => name)).toEqual(needs);
});

test('an attribute may be moved and made more careful, never less', () => {
  const columns = {
    email: { column: 'Mail', class: 'sensitive' },
    gender: { column: 'Sex', class: 'public' },
    'custom.tax_class': 'Tax',
    'custom.badge': { column: 'Badge', type: 'int', class: 'internal' },
  };
  const specs = workday.attributes(workday.config.parse({ ...report, columns }), 'person') ?? [];
  const said = specs
    .filter(({ name }) => Object.hasOwn(columns, name))
    .map(({ name, key, type, class: of }) => ({ name, key, type, of }));
  expect(said).toEqual([
    { name: 'email', key: 'Mail', type: 'text', of: 'sensitive' },
    { name: 'gender', key: 'Sex', type: 'text', of: 'sensitive' },
    { name: 'custom.tax_class', key: 'Tax', type: 'text', of: 'sensitive' },
    { name: 'custom.badge', key: 'Badge', type: 'int', of: 'internal' },
  ]);
});

function faultsOf(config: unknown): readonly ConfigFault[] {
  const parsed = catalogOf(connectors).connectors.get('workday')?.parseConfig(config);
  return parsed !== undefined && 'faults' in parsed ? parsed.faults : [];
}
