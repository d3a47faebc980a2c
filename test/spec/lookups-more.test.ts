import { expect, test } from 'vitest';
import { findingsOf } from './folder.ts';

test.each([
  { fault: 'a quote in the middle of a cell', csv: 'email,office\nada.okafor@example.org "Ada",Berlin\n' },
  { fault: 'a quote that is closed too early', csv: 'email,office\n"ada.okafor"@example.org,Berlin\n' },
  { fault: 'a quote that never closes', csv: 'email,office\n"ada.okafor@example.org,Berlin\n' },
  { fault: 'a row that is too long', csv: 'email,office\nada.okafor@example.org,Berlin,Mitte\n' },
])('$fault is reported by its line, without what stands in it', async ({ csv }) => {
  const yaml =
    'apiVersion: rosterd.dev/v1\nkind: Lookup\nmetadata: { name: t }\nspec: { file: t.csv, key: email }\n';
  const findings = await findingsOf({ 'a.yaml': yaml, 't.csv': csv });
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatch(/^t\.csv:\d+:1: is no table: .*\[spec\/lookup-csv\]$/);
  expect(findings[0]).not.toMatch(/ada|okafor|berlin|mitte/i);
});
