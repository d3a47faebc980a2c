import { afterEach, beforeEach, expect, test } from 'vitest';

import type { HttpRequest } from '../../src/http/client.ts';
import { Stalled } from '../../src/model/error.ts';
import { Loopback, type VendorRequest } from '../vendors/loopback.ts';
import { openClient } from './open.ts';

const signal = AbortSignal.timeout(60_000);

let server: Loopback;
let seen: VendorRequest[];
beforeEach(async () => {
  seen = [];
  server = await Loopback.start((request) => {
    seen.push(request);
    return { status: 200, body: {} };
  });
});
afterEach(() => server.close());

function read(path: string, query?: HttpRequest['query']): HttpRequest {
  return { method: 'GET', path, effect: 'read', ...(query === undefined ? {} : { query }) };
}

test.each([
  { name: 'a base path is kept', base: '/api', path: '/v1/users', is: '/api/v1/users' },
  { name: 'a slash at its end is not doubled', base: '/api/', path: 'v1/users', is: '/api/v1/users' },
  { name: 'a query in the path is kept', base: '', path: '/users?cursor=a%2Bb', is: '/users' },
  {
    name: 'two slashes do not lead to another host',
    base: '',
    path: '//elsewhere.example.test/x',
    is: '//elsewhere.example.test/x',
  },
])('$name', async ({ base, path, is }) => {
  const { client } = openClient(`${server.url}${base}`);
  await client.request(read(path), signal);
  expect(server.log[0]?.path ?? '').toBe(is.startsWith('//') ? '/x' : is);
  await client.close();
});

test('arrays repeat their key, and what is undefined is left out', async () => {
  const { client } = openClient(server.url);
  await client.request(
    read('/users', { 'fields[]': ['a', 'b c'], limit: 100, all: true, none: undefined }),
    signal,
  );
  const query = seen[0]?.query;
  expect(query?.getAll('fields[]')).toEqual(['a', 'b c']);
  expect([query?.get('limit'), query?.get('all'), query?.has('none')]).toEqual(['100', 'true', false]);
  await client.close();
});

test('a next link of the same origin is followed as it stands', async () => {
  const { client } = openClient(`${server.url}/api/v1`);
  await client.request(read(`${server.url}/api/v1/users?after=x%3D%3D`), signal);
  expect(seen[0]?.path).toBe('/api/v1/users');
  expect(seen[0]?.query.get('after')).toBe('x==');
  await client.close();
});

test.each([
  { name: 'another host', link: 'http://elsewhere.example.test/users' },
  { name: 'another port', link: 'http://127.0.0.1:1/users' },
  { name: 'another scheme', link: 'https://127.0.0.1/users' },
  { name: 'credentials', link: 'http://mira:secret@127.0.0.1/users' },
])('a next link with $name is not followed', async ({ link }) => {
  const { client } = openClient(server.url);
  await expect(client.request(read(link), signal)).rejects.toMatchObject({
    reason: 'ForeignOrigin',
    fate: 'stalled',
  });
  expect(seen).toEqual([]);
  await client.close();
});

test.each(['/users/../admin', '/users/%2e%2e/admin', '..', '/users/.'])(
  '%s climbs out and is refused',
  async (path) => {
    const { client } = openClient(server.url);
    await expect(client.request(read(path), signal)).rejects.toMatchObject({ reason: 'InvalidAddress' });
    await client.close();
  },
);

test('a redirect to another host is not followed', async () => {
  const other = await Loopback.start((request) => {
    seen.push(request);
    return { status: 200, body: {} };
  });
  const answer = { status: 307, headers: { location: `${other.url}/users` } };
  server.fail(() => true, { kind: 'answer', answer });
  const { client } = openClient(server.url);
  await expect(client.request(read('/users'), signal)).rejects.toMatchObject({ reason: 'Redirected' });
  expect(seen).toEqual([]);
  await client.close();
  await other.close();
});

test.each(['127.0.0.1', 'localhost'])(
  'the policy is asked for %s with the addresses that will be used',
  async (name) => {
    const asked: [string, readonly string[]][] = [];
    const checkHost = (hostname: string, addresses: readonly string[]) => {
      asked.push([hostname, addresses]);
      return 'it is in a private network';
    };
    const { client } = openClient(server.url.replace('127.0.0.1', name), { deps: { checkHost } });
    await expect(client.request(read('/users'), signal)).rejects.toMatchObject({
      reason: 'HostRefused',
      fate: 'stalled',
      message: expect.stringContaining('it is in a private network') as string,
    });
    expect(asked[0]?.[0]).toBe(name);
    expect(asked[0]?.[1]).toContain('127.0.0.1');
    expect(seen).toEqual([]);
    await client.close();
  },
);

test('plain http does not leave this machine, whatever the policy says', async () => {
  const { client } = openClient('http://192.0.2.1');
  const error: unknown = await client.request(read('/users'), signal).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Stalled);
  expect((error as Stalled).message).toContain('use https');
  await client.close();
});

test.each([
  'ftp://hr.example.test',
  'https://mira:secret@hr.example.test',
  'https://hr.example.test/?a=1',
  'nonsense',
])('a base URL like %s is refused without being quoted', (baseUrl) => {
  expect(() => openClient(baseUrl)).toThrow(Stalled);
  expect(() => openClient(baseUrl)).not.toThrow(/mira|nonsense/);
});
