import type { Connector } from '../connector.ts';
import { declaredColumns } from './cells.ts';
import { idColumns } from './record-id.ts';
import { CsvReader } from './reader.ts';
import { csvConfig, type CsvConfig } from './schema.ts';
import { CsvWriter } from './writer.ts';

/** People, courses or enrolments in a local CSV file: an HR system's nightly export, or a list that others import. */
export const csv: Connector<CsvConfig> = {
  name: 'csv',
  title: 'CSV file',
  config: csvConfig,
  credentials: [],
  system: 'file',
  source: true,
  target: true,
  entities: ['person', 'course', 'enrollment'],
  tellsAccount: false,
  capabilities: {
    read: 'a local file with a header, UTF-8 or windows-1252, streamed',
    write:
      'rows of a local file, replaced as a whole: create, update; disable by a column, delete where allowed',
    untested: 'files over SFTP, files without a header',
  },
  attributes: (config) => {
    const columns = declaredColumns(config, undefined);
    return columns === undefined ? undefined : [...columns.values()].map((column) => column.spec);
  },
  whyReadOnly: (config) => whyReadOnly(config),
  hosts: () => [],
  openReader: (context) => new CsvReader(context),
  openWriter: (context) => new CsvWriter(context),
};

function whyReadOnly(config: CsvConfig): string | undefined {
  const { write, columns } = config;
  if (write === undefined)
    return 'its config says nothing of writing; add "write: {}" to config, and the folder to files.write of the operator';
  if (write.create && columns === undefined)
    return 'a new file needs its columns; list them in config.columns, or leave config.write.create out';
  const headers = Object.entries(columns ?? {}).map(([name, { column = name }]) => column);
  const lacking =
    columns === undefined ? undefined : idColumns(config).find((name) => !headers.includes(name));
  if (lacking === undefined) return undefined;
  return `no attribute is the column "${lacking}", of which the id of a row is made; add it to config.columns`;
}
