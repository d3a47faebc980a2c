import { Stalled, SyncError, Waiting } from '../../model/error.ts';

/**
 * What an error of the driver means for the pass. A full or read-only disk and a lock that another process holds pass
 * by themselves: `Waiting` (`StoreUnavailable`). A damaged file does not: `Stalled` (`StoreDamaged`). An account that
 * the index of links guards: `Stalled` (`AccountTaken`). Everything else is returned as it came.
 *
 * The driver's own message is not quoted: it can name no value of a person, but it says nothing to one either.
 */
export function faultOf(error: unknown, file: string): unknown {
  if (error instanceof SyncError) return error;
  const code = sqliteCode(error) ?? systemCode(error);
  if (code === undefined) return error;
  const passing = passes.get(code);
  if (passing !== undefined) {
    return new Waiting(
      'StoreUnavailable',
      `the store ${file} ${passing}; nothing is written until that is mended`,
      {
        cause: error,
      },
    );
  }
  if (code === corrupt) return damaged(file, 'is damaged or cut', error);
  if (code === noDatabase) return damaged(file, 'is not an SQLite database', error);
  if (isAccountConflict(error)) {
    return new Stalled(
      'AccountTaken',
      'an account would belong to two people; say in a Links document whose it is',
      { cause: error },
    );
  }
  return error;
}

/** True where another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  return error instanceof SyncError && sqliteCode(error.cause) === 5;
}

/** The way out of a damaged store. An empty start is none: it would forget who owns what. */
export function damaged(file: string, what: string, cause?: unknown): Stalled {
  return new Stalled(
    'StoreDamaged',
    `the store ${file} ${what}; stop rosterd and restore the file from a backup, or, knowing that links and history are lost, move it away together with the -wal and -shm files beside it: the next pass then adopts accounts by match and holds creates for approval`,
    { cause },
  );
}

/** The file was open, and is not under its name any more. */
export function gone(file: string): Waiting {
  return new Waiting(
    'StoreUnavailable',
    `the store ${file} was moved, removed or replaced while it was in use; put it back where it was, or start rosterd again for it to use what is there now; nothing is written until then`,
  );
}

const corrupt = 11;
const noDatabase = 26;

/** Primary result codes of SQLite (sqlite.org/rescode.html) and codes of the file system. */
const passes = new Map<number | string, string>([
  [3, 'may not be accessed (permission)'],
  [5, 'is locked by another process'],
  [6, 'is locked by another process'],
  [8, 'is read-only'],
  [10, 'cannot be read or written (disk error)'],
  [13, 'cannot grow: the disk is full'],
  [14, 'cannot be opened'],
  ['EACCES', 'may not be accessed (permission)'],
  ['EPERM', 'may not be accessed (permission)'],
  ['EROFS', 'is read-only'],
  ['ENOSPC', 'cannot grow: the disk is full'],
  ['EDQUOT', 'cannot grow: the quota is used up'],
  ['EIO', 'cannot be read or written (disk error)'],
  ['ENOENT', 'cannot be created in its folder'],
  ['ENOTDIR', 'cannot be created: a part of its path is no folder'],
  ['EEXIST', 'cannot be created: a part of its path is no folder'],
  ['EISDIR', 'cannot be opened: it is a folder'],
  ['EMFILE', 'cannot be opened: too many files are open'],
]);

/** The primary code: the low byte of the extended one. */
function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode % 256 : undefined;
}

function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function isAccountConflict(error: unknown): boolean {
  return error instanceof Error && error.message.includes('links.target, links.account_id');
}
