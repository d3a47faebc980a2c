import { afterEach, beforeEach, expect, test } from 'vitest';

import type { HttpRequest } from '../../src/http/client.ts';
import { LostAnswer, RefusedStatus } from '../../src/http/errors.ts';
import { Waiting } from '../../src/model/error.ts';
import { Loopback, type Fault } from '../vendors/loopback.ts';
import { openClient } from './open.ts';

const signal = AbortSignal.timeout(60_000);
const read: HttpRequest = {
  method: 'GET',
  path: '/people/4711',
  effect: 'read',
  query: { q: 'mira@example.test' },
};
const put: HttpRequest = {
  method: 'PUT',
  path: '/people/4711',
  effect: 'repeatable',
  body: { json: { a: 1 } },
};
const create: HttpRequest = { method: 'POST', path: '/people', effect: 'once', body: { json: { a: 1 } } };

let server: Loopback;
beforeEach(async () => {
  server = await Loopback.start(() => ({ status: 200, body: { ok: true } }));
});
afterEach(() => server.close());

function failWith(fault: Fault, times = 1): void {
  server.fail(() => true, fault, { times });
}

const answer = (status: number, headers: Record<string, string> = {}, body: unknown = {}): Fault => ({
  kind: 'answer',
  answer: { status, headers, body },
});

test.each([
  { name: 'seconds', header: '60', slept: [60_000] },
  { name: 'an HTTP date', header: 'Mon, 02 Mar 2026 09:02:00 GMT', slept: [120_000] },
  { name: 'garbage', header: 'soon', slept: [1250] },
  { name: 'a negative number', header: '-5', slept: [1250] },
  { name: 'a date in the past', header: 'Mon, 02 Mar 2020 09:00:00 GMT', slept: [1250] },
  { name: 'nothing', header: undefined, slept: [1250] },
])('a 429 that names $name is waited out, also for a create', async ({ header, slept }) => {
  for (const request of [read, put, create]) {
    failWith(answer(429, header === undefined ? {} : { 'retry-after': header }));
    const { client, clock, statuses } = openClient(server.url);
    await expect(client.request(request, signal)).resolves.toMatchObject({ body: { ok: true } });
    expect(clock.slept).toEqual(slept);
    expect(statuses).toEqual([429, 200]);
    await client.close();
  }
});

test('a 429 that names more than 15 minutes ends the pass as waiting, and pauses the whole connection', async () => {
  failWith(answer(429, { 'retry-after': '3600' }));
  const { client, clock } = openClient(server.url);
  await expect(client.request(read, signal)).rejects.toMatchObject({
    reason: 'RateLimited',
    fate: 'waiting',
    retryAfterMs: 3_600_000,
  });
  await expect(client.request(put, signal)).rejects.toMatchObject({ reason: 'RateLimited' });
  expect(server.log).toHaveLength(1);
  expect(clock.slept).toEqual([]);
  await client.close();
});

test.each([500, 502, 503, 504, 408])('%i is repeated up to five times with growing gaps', async (status) => {
  failWith(answer(status), 9);
  const { client, clock, statuses } = openClient(server.url);
  await expect(client.request(read, signal)).rejects.toMatchObject({
    reason: 'Unavailable',
    connection: 'hr',
  });
  expect(statuses).toEqual([status, status, status, status, status]);
  expect(clock.slept).toEqual([250, 500, 1000, 2000]);
  await client.close();
});

test.each([500, 502, 503, 504])(
  'a create that gets %i is never repeated: it may have been done',
  async (status) => {
    failWith(answer(status));
    const { client, statuses } = openClient(server.url);
    await expect(client.request(create, signal)).rejects.toThrow(LostAnswer);
    expect(statuses).toEqual([status]);
    await client.close();
  },
);

test('a 503 that names a moment says that nothing was done: a create is repeated', async () => {
  failWith(answer(503, { 'retry-after': '7' }));
  const { client, clock } = openClient(server.url);
  await expect(client.request(create, signal)).resolves.toMatchObject({ status: 200 });
  expect(clock.slept).toEqual([7000]);
  await client.close();
});

test.each([
  { name: 'before it was handled', kind: 'reset' as const },
  { name: 'after it was handled', kind: 'lost' as const },
  { name: 'half-way through its answer', kind: 'cut' as const },
])('a connection that breaks $name is tried again, except for a create', async ({ kind }) => {
  const { client } = openClient(server.url);
  for (const request of [read, put]) {
    failWith({ kind });
    await expect(client.request(request, signal)).resolves.toMatchObject({ body: { ok: true } });
  }
  failWith({ kind });
  await expect(client.request(create, signal)).rejects.toThrow(LostAnswer);
  expect(server.log.filter(({ method }) => method === 'POST')).toHaveLength(1);
  await client.close();
});

test('a create is tried again when nobody listened at all', async () => {
  const gone = await Loopback.start(() => ({ status: 200 }));
  const { url } = gone;
  await gone.close();
  const { client, statuses } = openClient(url);
  await expect(client.request(create, signal)).rejects.toMatchObject({ reason: 'Unreachable' });
  expect(statuses).toEqual([0, 0, 0, 0, 0]);
  await client.close();
});

