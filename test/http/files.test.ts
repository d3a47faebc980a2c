import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { HttpRequest } from '../../src/http/client.ts';
import { Loopback, type VendorAnswer, type VendorRequest } from '../vendors/loopback.ts';
import { openClient } from './open.ts';

const signal = new AbortController().signal;
const bytes = Buffer.from(Array.from({ length: 1000 }, (_, n) => n % 256));

async function system(answer: (request: VendorRequest) => VendorAnswer) {
  const seen: VendorRequest[] = [];
  const loopback = await Loopback.start((request) => {
    seen.push(request);
    return answer(request);
  });
  const opened = openClient(loopback.url);
  onTestFinished(async () => void (await Promise.all([opened.client.close(), loopback.close()])));
  return { ...opened, loopback, seen };
}

const asking = (atMost = 5000): HttpRequest => ({
  method: 'GET',
  path: 'picture',
  effect: 'read',
  accept: [404],
  expect: { bytes: { atMost } },
});

const sending: HttpRequest = {
  method: 'POST',
  path: 'picture',
  body: { file: { field: 'file', name: 'photo.png', mediaType: 'image/png', bytes } },
  effect: 'repeatable',
  expect: 'none',
};

test.each<[string, VendorAnswer]>([
  ['as it is', { status: 200, body: bytes }],
  ['unpacked', { status: 200, headers: { 'content-encoding': 'gzip' }, body: gzipSync(bytes) }],
])('bytes come %s', async (_, answer) => {
  const { client, seen } = await system(() => answer);
  expect((await client.request(asking(), signal)).bytes).toEqual(bytes);
  expect(seen[0]?.headers['accept']).toBe('*/*');
});

test('a status that the caller handles brings no bytes', async () => {
  const { client } = await system(() => ({ status: 404, body: { error: 'none' } }));
  const answer = await client.request(asking(), signal);
  expect([answer.status, answer.bytes]).toEqual([404, undefined]);
});

test('what is longer than it may be is broken off, and not asked for again', async () => {
  const { client, statuses } = await system(() => ({ status: 200, body: bytes }));
  await expect(client.request(asking(999), signal)).rejects.toMatchObject({ reason: 'BodyTooLarge' });
  expect(statuses).toEqual([200]);
});

test('what breaks off on the way is asked for again, and comes whole', async () => {
  const { client, loopback } = await system(() => ({ status: 200, body: bytes }));
  loopback.fail(() => true, { kind: 'cut' });
  expect((await client.request(asking(), signal)).bytes).toEqual(bytes);
});

test('a file is one part of a form, and is the same when it is sent again', async () => {
  const { client, loopback, seen } = await system(() => ({ status: 201 }));
  loopback.fail(() => true, { kind: 'lost' });
  await client.request(sending, signal);
  const [first, second] = seen;
  expect(second?.bytes).toEqual(first?.bytes);
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(first?.headers['content-type'] ?? '')?.[1];
  expect(first?.bytes).toEqual(
    Buffer.concat([
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="photo.png"\r\ncontent-type: image/png\r\n\r\n`,
      ),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  );
});

test('plain fields of a form stand before its file', async () => {
  const { client, seen } = await system(() => ({ status: 201 }));
  const file = { field: 'file', name: 'a.json', mediaType: 'application/json', bytes: Buffer.from('{}') };
  await client.request({ ...sending, body: { file: { ...file, besides: { type: 'people' } } } }, signal);
  const [, boundary] = /boundary=(\S+)$/.exec(seen[0]?.headers['content-type'] ?? '') ?? [];
  expect(seen[0]?.text).toBe(
    `--${boundary}\r\ncontent-disposition: form-data; name="type"\r\n\r\npeople\r\n` +
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.json"\r\ncontent-type: application/json\r\n\r\n{}` +
      `\r\n--${boundary}--\r\n`,
  );
});

test('a file that may be sent once only is not sent again when the answer is lost', async () => {
  const { client, loopback, seen } = await system(() => ({ status: 201 }));
  loopback.fail(() => true, { kind: 'lost' });
  const once = client.request({ ...sending, effect: 'once' }, signal);
  await expect(once).rejects.toMatchObject({ reason: 'AnswerLost' });
  expect(seen).toHaveLength(1);
});
