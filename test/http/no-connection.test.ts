import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';

import type { HttpRequest } from '../../src/http/client.ts';
import { openClient } from './open.ts';

const signal = new AbortController().signal;
const read: HttpRequest = { method: 'GET', path: 'people', effect: 'read' };
const create: HttpRequest = { method: 'POST', path: 'people', effect: 'once', body: { json: {} } };

vi.mock('node:dns', async (original) => ({
  ...(await original<object>()),
  lookup: (
    hostname: string,
    _options: object,
    done: (error: Error | null, addresses: readonly object[]) => void,
  ) => {
    const gone = Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), {
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
    });
    if (hostname === 'localhost') done(null, [{ address: '127.0.0.1', family: 4 }]);
    else done(gone, []);
  },
}));

test('a name that is not found is no answer, and nothing was sent: a create may be tried again', async () => {
  const { client, statuses } = openClient('https://hr.example.com');
  onTestFinished(async () => await client.close());
  for (const request of [read, create]) {
    const error = { fate: 'waiting', reason: 'Unreachable', connection: 'hr' };
    await expect(client.request(request, signal)).rejects.toMatchObject(error);
  }
  expect(statuses).toEqual(Array.from({ length: 10 }, () => 0));
});

test('a certificate that has expired is no answer, is named, and nothing was sent', async () => {
  const before = getCACertificates('default');
  setDefaultCACertificates([certificate]);
  onTestFinished(() => setDefaultCACertificates(before));
  let asked = 0;
  const server = createServer({ cert: certificate, key }, (_request, response) => {
    asked += 1;
    response.end('{}');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const { client } = openClient(`https://localhost:${(server.address() as AddressInfo).port}`);
  onTestFinished(async () => await client.close());
  for (const request of [read, create]) {
    const failed = client.request(request, signal);
    await expect(failed).rejects.toMatchObject({ fate: 'waiting', reason: 'Unreachable', connection: 'hr' });
    await expect(failed).rejects.toThrow('CERT_HAS_EXPIRED');
  }
  expect(asked).toBe(0);
});

/** Of `localhost`, signed by itself, good until 1 February 2020. Nothing else uses it. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBZTCCAQugAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwHhcNMjAwMTAxMDAwMDAwWhcNMjAwMjAxMDAwMDAwWjAUMRIwEAYDVQQDDAls
b2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQBlkvk68ynQdooBwEq
JxcJCTNeeb5sHM8rAODjzoQnEbtUFsyGq+08XjF2CP2uDIu2zluvO3LQI0otVC6T
0tPlo04wTDAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwDwYDVR0TAQH/BAUw
AwEB/zAdBgNVHQ4EFgQUjP5ZeTXaa759bD9K5zCgQ8ajWdMwCgYIKoZIzj0EAwID
SAAwRQIgEiUwIOZMH2uNUWM2YUYOsJ/dPhvoxp0N2IpjUxMASwUCIQCxclzPdee2
fBmDmY6cEEVsIiWfFWgvgv3H2pMWYMO+yw==
-----END CERTIFICATE-----
`;
const key = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIN9+Wv+TbLjKA3f9jtVgkjlyT0mJn2DPR0ERzGA6vJOnoAoGCCqGSM49
AwEHoUQDQgAEAZZL5OvMp0HaKAcBKicXCQkzXnm+bBzPKwDg486EJxG7VBbMhqvt
PF4xdgj9rgyLts5brzty0CNKLVQuk9LT5Q==
-----END EC PRIVATE KEY-----
`;
