import { afterEach, beforeEach, expect, test } from 'vitest';

import type { Auth, HttpRequest } from '../../src/http/client.ts';
import { Secret } from '../../src/model/secret.ts';
import { Loopback, type VendorRequest } from '../vendors/loopback.ts';
import { openClient } from './open.ts';

const signal = AbortSignal.timeout(60_000);
const read: HttpRequest = { method: 'GET', path: '/people', effect: 'read' };

/** A vendor that hands out `t1`, `t2` … and takes only the last one. */
let server: Loopback;
let issued: number;
let seen: VendorRequest[];
beforeEach(async () => {
  issued = 0;
  seen = [];
  server = await Loopback.start((request) => {
    seen.push(request);
    if (request.path === '/token') {
      issued += 1;
      return { status: 200, body: { token: `t${issued}` } };
    }
    return { status: request.headers.authorization === `Bearer t${issued}` ? 200 : 401, body: {} };
  });
});
afterEach(() => server.close());

function tokenAuth(expiresInMs = 3_600_000): Auth {
  return {
    kind: 'token',
    async fetch(client, _host, aborted) {
      const { body } = await client.request({ method: 'POST', path: '/token', effect: 'read' }, aborted);
      return { text: (body as { token: string }).token, expiresInMs };
    },
  };
}

test('ten requests side by side fetch one token', async () => {
  const { client } = openClient(server.url, { options: { auth: tokenAuth() } });
  await Promise.all(Array.from({ length: 10 }, () => client.request(read, signal)));
  expect(issued).toBe(1);
  await client.close();
});

test('ten requests that are refused side by side renew the token once', async () => {
  const { client } = openClient(server.url, { options: { auth: tokenAuth() } });
  await client.request(read, signal);
  issued += 1;
  await Promise.all(Array.from({ length: 10 }, () => client.request(read, signal)));
  expect(seen.filter(({ path }) => path === '/token')).toHaveLength(2);
  await client.close();
});

test('a token that is refused after its renewal stalls: somebody must look at the credentials', async () => {
  server.fail(({ path }) => path === '/people', { kind: 'answer', answer: { status: 401 } }, { times: 9 });
  const { client, statuses } = openClient(server.url, { options: { auth: tokenAuth() } });
  await expect(client.request(read, signal)).rejects.toMatchObject({
    reason: 'AuthenticationFailed',
    message: `check the credentials of connection hr; they were refused by ${client.host} (401)`,
  });
  expect(statuses).toEqual([200, 401, 200, 401]);
  await client.close();
});

test('a create that was refused for its token is sent again: a refusal says that nothing was done', async () => {
  const { client } = openClient(server.url, { options: { auth: tokenAuth() } });
  await client.request(read, signal);
  issued += 1;
  const create: HttpRequest = { method: 'POST', path: '/people', effect: 'once', body: { json: {} } };
  await expect(client.request(create, signal)).resolves.toMatchObject({ status: 200 });
  await client.close();
});

test('a token is renewed a little before it ends', async () => {
  const { client, clock } = openClient(server.url, { options: { auth: tokenAuth(600_000) } });
  await client.request(read, signal);
  clock.advance(530_000);
  await client.request(read, signal);
  expect(issued).toBe(1);
  clock.advance(20_000);
  await client.request(read, signal);
  expect(issued).toBe(2);
  expect(server.log.map(({ status }) => status)).not.toContain(401);
  await client.close();
});

test('one stopped pass does not take the token from another that waits for it', async () => {
  const gate = Promise.withResolvers<void>();
  const auth: Auth = {
    kind: 'token',
    fetch: async () => {
      await gate.promise;
      issued = 7;
      return { text: 't7', expiresInMs: 1000 };
    },
  };
  const { client } = openClient(server.url, { options: { auth } });
  const stop = new AbortController();
  const stopped = client.request(read, stop.signal);
  const other = client.request(read, signal);
  stop.abort(new Error('stopping'));
  await expect(stopped).rejects.toThrow('stopping');
  gate.resolve();
  await expect(other).resolves.toMatchObject({ status: 200 });
  await client.close();
});

test.each([
  {
    name: 'a key in a header',
    auth: (hosts: string[]): Auth => ({
      kind: 'header',
      name: 'X-API-Key',
      secret: new Secret('env:KEY', 'hush', hosts),
    }),
    header: 'x-api-key',
    value: 'hush',
  },
  {
    name: 'a key with a prefix',
    auth: (hosts: string[]): Auth => ({
      kind: 'header',
      name: 'Authorization',
      prefix: 'SSWS ',
      secret: new Secret('env:KEY', 'hush', hosts),
    }),
    header: 'authorization',
    value: 'SSWS hush',
  },
  {
    name: 'a user without password',
    auth: (hosts: string[]): Auth => ({
      kind: 'basic',
      user: new Secret('env:KEY', 'hush', hosts),
      password: undefined,
    }),
    header: 'authorization',
    value: 'Basic aHVzaDo=',
  },
])('$name goes to its host and to no other', async ({ auth, header, value }) => {
  const allowed = openClient(server.url, { options: { auth: auth(['127.0.0.1']) } });
  await allowed.client.request({ ...read, accept: [401] }, signal);
  expect(seen[0]?.headers[header]).toBe(value);
  await allowed.client.close();

  seen = [];
  const elsewhere = openClient(server.url, { options: { auth: auth(['hr.example.test']) } });
  await expect(elsewhere.client.request(read, signal)).rejects.toMatchObject({
    reason: 'SecretRefused',
    fate: 'stalled',
    message: expect.stringContaining('env:KEY') as string,
  });
  expect(seen).toEqual([]);
  await elsewhere.client.close();
});

test('a secret that a token fetch may not send stalls likewise', async () => {
  const secret = new Secret('env:KEY', 'hush', ['hr.example.test']);
  const auth: Auth = {
    kind: 'token',
    fetch: (_client, host) => Promise.resolve({ text: secret.reveal(host), expiresInMs: 1 }),
  };
  const { client } = openClient(server.url, { options: { auth } });
  await expect(client.request(read, signal)).rejects.toMatchObject({ reason: 'SecretRefused' });
  await client.close();
});
