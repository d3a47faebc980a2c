import type { Connector } from '../connector.ts';
import { declaredColumns } from './cells.ts';
import { CsvReader } from './reader.ts';
import { csvConfig, type CsvConfig } from './schema.ts';

/** People from a local CSV file, such as an HR system's nightly export. */
export const csv: Connector<CsvConfig> = {
  name: 'csv',
  title: 'CSV file',
  config: csvConfig,
  credentials: [],
  system: 'file',
  source: true,
  target: false,
  entities: ['person', 'course', 'enrollment'],
  tellsAccount: false,
  capabilities: {
    read: 'a local file with a header, UTF-8 or windows-1252, streamed',
    write: 'no',
    untested: 'files over SFTP, files without a header',
  },
  attributes: (config) => {
    const columns = declaredColumns(config, undefined);
    return columns === undefined ? undefined : [...columns.values()].map((column) => column.spec);
  },
  hosts: () => [],
  openReader: (context) => new CsvReader(context),
};
