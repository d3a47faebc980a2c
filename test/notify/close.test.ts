import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';

import { openMailServer } from '../../src/notify/mail.ts';

test('closing lets go of a mail server that says nothing, so that the process can end', async () => {
  const silent = createServer();
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  onTestFinished(() => void silent.close());
  const { port } = silent.address() as AddressInfo;
  const connected = once(silent, 'connection') as Promise<[Socket]>;
  const server = openMailServer({ host: '127.0.0.1', port, tls: 'none', from: 'rosterd@example.com' });
  const mail = { id: 'm1', to: ['ada@example.com'], subject: 's', text: 't', queuedAt: 0 };
  const sending = server.send(mail);
  const [socket] = await connected;
  const gone = once(socket.resume(), 'close');
  server.close();
  expect(await sending).toMatchObject({ result: 'failed' });
  await gone;
}, 5_000);
