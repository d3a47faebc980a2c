import { createHmac, hkdfSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { createKeyedHash, createSealer } from '../../src/store/seal.ts';
import { countingRandom, testSealer } from './fixtures.ts';

const ada = { name: 'Ada Lovelace', born: '1815-12-10' };

test('what was sealed opens at its place, with the same values', () => {
  const sealer = testSealer();
  for (const value of [ada, null, '', [], 'ä\u{1F600}', { deep: [1, { x: false }] }]) {
    expect(sealer.open(['people', 'r1', 'p1'], sealer.seal(['people', 'r1', 'p1'], value))).toEqual(value);
  }
});

test('nothing of a person can be read in it, and no two sealings look alike', () => {
  const sealer = testSealer();
  const one = Buffer.from(sealer.seal(['people', 'p1'], ada));
  const two = Buffer.from(sealer.seal(['people', 'p1'], ada));
  expect(one.includes('Ada')).toBe(false);
  expect(one.includes('1815')).toBe(false);
  expect(one.subarray(-16).equals(two.subarray(-16))).toBe(false);
});

test.each([
  { where: 'the row of another person', place: ['people', 'r1', 'p2'] as const },
  { where: 'another table', place: ['details', 'r1', 'p1'] as const },
  { where: 'a place whose keys only look alike', place: ['people', 'r1","p1'] as const },
])('a row moved to $where does not open', ({ place }) => {
  const sealer = testSealer();
  const sealed = sealer.seal(['people', 'r1', 'p1'], ada);
  expect(() => sealer.open(place, sealed)).toThrow(expect.objectContaining({ reason: 'SealedRowDamaged' }));
});

test('a row with any byte changed does not open, and the error quotes nothing of it', () => {
  const sealer = testSealer();
  const sealed = sealer.seal(['people', 'p1'], ada);
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = new Uint8Array(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(() => sealer.open(['people', 'p1'], changed)).toThrow(
      expect.objectContaining({
        name: 'Stalled',
        reason: expect.stringMatching(/^SealedRowDamaged$|^SealingKeyMissing$/),
        message: expect.not.stringMatching(/Ada|1815/),
      }),
    );
  }
});

test('a row cut anywhere does not open', () => {
  const sealer = testSealer();
  const sealed = sealer.seal(['people', 'p1'], ada);
  for (let length = 0; length < sealed.length; length += 1) {
    expect(() => sealer.open(['people', 'p1'], sealed.subarray(0, length))).toThrow(
      expect.objectContaining({ reason: 'SealedRowDamaged' }),
    );
  }
});

test('a row of a key that is not at hand names the key', () => {
  const sealed = testSealer('k-2026').seal(['people', 'p1'], ada);
  expect(() => testSealer('k-2027', 9).open(['people', 'p1'], sealed)).toThrow(
    expect.objectContaining({ reason: 'SealingKeyMissing', message: expect.stringContaining('"k-2026"') }),
  );
});

test('a previous key opens and does not seal', () => {
  const before = testSealer('k1', 1);
  const after = testSealer('k2', 2, [{ keyId: 'k1', key: new Uint8Array(32).fill(1) }]);
  expect(after.open(['mails', 'm'], before.seal(['mails', 'm'], ada))).toEqual(ada);
  expect(() => before.open(['mails', 'm'], after.seal(['mails', 'm'], ada))).toThrow('"k2"');
});

test('a key of the wrong length or a strange id is refused at once', () => {
  const random = countingRandom();
  const key = new Uint8Array(32);
  expect(() => createSealer({ keyId: 'k', key: new Uint8Array(31), random })).toThrow(RangeError);
  expect(() => createSealer({ keyId: 'ключ', key, random })).toThrow(RangeError);
  expect(() => createSealer({ keyId: '', key, random })).toThrow(RangeError);
  expect(() => createKeyedHash(new Uint8Array(16))).toThrow(RangeError);
});

test('equal values hash alike, those of another attribute, type or installation do not', () => {
  const hash = createKeyedHash(new Uint8Array(32).fill(1));
  const elsewhere = createKeyedHash(new Uint8Array(32).fill(2));
  expect(hash('email', 'ada@example.com')).toBe(hash('email', 'ada@example.com'));
  expect(hash('email', 'ada@example.com')).toMatch(/^[\w-]{16}$/);
  const others = [
    hash('login', 'ada@example.com'),
    elsewhere('email', 'ada@example.com'),
    hash('email', ['ada@example.com']),
    hash('email', ''),
    hash('email', null),
    hash('email', 1),
    hash('email', '1'),
    hash('email', true),
    hash('email', 'true'),
    hash('email', ['1', '2']),
    hash('email', ['1,2']),
  ];
  expect(new Set([hash('email', 'ada@example.com'), ...others]).size).toBe(others.length + 1);
});

test.each([
  { text: 'Bonn' },
  { text: '' },
  { text: 'Łódź \u{1F600}' },
  { text: 'half of a pair \uD83D' },
  { text: 'long'.repeat(5_000) },
])(
  'the hash is HMAC-SHA-256 under a key that is not the one that seals: $text.length letters',
  ({ text }) => {
    const key = new Uint8Array(32).fill(3);
    const derived = new Uint8Array(hkdfSync('sha256', key, '', 'rosterd/hash/v1', 32));
    const hash = createKeyedHash(key);
    for (const value of ['before', text, 'after']) {
      const hmac = createHmac('sha256', derived).update(JSON.stringify(['city', value]));
      expect(hash('city', value)).toBe(hmac.digest().subarray(0, 12).toString('base64url'));
    }
  },
);
