import { expect, onTestFinished, test } from 'vitest';
import { run } from '../../src/cli/commands/connection-connect.ts';
import type { CliContext } from '../../src/cli/context.ts';
import type { Connecting } from '../../src/connectors/connector.ts';
import { Stalled, Waiting } from '../../src/model/error.ts';
import { FakeClock, settle } from '../fake-clock.ts';
import { Loopback } from '../vendors/loopback.ts';
import { steadyRandom } from '../http/effects.ts';

const minute = 60_000;
const expiresAt = '2026-11-27T08:00:00.000Z';

/** `connection connect hr` while this page waits for somebody. */
function connecting(done: Connecting['done'], redirect = 'http://127.0.0.1:47417/connected') {
  const clock = new FakeClock(Date.parse('2026-11-20T08:00:00Z'));
  const stop = new AbortController();
  const said: string[] = [];
  const out = {
    format: 'text',
    say: (text: string) => said.push(text),
    print: (text: string) => said.push(text),
  };
  const workspace = {
    loadConnections: () => Promise.resolve(new Map([['hr', { name: 'hr' }]])),
    connect: () =>
      Promise.resolve({ url: 'https://vendor.example/page', expiresAt, done } satisfies Connecting),
  };
  const context = {
    out,
    clock,
    random: steadyRandom(),
    signal: stop.signal,
    workspace: () => Promise.resolve(workspace),
  } as unknown as CliContext;
  const ended = run({ name: 'hr', redirect, waitMs: 15 * minute }, context);
  ended.catch(() => undefined);
  return { ended, clock, said, stop };
}

const away = () => Promise.reject(new Waiting('Unavailable', 'connection hr: away', { connection: 'hr' }));

test('a system that is away for a while is asked again, and whoever connected meanwhile is connected', async () => {
  let asked = 0;
  const ask = () => ((asked += 1) < 3 ? away() : Promise.resolve(true));
  const { ended, clock, said } = connecting({ kind: 'asked', everyMs: minute, ask });
  await clock.advance(2 * minute);
  expect(await ended).toBe(0);
  expect(said.at(-1)).toContain('hr is connected');
});

test('a system that refuses is not asked again', async () => {
  let asked = 0;
  const ask = () => {
    asked += 1;
    return Promise.reject(new Stalled('AuthenticationFailed', 'connection hr: refused'));
  };
  const { ended } = connecting({ kind: 'asked', everyMs: minute, ask });
  await expect(ended).rejects.toThrow('refused');
  expect(asked).toBe(1);
});

test.each<[string, () => Promise<boolean>, RegExp]>([
  [
    'nobody opens the page',
    () => Promise.resolve(false),
    /^connection hr: nobody has finished.*connection test hr$/,
  ],
  ['the system stays away', away, /^connection hr: away$/],
])('where %s it ends in time, with the way out', async (_name, ask, says) => {
  const { ended, clock } = connecting({ kind: 'asked', everyMs: minute, ask });
  await clock.advance(16 * minute);
  await expect(ended).rejects.toMatchObject({
    message: expect.stringMatching(says) as string,
    connection: 'hr',
  });
});

test('a browser that never comes back is not waited for longer than was said, and the connection is named', async () => {
  const { ended, clock, said } = connecting({ kind: 'redirect', redeem: () => Promise.resolve() });
  while (clock.sleeping === 0) await settle();
  expect(said.at(-1)).toBe('https://vendor.example/page');
  await clock.advance(16 * minute);
  await expect(ended).rejects.toThrow(/^connection hr: nobody has finished.*for a new page$/);
});

test.each<[string, Connecting['done'], RegExp]>([
  [
    'a set-up link',
    { kind: 'asked', everyMs: minute, ask: () => Promise.resolve(false) },
    /stays good until 2026-11-27T08:00:00.000Z.*rosterd connection test hr$/,
  ],
  [
    'a consent page',
    { kind: 'redirect', redeem: () => Promise.resolve() },
    /run the command again for a new/,
  ],
])('whoever stops waiting is told what becomes of %s', async (_name, done, says) => {
  const { ended, clock, stop } = connecting(done);
  while (clock.sleeping === 0) await settle();
  stop.abort();
  await expect(ended).rejects.toMatchObject({
    reason: 'Stopped',
    message: expect.stringMatching(says) as string,
  });
});

test('where something else listens for the browser, the way out is one that this command has', async () => {
  const other = await Loopback.start(() => ({ status: 404 }));
  onTestFinished(() => other.close());
  const { ended } = connecting(
    { kind: 'redirect', redeem: () => Promise.resolve() },
    `${other.url}/connected`,
  );
  await expect(ended).rejects.toThrow(/cannot listen on 127.0.0.1:.*--redirect/);
});
