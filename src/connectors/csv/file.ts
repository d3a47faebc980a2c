import { isUtf8 } from 'node:buffer';
import type { FileLocation, FoundFile } from './location.ts';
import { broken, type Place } from './place.ts';
import type { CsvConfig } from './schema.ts';

type Encoding = CsvConfig['encoding'];

export interface Opened extends Pick<FoundFile, 'modifiedMs' | 'checkUnchanged' | 'close'> {
  /** The file's text as UTF-8 bytes, whole lines at a time. Throws `Waiting` on bytes that are not of the encoding. */
  chunks(signal: AbortSignal): AsyncGenerator<Buffer>;
}

/** Opens a file for one reading. Throws as its location does, and `Waiting` when it holds nothing at all. */
export async function openFile(
  location: FileLocation,
  encoding: Encoding,
  signal: AbortSignal,
): Promise<Opened> {
  const found = await location.open(signal);
  const { place } = location;
  if (found.size === 0) {
    await found.close();
    throw broken(place, 'FileEmpty', 'holds not even a header: an upload that failed, or one in progress');
  }
  return {
    modifiedMs: found.modifiedMs,
    chunks: (until) =>
      encoding === 'utf-8' ? wholeLines(found.bytes(until), place) : decoded(found.bytes(until), encoding),
    checkUnchanged: (until) => found.checkUnchanged(until),
    close: () => found.close(),
  };
}

async function* decoded(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
}

/** No byte of a longer character is a line feed: what ends with one can be checked by itself. */
async function* wholeLines(chunks: AsyncIterable<Buffer>, place: Place): AsyncGenerator<Buffer> {
  let pending: Buffer = Buffer.alloc(0);
  let lines = 0;
  for await (const bytes of chunks) {
    const end = bytes.lastIndexOf(lineFeed) + 1;
    const whole = end === 0 ? undefined : Buffer.concat([pending, bytes.subarray(0, end)]);
    pending = whole === undefined ? Buffer.concat([pending, bytes]) : Buffer.from(bytes.subarray(end));
    if (whole === undefined) continue;
    checkUtf8(whole, lines, place);
    lines += countLines(whole);
    yield whole;
  }
  checkUtf8(pending, lines, place);
  if (pending.length > 0) yield pending;
}

function checkUtf8(bytes: Buffer, linesBefore: number, place: Place): void {
  if (isUtf8(bytes)) return;
  const line = String(linesBefore + badLine(bytes));
  const what = `is not UTF-8 in line ${line}; set config.encoding if it is windows-1252`;
  throw broken(place, 'NotUtf8', what);
}

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
