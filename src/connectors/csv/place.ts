import { Waiting } from '../../model/error.ts';

/** Where a file stands, for messages: the connection, and the path as the config writes it. */
export interface Place {
  readonly connection: string;
  readonly file: string;
}

/** A file as the config names it: a path, or one below the folder that a variable holds. */
export type FileName = string | { readonly env: string; readonly path: string };

export function placeOf(connection: string, file: FileName): Place {
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
