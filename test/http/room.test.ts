import { expect, test } from 'vitest';

import type { HttpOptions, HttpRequest } from '../../src/http/client.ts';
import { createHttp } from '../../src/http/create.ts';
import { Loopback } from '../vendors/loopback.ts';
import { JumpingClock, steadyRandom } from './effects.ts';
import { openClient } from './open.ts';

const signal = AbortSignal.timeout(60_000);
const read: HttpRequest = { method: 'GET', path: '/people', effect: 'read' };

test('room adapts to what the other side can take', async () => {
  const server = await Loopback.start(() => ({ status: 200, body: {} }));
  const { client } = openClient(server.url);
  for (let n = 0; n < 10; n += 1) await client.request(read, signal);
  expect(client.room).toBe(8);
  server.fail(() => true, { kind: 'answer', answer: { status: 503 } });
  await client.request(read, signal);
  expect(client.room).toBe(5);
  await client.close();
  await server.close();
});

test('never more requests are in flight than allowed', async () => {
  let inFlight = 0;
  let most = 0;
  const server = await Loopback.start(async () => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    await new Promise((resolve) => setImmediate(resolve));
    inFlight -= 1;
    return { status: 200, body: {} };
  });
  const { client } = openClient(server.url, { options: { concurrency: 3 } });
  await Promise.all(Array.from({ length: 30 }, () => client.request(read, signal)));
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(3);
  await client.close();
  await server.close();
});

test('time that the other side made us wait is told, with nothing about people', async () => {
  const server = await Loopback.start(() => ({ status: 200, body: {} }));
  server.fail(() => true, { kind: 'answer', answer: { status: 429, headers: { 'retry-after': '30' } } });
  const traced: unknown[] = [];
  let throttled = 0;
  const hooks = {
    request: () => undefined,
    throttled: (ms: number) => (throttled += ms),
    trace: (attempt: unknown) => traced.push(attempt),
  };
  const { client } = openClient(server.url, { deps: { hooks } });
  await client.request({ ...read, path: '/people/mira.vogt@example.test' }, signal);
  expect(throttled).toBe(30_000);
  expect(traced).toEqual([{ method: 'GET', path: '/people/…', status: 429, attempt: 1, waitMs: 30_000 }]);
  await client.close();
  await server.close();
});

test('a write in flight is finished when the pass is stopped, a read is not', async () => {
  const gate = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  let requests = 0;
  const server = await Loopback.start(async () => {
    requests += 1;
    if (requests === 2) arrived.resolve();
    await gate.promise;
    return { status: 200, body: { id: 7 } };
  });
  const { client } = openClient(server.url);
  const stop = new AbortController();
  const write = client.request(
    { method: 'POST', path: '/people', effect: 'once', body: { json: {} } },
    stop.signal,
  );
  const reading = client.request(read, stop.signal);
  await arrived.promise;
  stop.abort(new Error('stopping'));
  await expect(reading).rejects.toThrow('stopping');
  gate.resolve();
  await expect(write).resolves.toMatchObject({ body: { id: 7 } });
  await client.close();
  await server.close();
});

test('a reader and a writer of one connection keep its limits together', async () => {
  const server = await Loopback.start(() => ({ status: 200, body: {} }));
  const clock = new JumpingClock();
  const http = createHttp({ connection: 'hr', clock, random: steadyRandom() });
  const options: HttpOptions = {
    baseUrl: server.url,
    auth: { kind: 'none' },
    limits: [{ requests: 4, perMs: 1000 }],
  };
  const clients = [http(options), http(options)];
  for (let n = 0; n < 4; n += 1) for (const client of clients) await client.request(read, signal);
  expect(clock.slept).toEqual([1050]);
  await Promise.all(clients.map((client) => client.close()));
  await server.close();
});
