import { isUtf8 } from 'node:buffer';
import type { Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Stalled, Waiting } from '../../model/error.ts';
import type { CsvConfig } from './schema.ts';

export interface Opened {
  readonly stats: Stats;
  /** The file's text as UTF-8 bytes, whole lines at a time. Throws `Waiting` on bytes that are not of the encoding. */
  chunks(signal: AbortSignal): AsyncGenerator<Buffer>;
  /** Throws `Waiting` when the file is not what it was when it was opened. */
  checkUnchanged(): Promise<void>;
  close(): Promise<void>;
}

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

/** Opens a file for one reading. Throws `Stalled` when it cannot be opened, `Waiting` when it holds nothing at all. */
export async function openFile(
  path: string,
  encoding: 'utf-8' | 'windows-1252',
  place: Place,
): Promise<Opened> {
  const handle = await openHandle(path, place);
  try {
    const stats = await handle.stat();
    if (!stats.isFile())
      throw new Stalled('NotAFile', `${where(place)} is not a file; set config.file to one`, place);
    if (stats.size === 0) {
      throw broken(place, 'FileEmpty', 'holds not even a header: an upload that failed, or one in progress');
    }
    return {
      stats,
      chunks: (signal) => readChunks(handle, encoding, place, signal),
      checkUnchanged: async () => {
        const now = await handle.stat();
        if (now.size === stats.size && now.mtimeMs === stats.mtimeMs) return;
        throw broken(place, 'FileChanged', 'changed while it was read');
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** A file that cannot be trusted as it is now; the next one may be right. */
export function broken(place: Place, reason: string, what: string): Waiting {
  return new Waiting(reason, `${where(place)} ${what}; it is read again later`, {
    connection: place.connection,
  });
}

export function where({ connection, file }: Place): string {
  return `connection ${connection}: ${file}`;
}

async function openHandle(path: string, place: Place): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'unknown';
    const message = `${where(place)} cannot be opened (${code}); check config.file and the rights of the file`;
    throw new Stalled('FileUnreadable', message, place);
  }
}

async function* readChunks(
  handle: FileHandle,
  encoding: 'utf-8' | 'windows-1252',
  place: Place,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const decoder = encoding === 'utf-8' ? undefined : new TextDecoder(encoding);
  let pending: Buffer = Buffer.alloc(0);
  let lines = 0;
  let position = 0;
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, position);
    position += bytesRead;
    const bytes = buffer.subarray(0, bytesRead);
    if (decoder !== undefined) {
      if (bytesRead === 0) return;
      yield Buffer.from(decoder.decode(bytes, { stream: true }));
      continue;
    }
    // No byte of a longer character is a line feed: what ends with one can be checked by itself.
    const end = bytesRead === 0 ? -1 : bytes.lastIndexOf(lineFeed);
    if (bytesRead > 0 && end < 0) {
      pending = Buffer.concat([pending, bytes]);
      continue;
    }
    const whole = Buffer.concat([pending, bytes.subarray(0, end + 1)]);
    if (!isUtf8(whole)) {
      const line = lines + badLine(whole);
      throw broken(
        place,
        'NotUtf8',
        `is not UTF-8 in line ${String(line)}; set config.encoding if it is windows-1252`,
      );
    }
    lines += countLines(whole);
    if (whole.length > 0) yield whole;
    if (bytesRead === 0) return;
    pending = Buffer.from(bytes.subarray(end + 1));
  }
}

const chunkBytes = 256 * 1024;
const lineFeed = 0x0a;

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) count += 1;
  return count;
}

/** From 1. */
function badLine(bytes: Buffer): number {
  let line = 1;
  let start = 0;
  for (;;) {
    const feed = bytes.indexOf(lineFeed, start);
    if (feed < 0 || !isUtf8(bytes.subarray(start, feed + 1))) return line;
    start = feed + 1;
    line += 1;
  }
}
