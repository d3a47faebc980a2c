import { createHash } from 'node:crypto';
import type { KeyedHash } from '../model/keyed-hash.ts';
import type { Derived } from '../spec/compiled.ts';

/** Whose value it is: a person of one source. */
export interface DerivedFor {
  /** Connection that the person is read from. */
  readonly from: string;
  readonly personId: string;
  /** Of the target. */
  readonly attribute: string;
}

/**
 * A value as good as drawn by lot, and the same in every plan: derived from the installation's key, the person and the
 * attribute. It repeats only where a short form leaves no room, as with four digits for 10,000 people.
 */
export function derivedValue(what: Derived, whose: DerivedFor, hash: KeyedHash): string {
  const seed = hash(
    `generate ${whose.attribute}`,
    JSON.stringify([whose.from, whose.personId, formOf(what)]),
  );
  if (what === 'uuid') return uuidOf(blockOf(seed, 0));
  if ('digits' in what) return lettersOf('0123456789', what.digits, seed);
  if ('letters' in what) return lettersOf('abcdefghijklmnopqrstuvwxyz', what.letters, seed);
  // Without what is mistaken for something else when it is read out: 0 and o, 1, i and l.
  return lettersOf('23456789abcdefghjkmnpqrstuvwxyz', what.characters, seed);
}

/** `uuid`, `digits 6`: as explain and the digest of the rules name it. */
export function formOf(what: Derived): string {
  return what === 'uuid' ? what : Object.entries(what).flat().join(' ');
}

/** Version 8 of RFC 9562: the content is ours, version and variant are marked. */
function uuidOf(bytes: Buffer): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex', 0, 16);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Each letter as likely as every other: a byte that would favour the first of them is passed over. */
function lettersOf(alphabet: string, length: number, seed: string): string {
  const fair = 256 - (256 % alphabet.length);
  let text = '';
  for (let block = 0; text.length < length; block += 1) {
    for (const byte of blockOf(seed, block)) {
      if (byte < fair && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

function blockOf(seed: string, block: number): Buffer {
  return createHash('sha256').update(`${seed} ${block}`).digest();
}
