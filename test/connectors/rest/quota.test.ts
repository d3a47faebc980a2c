import { describe, expect, test } from 'vitest';
import { waitFor } from '../../../src/connectors/rest/quota.ts';
import { RestClient } from '../../../src/connectors/rest/client.ts';
import { restConfig } from '../../../src/connectors/rest/schema.ts';
import { Loopback } from '../../vendors/loopback.ts';
import { fakeClock, testContext } from '../../contract/context.ts';
import { smallest } from './scripted.ts';

const now = Date.parse('2026-11-20T08:00:00Z');

describe('how long a quota asks to wait', () => {
  test.each<
    readonly [form: string, status: number, left: string | undefined, reset: string, ms: number | undefined]
  >([
    ['seconds', 200, '0', '30', 30_000],
    ['seconds', 429, undefined, '1.5', 1500],
    ['seconds', 200, '1', '30', undefined],
    ['seconds', 200, undefined, '30', undefined],
    ['seconds', 200, '', '30', undefined],
    ['seconds', 429, '0', '', undefined],
    ['seconds', 429, '0', 'soon', undefined],
    ['seconds', 429, '0', '-5', undefined],
    ['seconds', 429, '0', '99999999999', undefined],
    ['epoch-seconds', 200, '0', String(now / 1000 + 30), 30_000],
    ['epoch-seconds', 200, '0', String(now / 1000 - 30), undefined],
    ['epoch-milliseconds', 429, '7', String(now + 250), 250],
    ['iso', 429, '0', '2026-11-20T08:01:00Z', 60_000],
    ['iso', 429, '0', '2026-11-20', undefined],
  ])('%s: a %i with %s left and %s', (form, status, left, reset, ms) => {
    const { quota } = restConfig.parse({ ...smallest, quota: { left: 'X-Left', reset: 'X-Reset', form } });
    if (quota === undefined) throw new Error('it was declared');
    const headers = { ...(left === undefined ? {} : { 'x-left': left }), 'x-reset': reset };
    expect(waitFor(quota)({ status, headers }, now)).toBe(ms);
  });
});

test('the next request of a connection waits as its config says', async () => {
  const headers = { 'x-left': '0', 'x-reset': '30' };
  const server = await Loopback.start(() => ({ status: 200, headers, body: [] }));
  const clock = fakeClock();
  const context = testContext({
    config: restConfig.parse({
      ...smallest,
      baseUrl: server.url,
      quota: { left: 'X-Left', reset: 'X-Reset' },
    }),
    clock,
  });
  const client = new RestClient(context);
  const { signal } = new AbortController();
  const ask = () => client.read({ method: 'GET', path: 'people', statuses: [200] }, signal);
  await ask();
  const before = clock.now();
  await ask();
  expect(clock.now() - before).toBe(30_000);
  await client.close();
  await server.close();
});
