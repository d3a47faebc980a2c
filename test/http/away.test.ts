import { expect, onTestFinished, test } from 'vitest';

import type { HttpRequest } from '../../src/http/client.ts';
import { Loopback, type Fault } from '../vendors/loopback.ts';
import { openClient } from './open.ts';

const signal = AbortSignal.timeout(60_000);
const read: HttpRequest = { method: 'GET', path: '/people', effect: 'read' };
const broken: Fault = { kind: 'answer', answer: { status: 503, body: {} } };

test('a system that is known to be away is asked once; from its first answer on, as often as any other', async () => {
  const server = await Loopback.start(() => ({ status: 200, body: {} }));
  onTestFinished(() => server.close());
  let isAway = true;
  const { client } = openClient(server.url, {
    deps: {
      isAway: () => isAway,
      hooks: { request: (_method, status) => (isAway &&= status >= 500), throttled: () => undefined },
    },
  });
  server.fail(() => true, broken, { times: 1 });
  await expect(client.request(read, signal)).rejects.toMatchObject({ reason: 'Unavailable' });
  expect(server.log).toHaveLength(1);
  await client.request(read, signal);
  server.fail(() => true, broken, { times: 4 });
  await expect(client.request(read, signal)).resolves.toMatchObject({ status: 200 });
  expect(server.log).toHaveLength(7);
});
