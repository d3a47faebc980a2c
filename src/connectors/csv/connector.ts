import { Stalled } from '../../model/error.ts';
import type { Connector, ConnectorContext } from '../connector.ts';
import { declaredColumns } from './cells.ts';
import { locationOf } from './locations.ts';
import { CsvReader } from './reader.ts';
import { idColumns } from './record-id.ts';
import { sftpCredentials } from '../sftp/schema.ts';
import { csvConfig, hostsOf, tableOf, type CsvConfig, type CsvConnection } from './schema.ts';
import { CsvWriter } from './writer.ts';

/** People, courses or enrolments in CSV files, local ones or on an SFTP server: an HR system's nightly export, or a list that others import. */
export const csv: Connector<CsvConnection> = {
  name: 'csv',
  title: 'CSV file',
  config: csvConfig,
  credentials: sftpCredentials,
  system: 'file',
  source: true,
  target: true,
  entities: ['person', 'course', 'enrollment'],

  tellsAccount: false,
  capabilities: {
    read: 'a file with a header, local or over SFTP, UTF-8 or windows-1252, streamed',
    write:
      'rows of a file, local or over SFTP, replaced as a whole: create, update; disable by a column, delete where allowed; copies delivered over SFTP',
    untested: 'files without a header',
  },
  attributes: (config, entity) => {
    const table = tableOf(config, entity);
    const columns = table === undefined ? undefined : declaredColumns(table, undefined);
    return columns === undefined ? undefined : [...columns.values()].map((column) => column.spec);
  },
  whyNot: (config, entity, use) => {
    const table = tableOf(config, entity);
    if (table === undefined) return `config names no file for them; add "${entity}" to config`;
    return use === 'read' ? undefined : whyReadOnly(table);
  },
  hosts: (config) => [...new Set([config, config.course, config.enrollment].flatMap(hostsOf))],
  openReader: (context) => {
    const table = ofTable(context);
    return new CsvReader(table, locationOf(table, table.config.write !== undefined));
  },
  openWriter: (context) => {
    const table = ofTable(context);
    return new CsvWriter(table, locationOf(table, true));
  },
};

function ofTable(context: ConnectorContext<CsvConnection>): ConnectorContext<CsvConfig> {
  const { config, entity, connection } = context;
  const table = tableOf(config, entity);
  if (table === undefined) {
    const message = `connection ${connection}: config names no file for this; add "${entity}" to config`;
    throw new Stalled('NoFile', message, { connection });
  }
  return {
    ...context,
    config: table,
    files: (file) => context.files(file),
    filesToWrite: (file) => context.filesToWrite(file),
  };
}

function whyReadOnly({ write, columns, ...table }: CsvConfig): string | undefined {
  if (write === undefined)
    return 'its config says nothing of writing; add "write: {}" to config, and the folder to files.write of the operator';
  if (write.create && columns === undefined)
    return 'a new file needs its columns; list them in config.columns, or leave config.write.create out';
  const headers = Object.entries(columns ?? {}).map(([name, { column = name }]) => column);
  const lacking =
    columns === undefined ? undefined : idColumns(table).find((name) => !headers.includes(name));
  if (lacking === undefined) return undefined;
  return `no attribute is the column "${lacking}", of which the id of a row is made; add it to config.columns`;
}
