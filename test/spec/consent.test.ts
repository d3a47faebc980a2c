import { expect, test } from 'vitest';
import type { Catalog, ConnectorFacts } from '../../src/spec/catalog.ts';
import { catalog } from './catalog.ts';
import { findingsOf } from './folder.ts';

const hris = catalog.connectors.get('hris') as ConnectorFacts;
const through: Catalog = {
  connectors: new Map([['hris', { ...hris, subprocessor: 'Between & Sons Ltd.' }]]),
};

const connection = (more: string) =>
  `apiVersion: rosterd.dev/v1\nkind: Connection\nmetadata: { name: hr }\nspec: { connector: hris${more} }\n`;
const consent = ', subprocessor: { acceptedBy: dpo@example.com, acceptedAt: 2026-11-20T09:12:00Z }';

test('data passes a third party only where somebody has said so, by name and moment', async () => {
  const silent = await findingsOf({ 'a.yaml': connection('') }, { catalog: through });
  expect(silent).toEqual([
    expect.stringMatching(/a\.yaml:4:.*passes people's data through Between & Sons Ltd\..*missing-consent/s),
  ]);
  expect(silent[0]).toContain('add subprocessor: { acceptedBy:');
  const named = consent.replace('acceptedBy', 'name: Ada Example, acceptedBy');
  for (const given of [consent, named])
    expect(await findingsOf({ 'a.yaml': connection(given) }, { catalog: through })).toEqual([]);
});

test('a consent without a name, or with a day for a moment, is none', async () => {
  for (const wrong of [
    consent.replace('dpo@example.com', "''"),
    consent.replace('dpo@example.com', 'the board'),
    consent.replace('T09:12:00Z', ''),
  ]) {
    expect(await findingsOf({ 'a.yaml': connection(wrong) }, { catalog: through })).not.toEqual([]);
  }
});
