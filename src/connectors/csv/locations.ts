import type { ConnectorContext } from '../connector.ts';
import { DeliveredFile } from './delivered-file.ts';
import { LocalFile } from './local-file.ts';
import type { FileLocation } from './location.ts';
import type { CsvConfig } from './schema.ts';
import { SftpFile } from './sftp-file.ts';

/** Where the list of a connection lies. */
export function locationOf(context: ConnectorContext<CsvConfig>, isToBeWritten: boolean): FileLocation {
  const { file = '', sftp, write } = context.config;
  const list =
    sftp === undefined
      ? new LocalFile(file, context, isToBeWritten)
      : new SftpFile(sftp, context, isToBeWritten);
  return write?.deliver === undefined ? list : new DeliveredFile(list, write.deliver, context);
}
