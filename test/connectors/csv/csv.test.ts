import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { csv } from '../../../src/connectors/csv/connector.ts';
import { csvConfig } from '../../../src/connectors/csv/schema.ts';
import type { AttributeSpec } from '../../../src/model/attribute.ts';
import { Stalled, Waiting } from '../../../src/model/error.ts';
import type { Receipt, Row } from '../../../src/model/row.ts';
import { testContext } from '../../contract/context.ts';

let folder = '';
const signal = new AbortController().signal;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rosterd-csv-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (content: string | Buffer) => writeFile(path.join(folder, 'people.csv'), content);

const files = (file: string | { readonly env: string; readonly path: string }) =>
  path.join(folder, typeof file === 'string' ? file : file.path);

function open(config: object = {}, fields?: readonly AttributeSpec[]) {
  const parsed = csvConfig.parse({ file: 'people.csv', id: 'id', ...config });
  return csv.openReader(testContext({ config: parsed, files, ...(fields === undefined ? {} : { fields }) }));
}

async function readAll(
  reader: ReturnType<typeof open>,
  attributes: readonly string[],
): Promise<{ rows: Row[]; receipt: Receipt }> {
  const rows: Row[] = [];
  const reading = reader.read({ attributes }, signal);
  for (;;) {
    const step = await reading.next();
    if (step.done === true) return { rows, receipt: step.value };
    rows.push(...step.value);
  }
}

describe('cells become values', () => {
  test.each([
    { name: 'text stays as it is', column: {}, cell: ' Ada ', value: ' Ada ' },
    { name: 'an empty cell is nothing', column: {}, cell: '', value: null },
    { name: 'a number with leading zeros stays text', column: {}, cell: '0042', value: '0042' },
    { name: 'a whole number', column: { type: 'int' }, cell: ' 42 ', value: 42 },
    {
      name: 'a number beyond what is exact is none',
      column: { type: 'int' },
      cell: '9007199254740993',
      value: undefined,
    },
    { name: 'a decimal', column: { type: 'decimal' }, cell: '-0.5', value: -0.5 },
    { name: 'a word for yes', column: { type: 'bool' }, cell: 'YES', value: true },
    { name: 'a word for no', column: { type: 'bool' }, cell: '0', value: false },
    { name: 'a word for neither', column: { type: 'bool' }, cell: 'maybe', value: undefined },
    {
      name: 'a German date',
      column: { type: 'date', format: 'dd.MM.yyyy' },
      cell: '29.02.2024',
      value: '2024-02-29',
    },
    {
      name: 'an American date',
      column: { type: 'date', format: 'M/d/yyyy' },
      cell: '2/9/2024',
      value: '2024-02-09',
    },
    { name: 'a day that does not exist', column: { type: 'date' }, cell: '2023-02-29', value: undefined },
    {
      name: 'an instant',
      column: { type: 'instant' },
      cell: '2024-02-09T08:00:00+01:00',
      value: '2024-02-09T08:00:00+01:00',
    },
    {
      name: 'an instant without an offset',
      column: { type: 'instant' },
      cell: '2024-02-09T08:00:00',
      value: undefined,
    },
  ])('$name', async ({ column, cell, value }) => {
    await write(`id,x\n1,"${cell}"\n`);
    const { rows } = await readAll(open({ columns: { x: column } }), ['x']);
    expect(rows[0]?.values).toEqual([value]);
    expect(rows[0]?.fault !== undefined).toBe(value === undefined);
    if (rows[0]?.fault !== undefined) expect(rows[0].fault).not.toContain(cell);
  });

  test('a comma as decimal mark, and other words for nothing', async () => {
    await write('id;x;y\n1;1,5;n/a\n');
    const columns = { x: { type: 'decimal' }, y: {} };
    const { rows } = await readAll(open({ columns, delimiter: ';', decimalMark: ',', nulls: ['', 'n/a'] }), [
      'x',
      'y',
    ]);
    expect(rows[0]?.values).toEqual([1.5, null]);
  });

  test('an attribute may have another name than its column', async () => {
    await write('id,Nachname\n1,Lovelace\n');
    const reader = open({ columns: { last_name: { column: 'Nachname' } } });
    expect((await readAll(reader, ['last_name'])).rows[0]?.values).toEqual(['Lovelace']);
    expect(reader.shape.attributes).toMatchObject([{ name: 'last_name', key: 'Nachname' }]);
  });
});

