import { LostAnswer } from '../../http/errors.ts';
import { Stalled, Waiting, type SyncError } from '../../model/error.ts';

/**
 * Status codes of SFTP, version 3 (draft-ietf-secsh-filexfer-02, section 7). Servers say `failure` for whatever has no code
 * of its own: a full disk, a file that is there already, a lock.
 */
export const status = { eof: 1, noSuchFile: 2, permissionDenied: 3, failure: 4, unsupported: 8 } as const;

/** The server answered that it did not do it. */
export class SftpRefusal extends Error {
  override readonly name = 'SftpRefusal';
  readonly status: number;

  constructor(code: number) {
    super(`SFTP status ${words[code] ?? String(code)}`);
    this.status = code;
  }
}

/** Where something was tried, for messages: nothing here comes from a server. */
export interface SftpPlace {
  readonly connection: string;
  /** The path as the config writes it. */
  readonly file: string;
}

/** What a refusal means for the pass. `what` is half a sentence: `cannot be opened`. */
export function faultOf(error: SftpRefusal, { connection, file }: SftpPlace, what: string): SyncError {
  const said = words[error.status] ?? `status ${String(error.status)}`;
  const start = `connection ${connection}: ${file} ${what} (the SFTP server says: ${said})`;
  if (error.status === status.permissionDenied) {
    return new Stalled('PermissionDenied', `${start}; give the login of this connection the right to it`, {
      connection,
    });
  }
  if (error.status === status.unsupported) {
    return new Stalled('NotSupported', `${start}; another server, or another way to write, is needed`, {
      connection,
    });
  }
  const reason = error.status === status.noSuchFile ? 'FileMissing' : 'FileRefused';
  return new Waiting(reason, `${start}; it is tried again later`, { connection });
}

/** Nobody answered: whether a file has another name by now, only looking tells. */
export function noAnswer(
  { connection, file }: SftpPlace,
  what: string,
  cause: unknown,
  isMove: boolean,
): Waiting {
  const message = `connection ${connection}: ${file} ${what}: the SFTP server went away before it had answered`;
  if (isMove) return new LostAnswer(connection, `${message}; what became of it is looked up`, { cause });
  return new Waiting('Unreachable', `${message}; it is tried again later`, { connection, cause });
}

const words: Readonly<Record<number, string>> = {
  1: 'end of file',
  2: 'no such file',
  3: 'permission denied',
  4: 'failure',
  5: 'bad message',
  6: 'no connection',
  7: 'connection lost',
  8: 'operation unsupported',
};
