import path from 'node:path';
import { expect, test } from 'vitest';
import { readDocuments } from '../../src/spec/documents.ts';
import { Findings } from '../../src/spec/findings.ts';
import { readSpecFiles } from '../../src/spec/folder.ts';
import { readLookups } from '../../src/spec/lookup-tables.ts';
import type { OutsideFile } from '../../src/spec/file-beside.ts';
import { folderWith } from './folder.ts';
import type { Files } from './folder.ts';

async function tablesOf(files: Files, lookupFile?: OutsideFile) {
  const folder = await folderWith(files);
  const findings = new Findings();
  const documents = readDocuments(await readSpecFiles(folder, findings), findings);
  const { tables, files: read } = await readLookups(documents, folder, lookupFile, findings);
  expect(findings.all).toEqual([]);
  return { tables, read: read.map((file) => file.path) };
}

const lookup = (spec: string) =>
  `apiVersion: rosterd.dev/v1\nkind: Lookup\nmetadata: { name: t }\nspec: ${spec}\n`;

test('a table beside its spec is read by its key, whatever the folder', async () => {
  const csv = '\uFEFFid;name\r\n0049;"Berlin; Mitte"\r\n1;\r\n';
  const spec = lookup('{ file: ../tables/t.csv, key: id, delimiter: ";" }');

  const { tables, read } = await tablesOf({ 'a/b.yaml': spec, 'tables/t.csv': csv });

  expect(read).toEqual(['tables/t.csv']);
  expect(tables.get('t')?.columns).toEqual(['id', 'name']);
  expect(tables.get('t')?.rows.get('0049')).toEqual({ id: '0049', name: 'Berlin; Mitte' });
  expect(tables.get('t')?.rows.get('1')).toEqual({ id: '1', name: '' });
});

test('a table written in the spec has text only, its single value in the column value', async () => {
  const { tables } = await tablesOf({
    'a.yaml': lookup('{ values: { DE: Germany, 0049: { value: Germany, eu: true } } }'),
  });

  expect(tables.get('t')?.columns).toEqual(['eu', 'value']);
  expect([...(tables.get('t')?.rows ?? [])]).toEqual([
    ['DE', { value: 'Germany' }],
    ['0049', { value: 'Germany', eu: 'true' }],
  ]);
});

test('a table of a folder that the operator allows', async () => {
  const data = await folderWith({ 'departments.csv': 'department_id,department_name\n10,Administration\n' });
  const spec = lookup('{ file: { env: DATA, path: departments.csv }, key: department_id }');

  const { tables, read } = await tablesOf({ 'a.yaml': spec }, (file) => path.join(data, file.path));

  expect(read).toEqual(['DATA/departments.csv']);
  expect(tables.get('t')?.rows.get('10')?.['department_name']).toBe('Administration');
});