describe('files', () => {
  test('a byte order mark, CRLF and quoted line ends are read', async () => {
    await write('\uFEFFid,x\r\n1,"two\r\nlines"\r\n\r\n2,b\r\n');
    const { rows } = await readAll(open(), ['x']);
    expect(rows).toEqual([
      { id: '1', values: ['two\r\nlines'] },
      { id: '2', values: ['b'] },
    ]);
  });

  test('windows-1252 is read where the config says so', async () => {
    await write(Buffer.from([0x69, 0x64, 0x2c, 0x78, 0x0a, 0x31, 0x2c, 0x80, 0xe9, 0x0a]));
    expect((await readAll(open({ encoding: 'windows-1252' }), ['x'])).rows[0]?.values).toEqual(['€é']);
  });

  test('a byte that is not UTF-8 is named by its line', async () => {
    await write(Buffer.concat([Buffer.from('id,x\n1,a\n2,'), Buffer.from([0xe9]), Buffer.from('\n3,c\n')]));
    await expect(readAll(open(), ['x'])).rejects.toThrow(/not UTF-8 in line 3/);
  });

  test('a record without an id is passed on, for its own error', async () => {
    await write('id,x\n,a\n2,b\n');
    const { rows, receipt } = await readAll(open(), ['x']);
    expect(rows.map((row) => row.id)).toEqual(['', '2']);
    expect(receipt.records).toBe(2);
  });

  test('a header alone is a whole reading of nobody; no byte at all is none', async () => {
    await write('id,x');
    expect((await readAll(open(), ['x'])).receipt).toMatchObject({
      records: 0,
      end: 'end of file, size unchanged',
    });
    await write('');
    await expect(readAll(open(), ['x'])).rejects.toThrow(Waiting);
  });

  test('a file that grows while it is read is no reading', async () => {
    await write(`id,x\n${Array.from({ length: 1200 }, (_, n) => `${String(n)},a`).join('\n')}\n`);
    const reading = open().read({ attributes: ['x'] }, signal);
    await reading.next();
    await appendFile(path.join(folder, 'people.csv'), '1200,a\n');
    const rest = async () => {
      while ((await reading.next()).done !== true);
    };
    await expect(rest()).rejects.toThrow(/changed while it was read/);
  });

  test('data are as old as the file', async () => {
    await write('id,x\n1,a\n');
    const { receipt } = await readAll(open(), ['x']);
    expect(Math.abs(Date.parse(receipt.asOf) - Date.now())).toBeLessThan(60_000);
  });

  test('a folder in place of the file waits for a person', async () => {
    await expect(readAll(open({ file: '.' }), ['x'])).rejects.toThrow(Stalled);
  });

  test('a file below a folder of the environment goes to the operator’s check', async () => {
    await write('id,x\n1,a\n');
    const reader = open({ file: { env: 'HR_FOLDER', path: 'people.csv' } });
    expect((await readAll(reader, ['x'])).rows).toHaveLength(1);
  });
});

describe('attributes without a declaration', () => {
  test('a probe tells types from the records', async () => {
    await write(
      'id,badge,floor,since,remote,share\n1,0042,3,2024-02-29,true,0.5\n2,0043,,2024-03-01,false,1\n',
    );
    const { fields } = await open().probe(signal);
    expect(fields.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      'id: int',
      'badge: text',
      'floor: int',
      'since: date',
      'remote: bool',
      'share: decimal',
    ]);
  });

  test('a column that is empty for everybody is named as the file calls it', () => {
    const columns = { since: { column: 'Joined on', type: 'date' } };
    expect(open({ columns }).whyEmpty?.('since')).toContain('the export leaves the column "Joined on" empty');
  });

  test('saved fields give the types', async () => {
    await write('id,floor\n1,3\n');
    const saved = [{ name: 'floor', type: 'int', class: 'internal' }] as const;
    expect((await readAll(open({}, saved), ['floor'])).rows[0]?.values).toEqual([3]);
  });

  test('the connector knows them offline only from the config', () => {
    const config = { file: 'people.csv', id: 'id' };
    expect(csv.attributes(csvConfig.parse(config), 'person')).toBeUndefined();
    const declared = csvConfig.parse({ ...config, columns: { hired: { type: 'date', class: 'internal' } } });
    expect(csv.attributes(declared, 'person')).toEqual([
      { name: 'hired', type: 'date', class: 'internal', optional: true },
    ]);
  });
});
