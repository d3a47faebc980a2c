import { mkdtemp, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { DaemonStatus } from '../../src/daemon/status.ts';
import { systemClock } from '../../src/effects/system.ts';
import { Stalled, Waiting } from '../../src/model/error.ts';
import type { Outcome } from '../../src/model/run.ts';
import { connectToDaemon, createClient } from '../../src/server/client.ts';
import { closeDoor, openDoor } from '../../src/server/door.ts';
import { listen, type Listening } from '../../src/server/listen.ts';
import { createServer, type ServerDeps } from '../../src/server/server.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { outcomeOf } from '../daemon/invented.ts';
import { MemoryStore } from '../daemon/memory-store.ts';

const viewer = 'viewer-0123456789abcdef';
const operator = 'operator-0123456789abcdef';
let store: MemoryStore;
let asked: string[];
let isReady: boolean;
let answer: (sync: string) => Promise<Outcome>;

beforeEach(() => {
  store = new MemoryStore();
  asked = [];
  isReady = true;
  answer = async (sync) => outcomeOf(sync, { trigger: 'request' });
});

const status: DaemonStatus = {
  startedAt: 0,
  revision: { observed: 'r1', attempted: 'r1', applied: 'r1' },
  conditions: [],
  running: null,
  queue: [],
  connections: [],
  syncs: [],
};

const app = (more: Partial<ServerDeps> = {}) =>
  createServer({
    daemon: {
      ready: async () => isReady,
      status: async () => status,
      webhook: async (connection) => (connection === 'hr' ? 'accepted' : 'unknown'),
      upcoming: async (sync) => {
        if (sync !== 'staff') throw new Stalled('UnknownSync', 'there is no such sync');
        return [{ personId: '4711', at: 0, kind: 'disable' }];
      },
      held: async (sync) => {
        if (sync !== 'staff') throw new Stalled('UnknownSync', 'there is no such sync');
        return { digest: 'abc', since: 0, release: 'rosterd approve abc', count: 0, items: [] };
      },
      request: async (sync) => {
        asked.push(sync);
        return await answer(sync);
      },
    },
    store,
    telemetry: { log: createLogger({ level: 'silent' }), metrics: createMetrics() },
    tokens: [
      { name: 'dashboard', role: 'viewer', token: viewer },
      { name: 'people-ops', role: 'operator', token: operator },
    ],
    ...more,
  });
const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

describe('health and metrics', () => {
  test('are there without a token', async () => {
    expect((await app().request('/healthz')).status).toBe(200);
    expect((await app().request('/readyz')).status).toBe(200);
    const metrics = await app().request('/metrics');
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    expect(await metrics.text()).toContain('rosterd_specs_valid');
  });

  test('a daemon that is not ready is still alive', async () => {
    isReady = false;
    expect((await app().request('/readyz')).status).toBe(503);
    expect((await app().request('/healthz')).status).toBe(200);
  });

  test('every answer forbids scripts, frames and guessing of types', async () => {
    const { headers } = await app().request('/nothing');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('who may do what', () => {
  const paths = [
    ['GET', '/api/v1/status'],
    ['GET', '/api/v1/runs'],
    ['GET', '/api/v1/syncs/staff/held'],
    ['GET', '/api/v1/syncs/staff/upcoming'],
    ['POST', '/api/v1/syncs/staff/run'],
  ] as const;

  test.each(paths)('%s %s needs a token that is known', async (method, path) => {
    for (const headers of [
      {},
      { authorization: 'Bearer nobody-0123456789abcdef' },
      { authorization: `Basic ${operator}` },
    ]) {
      const answered = await app().request(path, { method, headers });
      expect(answered.status).toBe(401);
      expect(await answered.json()).toMatchObject({ error: { reason: 'Unauthorized' } });
    }
    expect(asked).toEqual([]);
  });

  test.each(paths)('%s %s is not there at all without tokens', async (method, path) => {
    expect((await app({ tokens: [] }).request(path, { method, ...as(operator) })).status).toBe(404);
    expect(asked).toEqual([]);
  });

  test('a viewer looks and starts nothing', async () => {
    expect(await (await app().request('/api/v1/status', as(viewer))).json()).toEqual(status);
    const answered = await app().request('/api/v1/syncs/staff/run', { method: 'POST', ...as(viewer) });
    expect(answered.status).toBe(403);
    expect(await answered.json()).toMatchObject({ error: { reason: 'Forbidden' } });
    expect(asked).toEqual([]);
  });

  test('a viewer reads what a sync holds, and that a sync is not there', async () => {
    const held = await app().request('/api/v1/syncs/staff/held', as(viewer));
    expect(await held.json()).toMatchObject({ held: { digest: 'abc', release: 'rosterd approve abc' } });
    expect((await app().request('/api/v1/syncs/stuff/held', as(viewer))).status).toBe(404);
    const upcoming = await app().request('/api/v1/syncs/staff/upcoming?days=7', as(viewer));
    expect(await upcoming.json()).toEqual({ upcoming: [{ personId: '4711', at: 0, kind: 'disable' }] });
    expect((await app().request('/api/v1/syncs/stuff/upcoming', as(viewer))).status).toBe(404);
  });

  test('nothing is started by GET, whoever asks', async () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT']) {
      expect((await app().request('/api/v1/syncs/staff/run', { method, ...as(operator) })).status).toBe(404);
    }
    expect(asked).toEqual([]);
  });

  test('a token that could be guessed is refused at the start', () => {
    expect(() => app({ tokens: [{ name: 'weak', role: 'operator', token: 'sesame' }] })).toThrow(
      '"weak" is shorter',
    );
  });
});

async function post(path: string): Promise<Response> {
  return await app().request(path, { method: 'POST', ...as(operator) });
}

describe('a pass that is asked for', () => {
  test('is answered when it has ended, without the changes of people', async () => {
    const answered = await post('/api/v1/syncs/staff/run');
    expect(answered.status).toBe(200);
    expect(Object.keys((await answered.json()) as object)).toEqual(['run', 'summary']);
    expect(asked).toEqual(['staff']);
  });

  test('or at once', async () => {
    answer = async () => await Promise.withResolvers<never>().promise;
    expect((await post('/api/v1/syncs/staff/run?wait=no')).status).toBe(202);
  });

  test.each([
    { error: new Stalled('UnknownSync', 'there is no sync "stuff"'), code: 404 },
    { error: new Stalled('Suspended', 'staff is suspended'), code: 409 },
    { error: new Waiting('NoRevision', 'no revision yet'), code: 503 },
  ])('$error.reason is $code, with its sentence', async ({ error, code }) => {
    answer = async () => await Promise.reject(error);
    for (const path of ['/api/v1/syncs/staff/run', '/api/v1/syncs/staff/run?wait=no']) {
      const answered = await post(path);
      expect(answered.status).toBe(code);
      expect(await answered.json()).toEqual({ error: { reason: error.reason, message: error.message } });
    }
  });

  test('a bug is 500 and says nothing of its inside', async () => {
    answer = async () => await Promise.reject(new TypeError('ada@example.com is undefined'));
    const answered = await post('/api/v1/syncs/staff/run');
    expect(answered.status).toBe(500);
    expect(await answered.text()).not.toContain('ada');
  });

  test('a store that is away is said with its way out', async () => {
    const error = new Waiting('StoreUnavailable', 'the store was moved; put it back');
    const away = () => Promise.reject(error);
    const answered = await app({ store: { runs: away } }).request('/api/v1/runs', as(viewer));
    expect(answered.status).toBe(503);
    expect(await answered.json()).toEqual({
      error: { reason: 'StoreUnavailable', message: 'the store was moved; put it back' },
    });
  });

  test('a body of more than 1 MB is not read', async () => {
    const body = 'x'.repeat(1_000_001);
    const answered = await app().request('/api/v1/syncs/staff/run', {
      method: 'POST',
      body,
      headers: { ...as(operator).headers, 'content-length': String(body.length) },
    });
    expect(answered.status).toBe(413);
    expect(asked).toEqual([]);
  });
});

describe('on a real socket', () => {
  let listening: Listening;
  let data: string;
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'rosterd-door-'));
    listening = await listen(app(), { port: 0, clock: systemClock });
    await openDoor(data, { url: listening.url, token: operator, pid: 1 });
  });
  afterEach(async () => {
    await listening.close(0);
    await rm(data, { recursive: true, force: true });
  });

  test('a command finds the daemon by its data folder, which only its owner can read', async () => {
    expect((await stat(join(data, 'daemon.json'))).mode % 0o1000).toBe(0o600);
    const client = await connectToDaemon(data);
    expect(listening.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect(await client.status()).toEqual(status);
    expect((await client.run('staff')).summary.result).toBe('settled');
    await client.queue('guests');
    expect(asked).toEqual(['staff', 'guests']);
    store.runRecords.push(outcomeOf('staff').run, outcomeOf('guests').run);
    expect((await client.runs({ sync: 'guests', limit: 5 })).map(({ sync }) => sync)).toEqual(['guests']);
  });

  test('a name that would lead elsewhere stays a name', async () => {
    const client = await connectToDaemon(data);
    await client.run('../../status?x=y');
    expect(asked).toEqual(['../../status?x=y']);
  });

  test('what the daemon refuses, the command says in its words', async () => {
    const client = await connectToDaemon(data);
    answer = async () => await Promise.reject(new Stalled('UnknownSync', 'there is no sync "stuff"'));
    await expect(client.run('stuff')).rejects.toMatchObject({
      fate: 'stalled',
      reason: 'UnknownSync',
      message: 'there is no sync "stuff"',
    });
    answer = async () => await Promise.reject(new Waiting('NoRevision', 'not yet'));
    await expect(client.run('staff')).rejects.toMatchObject({ fate: 'waiting', reason: 'NoRevision' });
    await expect(
      createClient({ url: listening.url, token: 'old-token-of-before' }).status(),
    ).rejects.toMatchObject({ reason: 'Unauthorized' });
  });

  test('a daemon that is gone is said to be gone', async () => {
    const client = await connectToDaemon(data);
    await listening.close(0);
    await expect(client.status()).rejects.toMatchObject({ fate: 'waiting', reason: 'DaemonNotRunning' });
    await closeDoor(data);
    await expect(connectToDaemon(data)).rejects.toThrow('start it with: rosterd daemon');
    listening = await listen(app(), { port: 0, clock: systemClock });
  });

  test('a close waits for answers under way, and for nobody else', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    answer = async (sync) => {
      begun.resolve();
      await promise;
      return outcomeOf(sync);
    };
    const idle = connect(Number(new URL(listening.url).port), '127.0.0.1');
    const pass = (await connectToDaemon(data)).run('staff');
    await begun.promise;
    const closing = listening.close(5_000);
    resolve();
    expect((await pass).summary.result).toBe('settled');
    idle.destroy();
    await closing;
  });

  test('an address that is taken is said to be taken', async () => {
    const port = Number(new URL(listening.url).port);
    await expect(listen(app(), { port, clock: systemClock })).rejects.toMatchObject({
      fate: 'stalled',
      reason: 'AddressInUse',
    });
  });

  test('many wrong tokens cost nothing but their answers', async () => {
    const wrong = await Promise.all(
      Array.from({ length: 200 }, async (_none, i) => {
        const { statusCode, body } = await request(`${listening.url}/api/v1/status`, {
          headers: { authorization: `Bearer guess-${i}-0123456789` },
        });
        await body.dump();
        return statusCode;
      }),
    );
    expect(new Set(wrong)).toEqual(new Set([401]));
    expect((await request(`${listening.url}/healthz`)).statusCode).toBe(200);
  });
});
