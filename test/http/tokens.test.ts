import { expect, onTestFinished, test } from 'vitest';

import { settle } from '../fake-clock.ts';
import { openClient } from './open.ts';

test('a pass that is called off before its first request leaves no failure behind that would end the process', async () => {
  const unheard: unknown[] = [];
  const listener = (error: unknown): void => void unheard.push(error);
  process.on('unhandledRejection', listener);
  onTestFinished(() => void process.off('unhandledRejection', listener));
  let asked = 0;
  const fetch = async (): Promise<never> => {
    asked += 1;
    await Promise.resolve();
    throw new Error('no token');
  };
  const { client } = openClient('http://127.0.0.1:9', { options: { auth: { kind: 'token', fetch } } });
  const stopped = AbortSignal.abort(new Error('stopped'));
  const request = client.request({ method: 'GET', path: '/people', effect: 'read' }, stopped);
  await expect(request).rejects.toThrow('stopped');
  await settle();
  expect(asked).toBe(0);
  expect(unheard).toEqual([]);
  await client.close();
});
