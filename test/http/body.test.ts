import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

import { readJson } from '../../src/http/body.ts';

const json = JSON.stringify({ name: 'Łukasz Žižka', list: 'a'.repeat(2000) });
const bytes = Buffer.from(json);

test.each([
  { name: 'in one piece', chunks: [bytes], headers: {} },
  {
    name: 'in pieces that cut letters apart',
    chunks: [...bytes].map((byte) => Buffer.from([byte])),
    headers: {},
  },
  { name: 'packed', chunks: [gzipSync(bytes)], headers: { 'content-encoding': 'gzip' } },
  {
    name: 'in a charset of its own',
    chunks: [Buffer.from(json, 'utf16le')],
    headers: { 'content-type': 'application/json; charset="utf-16le"' },
  },
])('a body $name is read', async ({ chunks, headers }) => {
  expect(await readJson(stream(chunks), headers)).toEqual(JSON.parse(json));
});

test.each([
  { name: 'broken off', chunks: [bytes.subarray(0, 9)], headers: {}, breaks: true, reason: 'BodyCut' },
  {
    name: 'broken off in its packing',
    chunks: [gzipSync(bytes).subarray(0, 30)],
    headers: { 'content-encoding': 'gzip' },
    reason: 'BodyCut',
  },
  { name: 'too large', chunks: [bytes, bytes], headers: {}, reason: 'BodyTooLarge' },
  {
    name: 'too large when it is unpacked',
    chunks: [gzipSync(Buffer.alloc(100_000))],
    headers: { 'content-encoding': 'gzip' },
    reason: 'BodyTooLarge',
  },
  {
    name: 'in Latin-1 that says it is UTF-8',
    chunks: [Buffer.from('"Zoë"', 'latin1')],
    headers: { 'content-type': 'application/json; charset=utf-8' },
    reason: 'NotJson',
  },
  {
    name: 'in a charset that nobody knows',
    chunks: [bytes],
    headers: { 'content-type': 'application/json; charset=klingon' },
    reason: 'NotJson',
  },
])(
  'a body $name is no answer, and the error quotes nothing',
  async ({ chunks, headers, breaks = false, reason }) => {
    const reading = readJson(stream(chunks, breaks), headers, 3000);
    await expect(reading).rejects.toMatchObject({ name: 'BadBody', reason, message: reason });
  },
);

test('Latin-1 that says so is read', async () => {
  const headers = { 'content-type': 'application/json; charset=iso-8859-1' };
  expect(await readJson(stream([Buffer.from('"Zoë"', 'latin1')]), headers)).toBe('Zoë');
});

async function* stream(chunks: readonly Uint8Array[], breaks = false): AsyncGenerator<Uint8Array> {
  yield* chunks;
  if (breaks) throw new Error('socket hang up');
}
