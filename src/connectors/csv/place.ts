import { Waiting } from '../../model/error.ts';
import type { CsvConfig } from './schema.ts';

/** Where a file stands, for messages: the connection, and the path as the config writes it. */
export interface Place {
  readonly connection: string;
  readonly file: string;
}

/** The place of a connection's file. */
export function placeOf({
  connection,
  config: { file },
}: {
  readonly connection: string;
  readonly config: Pick<CsvConfig, 'file'>;
}): Place {
  return { connection, file: typeof file === 'string' ? file : `${file.env}/${file.path}` };
}

export function where({ connection, file }: Place): string {
  return `connection ${connection}: ${file}`;
}

/** A file that cannot be trusted as it is now; the next one may be right. */
export function broken(place: Place, reason: string, what: string): Waiting {
  return new Waiting(reason, `${where(place)} ${what}; it is read again later`, {
    connection: place.connection,
  });
}
