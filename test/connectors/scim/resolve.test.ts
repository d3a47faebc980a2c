import { expect, test } from 'vitest';
import { signal, user, withServer } from './bench.ts';

test.each([{ body: '' }, { body: '[]' }])(
  'an answer without a user ($body) does not prove that somebody is gone',
  ({ body }) =>
    withServer({}, async ({ server, reader }) => {
      const accountId = server.add(user('ada'));
      server.loopback.fail(({ method }) => method === 'GET', {
        kind: 'answer',
        answer: { status: 200, body },
      });
      const order = { key: 'k', kind: 'delete', personId: 'p', accountId, set: {}, identity: {}, scope: {} };
      const intent = { ...order, situation: 'left', applied: new Uint8Array(), mapping: '', counts: [] };
      await expect(reader.resolve(intent as never, signal)).rejects.toMatchObject({ fate: 'waiting' });
    }),
);
