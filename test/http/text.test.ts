import { expect, onTestFinished, test } from 'vitest';
import type { HttpRequest } from '../../src/http/client.ts';
import { Loopback, type VendorAnswer, type VendorRequest } from '../vendors/loopback.ts';
import { openClient } from './open.ts';

const signal = new AbortController().signal;

async function system(answer: (request: VendorRequest) => VendorAnswer) {
  const seen: VendorRequest[] = [];
  const loopback = await Loopback.start((request) => {
    seen.push(request);
    return answer(request);
  });
  const opened = openClient(loopback.url);
  onTestFinished(async () => void (await Promise.all([opened.client.close(), loopback.close()])));
  return { ...opened, seen };
}

const asking = (atMost = 5000): HttpRequest => ({
  method: 'POST',
  path: 'service',
  body: { text: '<ask>Zoë</ask>', mediaType: 'text/xml' },
  effect: 'read',
  accept: [500],
  expect: { text: { atMost, mediaType: 'text/xml' } },
});

test('text goes as it is and comes as it is', async () => {
  const { client, seen } = await system(() => ({ status: 200, body: Buffer.from('<told>Noël</told>') }));
  expect(await client.request(asking(), signal)).toMatchObject({ text: '<told>Noël</told>', body: null });
  expect(seen[0]?.headers).toMatchObject({ accept: 'text/xml', 'content-type': 'text/xml; charset=utf-8' });
  expect(Buffer.from(seen[0]?.bytes ?? []).toString('utf8')).toBe('<ask>Zoë</ask>');
});

test('a refusal that is accepted brings its text, since faults of SOAP come with 500', async () => {
  const { client } = await system(() => ({ status: 500, body: Buffer.from('<fault/>') }));
  expect(await client.request(asking(), signal)).toMatchObject({ status: 500, text: '<fault/>' });
});

test('text that is longer than it may be, or not what it claims to be, is no answer', async () => {
  const long = await system(() => ({ status: 200, body: Buffer.from('<told>Noël</told>') }));
  await expect(long.client.request(asking(10), signal)).rejects.toMatchObject({ reason: 'BodyTooLarge' });
  const wrong = await system(() => ({ status: 200, body: Buffer.from([0x3c, 0xe9, 0x3e]) }));
  await expect(wrong.client.request(asking(), signal)).rejects.toMatchObject({ name: 'Waiting' });
});
