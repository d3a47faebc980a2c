import type { Reading } from './reading.ts';
import type { Receipt, Row } from './row.ts';
import type { Value } from './value.ts';

/**
 * Collects the rows of one read into a compact `Reading`: each row is one JSON text in a large buffer, found by an
 * offset. Objects live only while a row is looked at.
 */
export class ReadingBuilder {
  readonly #attributes: readonly string[];
  readonly #filled: number[];
  readonly #positions = new Map<string, number>();
  readonly #doubles = new Set<string>();
  readonly #packed: Packed = new Packed();
  #withoutId = 0;

  constructor(attributes: readonly string[]) {
    this.#attributes = attributes;
    this.#filled = attributes.map(() => 0);
  }

  /** A record that repeats with the same content is folded (pages that shift); with other content it is a double. */
  add(row: Row): void {
    if (row.id === '') {
      this.#withoutId += 1;
      return;
    }
    const text = pack(row);
    const known = this.#positions.get(row.id);
    if (known !== undefined) {
      if (this.#packed.text(known) !== text) this.#doubles.add(row.id);
      return;
    }
    this.#positions.set(row.id, this.#packed.append(text));
    this.#count(row.values);
  }

  finish(receipt: Receipt): Reading {
    const packed = this.#packed;
    const positions = this.#positions;
    packed.trim();
    return {
      attributes: this.#attributes,
      size: positions.size,
      row: (position) => unpack(packed.text(position)),
      position: (id) => positions.get(id) ?? -1,
      doubles: this.#doubles,
      withoutId: this.#withoutId,
      filled: this.#filled,
      receipt,
    };
  }

  #count(values: readonly (Value | undefined)[]): void {
    for (let index = 0; index < this.#filled.length; index += 1) {
      const value = values[index];
      if (value !== undefined && value !== null && value !== '') {
        this.#filled[index] = (this.#filled[index] ?? 0) + 1;
      }
    }
  }
}

const firstChunk = 64 * 1024;
const largestChunk = 4 * 1024 * 1024;

/** Texts one after the other in chunks that grow, so that neither one person nor a million waste memory. */
class Packed {
  readonly #chunks: Buffer[] = [];
  /** Of each text: chunk, start, end. */
  #places = new Uint32Array(3 * 1024);
  #count = 0;
  #used = 0;

  append(text: string): number {
    const length = Buffer.byteLength(text);
    let chunk = this.#chunks.at(-1);
    if (chunk === undefined || this.#used + length > chunk.length) chunk = this.#grow(chunk, length);
    chunk.write(text, this.#used);
    if ((this.#count + 1) * 3 > this.#places.length) {
      const larger = new Uint32Array(this.#places.length * 2);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places.set([this.#chunks.length - 1, this.#used, this.#used + length], this.#count * 3);
    this.#used += length;
    this.#count += 1;
    return this.#count - 1;
  }

  text(position: number): string {
    const at = position * 3;
    const chunk = this.#chunks[this.#places[at] ?? 0];
    if (chunk === undefined || position >= this.#count) throw new RangeError(`no row at ${position}`);
    return chunk.toString('utf8', this.#places[at + 1], this.#places[at + 2]);
  }

  trim(): void {
    this.#places = this.#places.slice(0, this.#count * 3);
  }

  #grow(last: Buffer | undefined, needed: number): Buffer {
    const size = Math.min(largestChunk, (last?.length ?? firstChunk / 2) * 2);
    const chunk = Buffer.allocUnsafeSlow(Math.max(size, needed));
    this.#chunks.push(chunk);
    this.#used = 0;
    return chunk;
  }
}

const isInactive = 1;
const isActive = 2;
const isDeleted = 4;
const isProtected = 8;
const isOutside = 16;

/** `[flags, fault or 0, id, [positions that are absent], ...values]` as JSON; absent values are written as 0. */
function pack(row: Row): string {
  const flags =
    (row.active === undefined ? 0 : row.active ? isActive : isInactive) |
    (row.deleted === true ? isDeleted : 0) |
    (row.protected === true ? isProtected : 0) |
    (row.outside === true ? isOutside : 0);
  const absent: number[] = [];
  const values: Value[] = [];
  for (let index = 0; index < row.values.length; index += 1) {
    const value = row.values[index];
    if (value === undefined) absent.push(index);
    values.push(value === undefined ? 0 : value);
  }
  return JSON.stringify([flags, row.fault ?? 0, row.id, absent, values]);
}

function unpack(text: string): Row {
  const [flags, fault, id, absent, values] = JSON.parse(text) as [
    number,
    string | 0,
    string,
    number[],
    (Value | undefined)[],
  ];
  for (const index of absent) values[index] = undefined;
  return {
    id,
    values,
    ...((flags & (isActive | isInactive)) === 0 ? {} : { active: (flags & isActive) !== 0 }),
    ...((flags & isDeleted) === 0 ? {} : { deleted: true }),
    ...((flags & isProtected) === 0 ? {} : { protected: true }),
    ...((flags & isOutside) === 0 ? {} : { outside: true }),
    ...(fault === 0 ? {} : { fault }),
  };
}
