import { stat } from 'node:fs/promises';
import { replaceDurably } from '../../effects/durable-file.ts';
import { Stalled, type SyncError } from '../../model/error.ts';
import type { Published } from './location.ts';
import { broken, where, type Place } from './place.ts';

/** What a file was when it was looked at: another one, or another content, has another stamp. `none` where it is not there. */
export async function stampOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join(' ');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return 'none';
    throw error;
  }
}

/**
 * Puts a new file in the place of the one with this stamp: a reader sees the old or the new one, never a part, also after
 * a power cut. A file that somebody else has changed meanwhile stays as they left it.
 */
export async function publish(
  path: string,
  bytes: Uint8Array,
  stamp: string,
  place: Place,
): Promise<Published> {
  let isInPlace = false;
  try {
    const mode = stamp === 'none' ? 0o600 : (await stat(path)).mode & 0o777;
    const replaced = await replaceDurably(path, bytes, mode, async () => {
      isInPlace = (await stampOf(path)) === stamp;
      return isInPlace;
    });
    if (replaced) return { stamp: await stampOf(path) };
    return {
      failed: broken(place, 'FileChanged', 'was changed by somebody else while it was to be written'),
      unknown: false,
    };
  } catch (error) {
    return { failed: faultOf(error, place), unknown: isInPlace };
  }
}

function faultOf(error: unknown, place: Place): SyncError {
  const code = (error as { code?: string }).code ?? 'unknown';
  if (code === 'EEXIST') return broken(place, 'FileNotWritten', 'is being written by another process');
  if (passing.has(code)) return broken(place, 'FileNotWritten', `cannot be written now (${code})`);
  const message = `${where(place)} cannot be written (${code}); a new file is made beside it and takes its place, so its folder must be writable`;
  return new Stalled('FileNotWritten', message, { connection: place.connection, cause: error });
}

/** What passes by itself, or by somebody who makes room. */
const passing = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'EIO', 'EBUSY', 'ENOENT', 'ETXTBSY']);
