import { expect, onTestFinished, test } from 'vitest';

import type { Reader, Writer } from '../../src/connectors/connector.ts';
import { Stalled } from '../../src/model/error.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import { person } from '../plan/people.ts';
import { sync } from '../plan/specs.ts';
import { House } from './house.ts';
import { everyFiveMinutes, specsOf } from './invented.ts';
import { minute, start } from './rig.ts';

const two = specsOf(
  'r1',
  ['broken', 'healthy'].map((name) =>
    sync({ name, from: `${name}-hr`, to: `${name}-lms`, schedule: everyFiveMinutes, notify: [] }),
  ),
);

async function openHouse(options: { killSwitch?: boolean; passLimitMs?: number } = {}): Promise<House> {
  const house = new House(two, start);
  house.system('broken-hr').hold(person('ada'));
  house.system('healthy-hr').hold(person('ben'));
  onTestFinished(async () => await house.stop());
  return await house.start(options);
}

const bug = () => {
  throw new TypeError('undefined is not a person');
};

const reading = (change: Partial<Reader>) => (deps: PassDeps) => ({
  ...deps,
  source: { ...deps.source, reader: { ...deps.source.reader, ...change } },
});

const writing = (openWriter: () => Writer) => (deps: PassDeps) => ({
  ...deps,
  target: { ...deps.target, openWriter },
});

test.each<{ name: string; change: (deps: PassDeps) => PassDeps; result: string; reason: string }>([
  {
    name: 'a connector that throws while it reads',
    change: reading({ read: bug }),
    result: 'waiting',
    reason: 'InternalError',
  },
  {
    name: 'a connector that throws while it writes',
    change: writing(() => ({ apply: bug, close: async () => undefined })),
    result: 'waiting',
    reason: 'WriterFailed',
  },
  {
    name: 'a connector that cannot be closed',
    change: writing(() => ({ apply: bug, close: async () => bug() })),
    result: 'waiting',
    reason: 'InternalError',
  },
  {
    name: 'a planning that throws',
    change: ({ target, ...deps }) => {
      const shape = { ...target.reader.shape, canonical: bug };
      return { ...deps, target: { ...target, reader: { ...target.reader, shape } } };
    },
    result: 'waiting',
    reason: 'InternalError',
  },
  {
    name: 'a secret that is missing',
    change: () => {
      throw new Stalled('SecretMissing', 'the environment variable HR_TOKEN is not set');
    },
    result: 'stalled',
    reason: 'SecretMissing',
  },
  {
    name: 'a secret for the writer that is missing',
    change: writing(() => {
      throw new Stalled('SecretMissing', 'the environment variable LMS_TOKEN is not set');
    }),
    result: 'stalled',
    reason: 'SecretMissing',
  },
])('$name stops no other sync, and never the daemon', async ({ change, result, reason }) => {
  const house = await openHouse();
  house.change = (deps) => (deps.sync.name === 'broken' ? change(deps) : deps);
  house.system('broken-hr').hold(person('cleo'));
  house.system('healthy-hr').hold(person('dora'));
  const first = house.passes.length;
  await house.clock.advance(15 * minute);
  const healthy = house.passes.slice(first).filter(({ sync: name }) => name === 'healthy');
  expect(healthy.map(({ at }) => (at - start) / minute)).toEqual([5, 10, 15]);
  expect([...house.system('healthy-lms').rows.keys()]).toEqual(['acc-ben', 'acc-dora']);
  expect([...house.system('broken-lms').rows.keys()]).toEqual(['acc-ada']);
  const status = (await house.daemon.status()).syncs;
  expect(status).toMatchObject([
    { name: 'broken', lastRun: { summary: { result, reason } } },
    { name: 'healthy', lastRun: { summary: { result: 'settled' } } },
  ]);
  expect(JSON.stringify(status)).not.toContain('undefined is not a person');

  house.change = (deps) => deps;
  await house.clock.advance(60 * minute);
  expect([...house.system('broken-lms').rows.keys()]).toEqual(['acc-ada', 'acc-cleo']);
});

test('a connector that hears no signal is left behind a minute after the limit, and the others go on', async () => {
  const house = await openHouse({ passLimitMs: 10 * minute });
  let hangs = true;
  const silence: AsyncGenerator<never, never> = {
    next: async () => await Promise.withResolvers<never>().promise,
    return: async () => await Promise.withResolvers<never>().promise,
    throw: async () => await Promise.withResolvers<never>().promise,
    [Symbol.asyncIterator]: () => silence,
    [Symbol.asyncDispose]: async () => undefined,
  };
  const never = reading({ read: () => silence });
  house.change = (deps) => (deps.sync.name === 'broken' && hangs ? never(deps) : deps);
  house.system('healthy-hr').hold(person('dora'));
  await house.clock.advance(16 * minute);
  expect([...house.system('healthy-lms').rows.keys()]).toEqual(['acc-ben', 'acc-dora']);
  expect(house.logged.join('')).toContain('pass did not end at its limit, left behind');
  expect((await house.daemon.status()).syncs[0]).toMatchObject({
    lastRun: { summary: { result: 'waiting', reason: 'PassTooLong' } },
  });
  hangs = false;
  house.system('broken-hr').hold(person('cleo'));
  await house.clock.advance(30 * minute);
  expect([...house.system('broken-lms').rows.keys()]).toEqual(['acc-ada', 'acc-cleo']);
});

test('with the kill switch on every pass looks, plans and records, and nothing is written; off again, it is', async () => {
  const house = await openHouse({ killSwitch: true });
  await house.clock.advance(6 * minute);
  expect(house.system('healthy-lms').rows.size).toBe(0);
  const { syncs } = await house.daemon.status();
  expect(syncs[1]?.lastRun?.summary).toMatchObject({
    result: 'settled',
    reason: 'Observed',
    message: '1 change planned, none written: the kill switch is on',
  });
  expect((await house.store.runs({ sync: 'healthy', limit: 10 })).length).toBe(2);
  const [run] = await house.store.runs({ sync: 'healthy', limit: 1 });
  expect(await house.store.people(run?.id ?? '')).toMatchObject([{ personId: 'ben', outcome: 'planned' }]);
  await house.stop();
  await house.start();
  await house.clock.advance(5 * minute);
  expect([...house.system('healthy-lms').rows.keys()]).toEqual(['acc-ben']);
});
