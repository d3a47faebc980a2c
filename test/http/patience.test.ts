import { afterEach, beforeEach, expect, test } from 'vitest';

import type { HttpRequest } from '../../src/http/client.ts';
import { Loopback, type Fault } from '../vendors/loopback.ts';
import { openClient } from './open.ts';

const signal = AbortSignal.timeout(60_000);
const read: HttpRequest = { method: 'GET', path: '/people', effect: 'read' };
const put: HttpRequest = { method: 'PUT', path: '/people/1', effect: 'repeatable', body: { json: { a: 1 } } };
const create: HttpRequest = { method: 'POST', path: '/people', effect: 'once', body: { json: { a: 1 } } };

let server: Loopback;
beforeEach(async () => {
  server = await Loopback.start(() => ({ status: 200, body: { ok: true } }));
});
afterEach(() => server.close());

function failWith(fault: Fault, times = 1): void {
  server.fail(() => true, fault, { times });
}

const answer = (status: number, headers: Record<string, string> = {}): Fault => ({
  kind: 'answer',
  answer: { status, headers, body: {} },
});

test.each([408, 500, 502, 504])(
  'a %i that names a moment is waited out, and a create that it may have carried out pauses the others',
  async (status) => {
    failWith(answer(status, { 'retry-after': '7' }), 2);
    const { client, clock } = openClient(server.url);
    await expect(client.request(create, signal)).rejects.toMatchObject({
      reason: 'AnswerLost',
      retryAfterMs: 7000,
    });
    await expect(client.request(read, signal)).resolves.toMatchObject({ body: { ok: true } });
    expect(clock.slept).toEqual([7000, 7000]);
    await client.close();
  },
);

test('the moment that the last of five answers names holds for whatever is sent next', async () => {
  failWith(answer(503, { 'retry-after': '60' }), 5);
  const { client, clock } = openClient(server.url);
  await expect(client.request(read, signal)).rejects.toMatchObject({ retryAfterMs: 60_000 });
  await client.request(put, signal);
  expect(clock.slept).toEqual([60_000, 60_000, 60_000, 60_000, 60_000]);
  await client.close();
});

test('a 425 says that nothing was done: a create is repeated', async () => {
  failWith(answer(425));
  const { client, statuses } = openClient(server.url);
  await expect(client.request(create, signal)).resolves.toMatchObject({ status: 200 });
  expect(statuses).toEqual([425, 200]);
  await client.close();
});

/** As vendors do that have no `Retry-After`: what is left, and the second in which there is more. */
const quota = {
  namedWait: ({ headers }: { headers: Readonly<Record<string, string>> }, now: number) =>
    headers['x-left'] === '0' ? Number(headers['x-more-at']) * 1000 - now : undefined,
};

test("a 429 that names a moment in the vendor's own header is waited out, and Retry-After wins over it", async () => {
  const { client, clock } = openClient(server.url, { options: quota });
  const moreAt = String(clock.now() / 1000 + 30);
  failWith(answer(429, { 'x-left': '0', 'x-more-at': moreAt }));
  failWith(answer(429, { 'x-left': '0', 'x-more-at': moreAt, 'retry-after': '7' }));
  await client.request(read, signal);
  expect(clock.slept).toEqual([30_000, 7000]);
  await client.close();
});

test('a success that used up the quota is answered at once, and pauses whatever is sent next', async () => {
  const { client, clock } = openClient(server.url, { options: quota });
  failWith(answer(200, { 'x-left': '0', 'x-more-at': String(clock.now() / 1000 + 30) }));
  await client.request(read, signal);
  expect(clock.slept).toEqual([]);
  await client.request(read, signal);
  expect(clock.slept).toEqual([30_000]);
  await client.close();
});

test('a 503 that tells what is left of a quota may have carried a create out: it is not repeated', async () => {
  const { client, clock, statuses } = openClient(server.url, { options: quota });
  failWith(answer(503, { 'x-left': '0', 'x-more-at': String(clock.now() / 1000 + 30) }));
  await expect(client.request(create, signal)).rejects.toMatchObject({
    reason: 'AnswerLost',
    retryAfterMs: 30_000,
  });
  expect(statuses).toEqual([503]);
  await client.request(read, signal);
  expect(clock.slept).toEqual([30_000]);
  await client.close();
});
