import { createServer } from 'node:http';
import { createServer as createSilent, type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { login } from '../../../src/connectors/sftp/login.ts';
import { sftpFile } from '../../../src/connectors/sftp/schema.ts';
import { createSockets } from '../../../src/http/socket.ts';
import type { SyncError } from '../../../src/model/error.ts';
import { Secret } from '../../../src/model/secret.ts';
import { testContext } from '../../contract/context.ts';
import { newKey, SftpVendor, type SftpOptions } from '../../vendors/sftp/server.ts';
import type { User } from '../../vendors/sftp/users.ts';

const patience = new AbortController().signal;

async function serverFor(user: User, options: SftpOptions = {}): Promise<SftpVendor> {
  const server = await SftpVendor.start(user, options);
  onTestFinished(() => server.close());
  return server;
}

function configFor({ port, fingerprint }: Pick<SftpVendor, 'port' | 'fingerprint'>, more: object = {}) {
  const config = { host: '127.0.0.1', port, user: 'rosterd', path: '/in/people.csv', hostKey: fingerprint };
  return sftpFile.parse({ ...config, ...more });
}

async function tried(
  server: SftpVendor,
  secrets: Record<string, string>,
  more: object = {},
): Promise<SyncError | undefined> {
  try {
    const session = await login(configFor(server, more), testContext({ config: {}, secrets }), patience);
    await session.end();
    return undefined;
  } catch (error) {
    return error as SyncError;
  }
}

const key = newKey();
const passphrase = 'kanarie-phrase';
const locked = newKey(passphrase);
const prompt = { prompt: 'Password: ', echo: false };

describe('a login', () => {
  test.each([
    { name: 'with a password', user: { password: 'kanarie' }, secrets: { password: 'kanarie' } },
    { name: 'with a key', user: { publicKey: key.public }, secrets: { privateKey: key.private } },
    {
      name: 'with a key that is encrypted',
      user: { publicKey: locked.public },
      secrets: { privateKey: locked.private, passphrase },
    },
    {
      name: 'with a key and then a password',
      user: { publicKey: key.public, password: 'kanarie', both: true as const },
      secrets: { privateKey: key.private, password: 'kanarie' },
    },
    {
      name: 'with a password that is asked for by a prompt',
      user: { password: 'kanarie', prompts: [prompt] },
      secrets: { password: 'kanarie' },
    },
  ])('$name', async ({ user, secrets }) => {
    const server = await serverFor(user);
    expect(await tried(server, secrets)).toBeUndefined();
    expect(server.logins).toBe(1);
  });

  test.each([
    {
      name: 'a wrong password',
      user: { password: 'other' },
      secrets: { password: 'kanarie' },
      says: 'check the credentials of connection contract',
    },
    {
      name: 'a key that nobody knows',
      user: { publicKey: newKey().public },
      secrets: { privateKey: key.private },
      says: 'check the credentials of connection contract',
    },
    {
      name: 'a prompt that shows what is typed',
      user: { password: 'kanarie', prompts: [{ prompt: 'Code: ', echo: true }] },
      secrets: { password: 'kanarie' },
      says: 'check the credentials of connection contract',
    },
    {
      name: 'two prompts',
      user: { password: 'kanarie', prompts: [prompt, prompt] },
      secrets: { password: 'kanarie' },
      says: 'check the credentials of connection contract',
    },
    {
      name: 'no credential at all',
      user: { password: 'kanarie' },
      secrets: {},
      says: 'needs a password or a privateKey',
    },
    {
      name: 'a key that is none',
      user: { publicKey: key.public },
      secrets: { privateKey: 'kanarie' },
      says: 'the credential privateKey cannot be read',
    },
    {
      name: 'an encrypted key without its passphrase',
      user: { publicKey: locked.public },
      secrets: { privateKey: locked.private },
      says: 'with the credential passphrase where it is encrypted',
    },
  ])('$name is refused, and a person must see to it', async ({ user, secrets, says }) => {
    const server = await serverFor(user);

    const error = await tried(server, secrets);

    expect(error?.fate).toBe('stalled');
    expect(error?.message).toContain(says);
    expect(error?.message).not.toContain('kanarie');
    expect(server.logins).toBe(0);
  });

  test('the account behind a login that offers no SFTP is named as that', async () => {
    const server = await serverFor({ password: 'kanarie' }, { shellOnly: true });
    expect(await tried(server, { password: 'kanarie' })).toMatchObject({ fate: 'stalled', reason: 'NoSftp' });
  });
});

const other = `SHA256:${'A'.repeat(43)}`;

describe('the server proves itself', () => {
  test('another host key stops everything before anybody says who they are, and both are named', async () => {
    const server = await serverFor({ password: 'kanarie' });

    const error = await tried(server, { password: 'kanarie' }, { hostKey: other });

    expect(error).toMatchObject({ fate: 'stalled', reason: 'HostKeyChanged' });
    expect(error?.message).toContain(`${server.fingerprint} (ssh-ed25519)`);
    expect(error?.message).toContain(other);
    expect(server.tries).toBe(0);
  });

  test('while the key is replaced two may be pinned', async () => {
    const server = await serverFor({ password: 'kanarie' });
    const hostKey = [other, server.fingerprint];
    expect(await tried(server, { password: 'kanarie' }, { hostKey })).toBeUndefined();
  });

  test('SHA-1 is spoken only where the config says so', async () => {
    const algorithms = { hmac: ['hmac-sha1' as const], cipher: ['aes128-ctr' as const] };
    const server = await serverFor({ password: 'kanarie' }, { algorithms });

    expect(await tried(server, { password: 'kanarie' })).toMatchObject({ reason: 'NoCommonAlgorithm' });
    expect(await tried(server, { password: 'kanarie' }, { oldAlgorithms: true })).toBeUndefined();
  });
});

describe('where a login may go', () => {
  test('a credential is for the hosts that the operator lists, and no other is even connected to', async () => {
    const server = await serverFor({ password: 'kanarie' });
    let connections = 0;
    const secret = new Secret('env:PASSWORD', 'kanarie', ['sftp.example.org', '127.0.0.1:1']);
    const context = {
      connection: 'contract',
      secrets: { password: secret },
      sockets: () => Promise.reject(new Error(`${String((connections += 1))} connections`)),
    };

    await expect(login(configFor(server), context, patience)).rejects.toMatchObject({
      fate: 'stalled',
      reason: 'SecretRefused',
    });
    expect(connections).toBe(0);
  });

  test('a host that the operator does not allow is not connected to', async () => {
    const server = await serverFor({ password: 'kanarie' });
    const sockets = createSockets({ connection: 'contract', checkHost: () => 'it is on a private network' });
    const context = { ...testContext({ config: {}, secrets: { password: 'kanarie' } }), sockets };

    await expect(login(configFor(server), context, patience)).rejects.toMatchObject({
      fate: 'stalled',
      reason: 'HostRefused',
    });
    expect(server.tries).toBe(0);
  });

  test('a server that is away, and one that is none, are waited for', async () => {
    const web = createServer((_request, response) => response.end('<!doctype html>'));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const { port } = web.address() as AddressInfo;
    const context = testContext({ config: {}, secrets: { password: 'kanarie' } });
    const config = configFor({ port, fingerprint: other });
    await expect(login(config, context, patience)).rejects.toMatchObject({ reason: 'Unreachable' });

    web.closeAllConnections();
    await new Promise((resolve) => web.close(resolve));
    await expect(login(config, context, patience)).rejects.toMatchObject({
      fate: 'waiting',
      reason: 'Unreachable',
    });
  });

  test('a login that is called off ends at once', async () => {
    const server = await serverFor({ password: 'kanarie' });
    const stop = new AbortController();
    const context = testContext({ config: {}, secrets: { password: 'kanarie' } });
    const trying = login(configFor(server), context, stop.signal);
    stop.abort(new Error('called off'));
    await expect(trying).rejects.toThrow('called off');
  });

  test('so does one on a server that takes the connection and says nothing', async () => {
    const stop = new AbortController();
    const silent = createSilent(() => setImmediate(() => stop.abort(new Error('called off'))));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as AddressInfo;
    const context = testContext({ config: {}, secrets: { password: 'kanarie' } });
    const trying = login(configFor({ port, fingerprint: other }), context, stop.signal);
    await expect(trying).rejects.toThrow('called off');
  });
});
