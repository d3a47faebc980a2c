import { createCipheriv, createDecipheriv, hash, hkdfSync } from 'node:crypto';
import type { Random } from '../model/effects.ts';
import { Stalled } from '../model/error.ts';
import type { KeyedHash } from '../model/keyed-hash.ts';

/** Where a sealed row lies: table and keys. A row copied to another place does not open there. */
export type Place = readonly [table: string, ...keys: string[]];

/** Keeps what must stay readable closed at rest. */
export interface Sealer {
  /** Id of the key that seals now; each row carries the id of its own. */
  readonly keyId: string;
  /** JSON of the value, encrypted and authenticated together with its place. */
  seal(place: Place, value: unknown): Uint8Array;
  /**
   * What was sealed at this place. Throws `Stalled`: `SealingKeyMissing` names the id of the key that is not at hand,
   * `SealedRowDamaged` the table of a row that was changed, cut or moved.
   */
  open(place: Place, sealed: Uint8Array): unknown;
}

export interface SealingKey {
  /** 1 to 64 letters, digits, dots, dashes or underscores. */
  readonly keyId: string;
  /** 32 random bytes. */
  readonly key: Uint8Array;
}

const format = 1;
const nonceLength = 12;
const tagLength = 16;
/** Nonces drawn at once: a call for each row costs more than the row's encryption. */
const noncesAtOnce = 64;

/**
 * AES-256-GCM with a fresh 96-bit nonce for each row (NIST SP 800-38D section 8.2.2: good for 2^32 rows under one
 * key) under a key derived from the installation's by HKDF (RFC 5869). The table and keys of the row are additional data.
 *
 * `previous` keys open what they sealed and seal nothing any more. Throws a `RangeError` for a key that is not 32 bytes.
 */
export function createSealer(
  options: SealingKey & { readonly random: Random; readonly previous?: readonly SealingKey[] },
): Sealer {
  const { keyId, random } = options;
  const keys = new Map<string, Uint8Array>();
  for (const one of [...(options.previous ?? []), options]) {
    checkKeyId(one.keyId);
    keys.set(one.keyId, derive(one.key, 'rosterd/seal/v1'));
  }
  const current = derive(options.key, 'rosterd/seal/v1');
  const header = Buffer.from([format, keyId.length, ...Buffer.from(keyId, 'latin1')]);
  const nextNonce = nonces(random);

  return {
    keyId,
    seal(place, value) {
      const nonce = nextNonce();
      const cipher = createCipheriv('aes-256-gcm', current, nonce, { authTagLength: tagLength });
      cipher.setAAD(additionalData(header, place));
      const text = cipher.update(JSON.stringify(value), 'utf8');
      return Buffer.concat([header, nonce, text, cipher.final(), cipher.getAuthTag()]);
    },
    open(place, sealed) {
      const parts = split(place, sealed);
      const key = keys.get(parts.keyId);
      if (key === undefined) throw keyMissing(parts.keyId, place[0]);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, parts.nonce, { authTagLength: tagLength });
        decipher.setAAD(additionalData(parts.header, place));
        decipher.setAuthTag(parts.tag);
        const text = decipher.update(parts.text, undefined, 'utf8') + decipher.final('utf8');
        return JSON.parse(text) as unknown;
      } catch {
        // The cause could quote what it could not parse; it says nothing that helps.
        throw damaged(place[0]);
      }
    },
  };
}

/**
 * HMAC-SHA-256 (RFC 2104) under a key derived from the installation's, over the attribute's name and the value as
 * canonical JSON: the first 12 bytes as 16 letters of base64url. Two of a billion values meet with a chance of 1 in 10^11.
 */
export function createKeyedHash(key: Uint8Array): KeyedHash {
  const hmac = hmacSha256(derive(key, 'rosterd/hash/v1'));
  return (attribute, value) => hmac(JSON.stringify([attribute, value])).toString('base64url', 0, 12);
}

const hmacBlock = 64;

/**
 * HMAC of many short texts under one key of at most 64 bytes, by its definition: H(key ^ opad, H(key ^ ipad, text)).
 * Half the cost of `createHmac`, which sets up two contexts for each text.
 */
function hmacSha256(key: Uint8Array): (text: string) => Buffer {
  const outer = Buffer.alloc(hmacBlock + 32, 0x5c, 'latin1');
  let inner: Buffer = Buffer.alloc(4_096, 0x36, 'latin1');
  for (const [index, byte] of key.entries()) {
    outer[index] = byte ^ 0x5c;
    inner[index] = byte ^ 0x36;
  }
  return (text) => {
    const length = hmacBlock + Buffer.byteLength(text);
    if (length > inner.length) inner = Buffer.concat([inner.subarray(0, hmacBlock)], length * 2);
    inner.write(text, hmacBlock);
    outer.set(hash('sha256', inner.subarray(0, length), 'buffer'), hmacBlock);
    return hash('sha256', outer, 'buffer');
  };
}

/** Each is handed out once. */
function nonces(random: Random): () => Uint8Array {
  let drawn: Uint8Array = new Uint8Array(0);
  let used = 0;
  return () => {
    if (used === drawn.length) {
      drawn = random.bytes(nonceLength * noncesAtOnce);
      used = 0;
    }
    used += nonceLength;
    return drawn.subarray(used - nonceLength, used);
  };
}

function checkKeyId(keyId: string): void {
  if (!/^[\w.-]{1,64}$/.test(keyId)) {
    throw new RangeError('the id of a sealing key is 1 to 64 letters, digits, dots, dashes or underscores');
  }
}

function derive(key: Uint8Array, purpose: string): Uint8Array {
  if (key.length !== 32) throw new RangeError(`a sealing key has 32 bytes; this one has ${key.length}`);
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), purpose, 32));
}

/** The header is fixed by its own length byte and JSON ends itself: no two places give the same bytes. */
function additionalData(header: Uint8Array, place: Place): Uint8Array {
  return Buffer.concat([header, Buffer.from(JSON.stringify(place))]);
}

function split(place: Place, sealed: Uint8Array) {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const headerLength = 2 + (bytes[1] ?? 0);
  if (bytes[0] !== format || bytes.length < headerLength + nonceLength + tagLength) throw damaged(place[0]);
  return {
    header: bytes.subarray(0, headerLength),
    keyId: bytes.toString('latin1', 2, headerLength),
    nonce: bytes.subarray(headerLength, headerLength + nonceLength),
    text: bytes.subarray(headerLength + nonceLength, -tagLength),
    tag: bytes.subarray(-tagLength),
  };
}

function keyMissing(keyId: string, table: string): Stalled {
  const id = /^[\w.-]{1,64}$/.test(keyId) ? `"${keyId}"` : 'that cannot be read';
  return new Stalled(
    'SealingKeyMissing',
    `the store has rows in ${table} sealed with key ${id}, which is not configured; add it as a previous sealing key`,
  );
}

function damaged(table: string): Stalled {
  return new Stalled(
    'SealedRowDamaged',
    `a sealed row in ${table} does not open: it was changed, cut or moved, or its key has other bytes under the same id; restore the store from a backup`,
  );
}
