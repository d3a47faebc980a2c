import { parse } from 'csv-parse/sync';
import type { LookupTable } from '../expression/expression.ts';
import type { Documents, SpecDocument } from './documents.ts';
import { readFileBeside, type OutsideFile } from './file-beside.ts';
import type { Findings } from './findings.ts';
import type { SpecFile } from './folder.ts';
import { suggest } from './suggestion.ts';

const largestTable = 10_485_760;

export interface LookupTables {
  readonly tables: ReadonlyMap<string, LookupTable>;
  /** The CSV files that were read: part of the revision's digest. */
  readonly files: readonly SpecFile[];
}

/** Reads every Lookup into a table. Files lie in the specs folder, or where the operator's configuration allows. */
export async function readLookups(
  documents: Documents,
  folder: string,
  outside: OutsideFile | undefined,
  findings: Findings,
): Promise<LookupTables> {
  const tables = new Map<string, LookupTable>();
  const files: SpecFile[] = [];
  for (const document of documents.Lookup.values()) {
    const { values, file } = document.content.spec;
    if (values !== undefined) tables.set(document.name, inlineTable(document.name, values));
    if (file === undefined) continue;
    const found = await readFileBeside(file, {
      beside: document.yaml.file,
      folder,
      outside,
      largest: largestTable,
      fault: ({ code, message }) =>
        findings.error(
          code === 'too-large' ? 'spec/too-large' : 'spec/lookup-file',
          document.yaml.place(['spec', 'file']),
          message,
        ),
    });
    if (found === undefined) continue;
    files.push(found);
    const table = csvTable(document, found, findings);
    if (table !== undefined) tables.set(document.name, table);
  }
  return { tables, files };
}

type Cell = string | number | boolean;

function inlineTable(
  name: string,
  values: Readonly<Record<string, Cell | Record<string, Cell>>>,
): LookupTable {
  const columns = new Set<string>();
  const rows = new Map<string, Record<string, string>>();
  for (const [key, row] of Object.entries(values)) {
    const cells = typeof row === 'object' ? row : { value: row };
    const texts = Object.entries(cells).map(([column, cell]) => [column, String(cell)] as const);
    for (const [column] of texts) columns.add(column);
    rows.set(key, Object.fromEntries(texts));
  }
  return { name, columns: [...columns].toSorted(), rows };
}

function csvTable(
  document: SpecDocument<'Lookup'>,
  file: SpecFile,
  findings: Findings,
): LookupTable | undefined {
  const { key = '', delimiter } = document.content.spec;
  const records = parseCsv(file, delimiter, findings);
  const [header, ...body] = records ?? [];
  if (records === undefined) return undefined;
  const column = header?.cells.indexOf(key) ?? -1;
  if (header === undefined || column === -1) {
    const place = document.yaml.place(['spec', 'key']);
    findings.error(
      'spec/lookup-key',
      place,
      `${file.path} has no column "${key}"`,
      suggest(key, header?.cells ?? []),
    );
    return undefined;
  }
  const rows = new Map<string, Readonly<Record<string, string>>>();
  for (const { cells, line } of body) {
    const value = cells[column] ?? '';
    const place = { file: file.path, line, column: 1 };
    if (rows.has(value))
      findings.error('spec/duplicate-row', place, `"${key}" has this value in an earlier row too`);
    rows.set(value, Object.fromEntries(header.cells.map((name, index) => [name, cells[index] ?? ''])));
  }
  return { name: document.name, columns: header.cells, rows };
}

interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

const csvFaults: Readonly<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'a row has more or fewer cells than the first',
  CSV_QUOTE_NOT_CLOSED: 'a quote is never closed',
  CSV_INVALID_CLOSING_QUOTE: 'something stands behind a closing quote',
  INVALID_OPENING_QUOTE: 'a quote stands in the middle of a cell',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8',
};

function parseCsv(file: SpecFile, delimiter: string, findings: Findings): readonly CsvRecord[] | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
    const records = parse(text, { delimiter, bom: true, info: true, skip_empty_lines: true }) as unknown as {
      readonly record: readonly string[];
      readonly info: { readonly lines: number };
    }[];
    return records.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    const { lines, code } = error as { readonly lines?: unknown; readonly code?: unknown };
    const place = { file: file.path, line: typeof lines === 'number' ? lines : 1, column: 1 };
    // The parser's own message quotes cells, which may be about people.
    findings.error('spec/lookup-csv', place, `is no table: ${csvFaults[String(code)] ?? 'it is no CSV'}`);
    return undefined;
  }
}
