import { createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createSockets } from '../../src/http/socket.ts';
import { networkPolicy } from '../../src/operator/network.ts';

const patience = new AbortController().signal;

async function listening() {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

function socketsBy(...allowed: readonly string[]) {
  const policy = networkPolicy({ network: { private: allowed, http: false } });
  return createSockets({
    connection: 'upload',
    checkHost: (hostname, addresses, protocol) => policy.check(hostname, addresses, protocol),
  });
}

test.each(['localhost', '127.0.0.1', '::ffff:127.0.0.1'])(
  '%s leads to a private machine, which the operator has not listed: nobody connects',
  async (host) => {
    const { port, connections } = await listening();
    await expect(socketsBy()(host, port, patience)).rejects.toMatchObject({
      fate: 'stalled',
      reason: 'HostRefused',
      message: expect.stringMatching(
        /^connection upload: .* must not be reached: .* network\.private$/,
      ) as string,
    });
    expect(connections()).toBe(0);
  },
);

test('one that is listed is connected to', async () => {
  const { port } = await listening();
  const socket = await socketsBy('localhost')('localhost', port, patience);
  expect(socket.remotePort).toBe(port);
  socket.destroy();
});

test('without a policy only this machine is reached', async () => {
  const sockets = createSockets({ connection: 'upload' });
  await expect(sockets('192.0.2.1', 22, patience)).rejects.toMatchObject({ reason: 'HostRefused' });
});

test('where nobody answers the connection waits, and one that was called off is not made', async () => {
  const sockets = socketsBy('127.0.0.1');
  await expect(sockets('127.0.0.1', 1, patience)).rejects.toMatchObject({
    fate: 'waiting',
    reason: 'Unreachable',
    message: 'connection upload: 127.0.0.1:1 gave no answer (ECONNREFUSED); it is tried again later',
  });
  await expect(sockets('127.0.0.1', 1, AbortSignal.abort(new Error('called off')))).rejects.toThrow(
    'called off',
  );
});
