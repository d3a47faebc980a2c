import { isUtf8 } from 'node:buffer';
import type { Json } from '../../../model/value.ts';
import { isObject, type JsonObject } from '../../json.ts';

/** The body is not the whole JSON of a report. Never quotes it. */
export class BrokenReport extends Error {
  override readonly name = 'BrokenReport';
}

/**
 * The entries of a report (`{"Report_Entry":[…]}`), one at a time, so that a report of any length costs its bytes and no
 * more. Every byte is looked at: a body that ends before its last bracket, or goes on behind it, throws `BrokenReport`
 * where it is found, at the latest after the last entry.
 */
export function* entriesOf(bytes: Uint8Array): Generator<JsonObject> {
  // A wrong guess would turn names into other names.
  if (!isUtf8(bytes)) throw new BrokenReport('text that is not UTF-8');
  const json = new JsonBytes(bytes);
  let found = false;
  for (const name of json.names()) {
    if (name !== 'Report_Entry') json.value();
    else if (found) throw new BrokenReport('two lists of rows');
    else {
      found = true;
      for (const position of json.members('[', ']')) yield rowOf(json.value(), position);
    }
  }
  json.end();
  if (!found) throw new BrokenReport('no Report_Entry');
}

function rowOf(value: Json, position: number): JsonObject {
  if (!isObject(value)) throw new BrokenReport(`something else than a row at position ${String(position)}`);
  return value;
}

const space: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);
const quote = 0x22;
const backslash = 0x5c;
const opening: ReadonlySet<number> = new Set([0x7b, 0x5b]);
const closing: ReadonlySet<number> = new Set([0x7d, 0x5d]);
/** What ends a number or a word. */
const ends: ReadonlySet<number> = new Set([...space, ...closing, 0x2c]);

/** Steps through JSON; what a value holds is left to `JSON.parse`. */
class JsonBytes {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = this.#bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
  }

  /** Before each member of an object or a list, with its position; the caller takes it. */
  *members(open: string, close: string): Generator<number> {
    this.#expect(open);
    if (this.#next() === close) {
      this.#at += 1;
      return;
    }
    for (let position = 0; ; position += 1) {
      yield position;
      const sign = this.#next();
      this.#at += 1;
      if (sign === close) return;
      if (sign !== ',') throw new BrokenReport(cut);
    }
  }

  /** The names of an object; the caller takes the value of each. */
  *names(): Generator<string> {
    for (const position of this.members('{', '}')) {
      const name = this.value();
      if (typeof name !== 'string') throw new BrokenReport(`no name for member ${String(position)}`);
      this.#expect(':');
      yield name;
    }
  }

  #expect(sign: string): void {
    if (this.#next() !== sign) throw new BrokenReport(cut);
    this.#at += 1;
  }

  value(): Json {
    this.#next();
    const start = this.#at;
    this.#skipValue();
    try {
      return JSON.parse(this.#bytes.toString('utf8', start, this.#at)) as Json;
    } catch {
      // The parser's own message quotes the text, which is about people.
      throw new BrokenReport(cut);
    }
  }

  end(): void {
    if (this.#next() !== undefined) throw new BrokenReport('more after its end');
  }

  /** The next sign that is no space. */
  #next(): string | undefined {
    while (space.has(this.#bytes[this.#at] ?? -1)) this.#at += 1;
    const byte = this.#bytes[this.#at];
    return byte === undefined ? undefined : String.fromCharCode(byte);
  }

  #skipValue(): void {
    const bytes = this.#bytes;
    let depth = 0;
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at] as number;
      if (byte === quote) this.#skipText();
      else {
        if (opening.has(byte)) depth += 1;
        else if (depth === 0 && ends.has(byte)) return;
        else if (closing.has(byte)) depth -= 1;
        this.#at += 1;
      }
      if (depth === 0 && (byte === quote || closing.has(byte))) return;
    }
  }

  #skipText(): void {
    const bytes = this.#bytes;
    let end = this.#at;
    do end = bytes.indexOf(quote, end + 1);
    while (end > 0 && isEscaped(bytes, end));
    if (end < 0) throw new BrokenReport(cut);
    this.#at = end + 1;
  }
}

const cut = 'something that is no JSON or is cut';

/** Behind an odd number of backslashes. */
function isEscaped(bytes: Buffer, at: number): boolean {
  let start = at;
  while (bytes[start - 1] === backslash) start -= 1;
  return (at - start) % 2 === 1;
}