test.each([
  { name: 'a page of HTML', fault: { kind: 'html' } as Fault },
  { name: 'half a JSON text', fault: answer(200, {}, '{"people":[{"na') },
  {
    name: 'bytes that are not UTF-8',
    fault: answer(200, { 'content-type': 'application/json; charset=utf-16' }, '"a'),
  },
])('$name is no list, and for a create it is a lost answer', async ({ fault }) => {
  const { client } = openClient(server.url);
  failWith(fault);
  await expect(client.request(read, signal)).rejects.toMatchObject({ reason: 'NotJson', fate: 'waiting' });
  failWith(fault);
  await expect(client.request(create, signal)).rejects.toThrow(LostAnswer);
  await client.close();
});

test.each([
  {
    name: 'a wrong content type',
    fault: answer(200, { 'content-type': 'text/html' }, '{"ok":1}'),
    body: { ok: 1 },
  },
  { name: 'a byte order mark', fault: answer(200, {}, '\uFEFF{"ok":1}'), body: { ok: 1 } },
  { name: 'no body', fault: answer(200, {}, ''), body: null },
])('$name is tolerated', async ({ fault, body }) => {
  const { client } = openClient(server.url);
  failWith(fault);
  await expect(client.request(read, signal)).resolves.toMatchObject({ body });
  await client.close();
});

test('an answer that never ends is given up after the time limit', async () => {
  const slow = await Loopback.start(() => new Promise(() => {}));
  const { client } = openClient(slow.url, { deps: { requestTimeoutMs: 40, maxAttempts: 2 } });
  await expect(client.request(read, signal)).rejects.toMatchObject({ reason: 'Unreachable' });
  await expect(client.request(create, signal)).rejects.toThrow(LostAnswer);
  await client.close();
  await slow.close();
});

test('a connection says how long its system may take to answer', async () => {
  const slow = await Loopback.start(() => new Promise(() => {}));
  const { client } = openClient(slow.url, { options: { timeoutMs: 40 }, deps: { maxAttempts: 1 } });
  await expect(client.request(read, signal)).rejects.toMatchObject({ reason: 'Unreachable' });
  await client.close();
  await slow.close();
});

test.each([
  {
    status: 401,
    reason: 'AuthenticationFailed',
    says: 'check the credentials of connection hr; they were refused by',
  },
  { status: 403, reason: 'PermissionDenied', says: 'permission' },
  { status: 404, reason: 'NotFound', says: 'GET /people/… on' },
  { status: 422, reason: 'RequestRefused', says: 'refused (422)' },
  { status: 302, reason: 'Redirected', says: 'redirect' },
])('$status stalls with a way out and nothing about the person', async ({ status, reason, says }) => {
  const { client, statuses } = openClient(server.url);
  failWith(answer(status, { location: 'http://elsewhere.example.test/' }, { error: 'Mira Vogt is unknown' }));
  const error: unknown = await client.request(read, signal).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RefusedStatus);
  expect(error).toMatchObject({ reason, status, connection: 'hr', fate: 'stalled' });
  expect((error as Error).message).toContain(says);
  expect((error as Error).message).not.toMatch(/mira|4711|q=/i);
  expect(statuses).toEqual([status]);
  await client.close();
});

test('a status that the caller accepts comes back with its body', async () => {
  const { client } = openClient(server.url);
  failWith(answer(409, {}, { taken: true }));
  await expect(client.request({ ...create, accept: [409] }, signal)).resolves.toMatchObject({
    status: 409,
    body: { taken: true },
  });
  await client.close();
});

test('a pass that is stopped does not wait for the next try', async () => {
  const stop = new AbortController();
  stop.abort(new Error('stopping'));
  const { client } = openClient(server.url);
  await expect(client.request(read, stop.signal)).rejects.toThrow('stopping');
  expect(server.log).toEqual([]);
  await client.close();
});

test('everything that waits is a Waiting', async () => {
  failWith({ kind: 'reset' }, 9);
  const { client } = openClient(server.url);
  await expect(client.request(read, signal)).rejects.toThrow(Waiting);
  await client.close();
});

test('a system that keeps asking to wait ends the pass with the moment it named last', async () => {
  failWith(answer(429, { 'retry-after': '60' }), 9);
  const { client, clock } = openClient(server.url);
  await expect(client.request(read, signal)).rejects.toMatchObject({
    reason: 'RateLimited',
    retryAfterMs: 60_000,
  });
  expect(clock.slept).toEqual([60_000, 60_000, 60_000, 60_000]);
  await client.close();
});

test('a path that holds a login is printed as its template', async () => {
  failWith(answer(404));
  const { client } = openClient(server.url);
  const lookup: HttpRequest = {
    method: 'GET',
    path: '/users/mira',
    template: '/users/{login}',
    effect: 'read',
  };
  const error: unknown = await client.request(lookup, signal).catch((thrown: unknown) => thrown);
  expect((error as Error).message).toContain('GET /users/{login} on');
  expect((error as Error).message).not.toContain('mira');
  await client.close();
});
