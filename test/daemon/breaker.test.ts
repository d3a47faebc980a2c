import { afterEach, describe, expect, test } from 'vitest';

import { connectionText } from '../../src/cli/render/connection-text.ts';
import type { Outcome, RunSummary } from '../../src/model/run.ts';
import type { CompiledConnection } from '../../src/spec/compiled.ts';
import { everyFiveMinutes, outcomeOf, specsOf, syncNamed } from './invented.ts';
import { hour, minute, Rig, start } from './rig.ts';

let rig: Rig;
afterEach(async () => await rig.end());

const day = 24 * hour;
const [sales, guests] = ['sales', 'guests'].map((name) => syncNamed(name));
const payroll = syncNamed('payroll', { from: 'workday', to: 'scim' });
const three = specsOf('r1', [sales!, guests!, payroll]);
const gone: Partial<RunSummary> = {
  result: 'waiting',
  reason: 'Unreachable',
  message: 'connection personio: GET /people gave no answer',
};

const connection = (digest: string) => ({ name: 'personio', digest }) as CompiledConnection;

const rev = (id: string, digest: string) =>
  specsOf(id, [sales!, guests!], { connections: [connection(digest)] });

/** Personio is away until somebody says otherwise. */
function personioIsAway(): { away: string | undefined } {
  const world: { away: string | undefined } = { away: 'personio' };
  rig.reconcile = async (sync, specs, trigger): Promise<Outcome> => {
    const { from, to } = specs.syncs.get(sync)!;
    const hit = world.away === from || world.away === to;
    return {
      ...outcomeOf(sync, { trigger, at: rig.clock.now(), summary: hit ? gone : {} }),
      ...(hit && world.away !== undefined ? { away: world.away } : {}),
    };
  };
  return world;
}

const minutes = () => rig.passes.map(({ sync, at }) => `${sync} ${Math.round((at - start) / minute)}`);
const rejected = async (sync: string) =>
  await (async () => await rig.daemon.request(sync))().catch((error: unknown) => error);

describe('a connection that is away', () => {
  test('is probed after 1, 5, 15, 60 minutes, 6 hours and then each day, by one sync for all', async () => {
    rig = await new Rig(three).start();
    personioIsAway();
    await rig.daemon.request('sales');
    await rig.clock.advance(1.4 * day);
    expect(minutes()).toEqual([
      'sales 0',
      'sales 1',
      'sales 6',
      'sales 21',
      'sales 81',
      'sales 441',
      'sales 1881',
    ]);
  });

  test('is one probe for every sync that waits, and when it is back all of them follow at once', async () => {
    rig = await new Rig(three).start();
    const world = personioIsAway();
    const first = rig.daemon.request('sales');
    const second = rejected('guests');
    await first;
    expect(await second).toMatchObject({ fate: 'waiting', reason: 'ConnectionAway' });
    await rig.clock.advance(90 * minute);
    expect(minutes()).toEqual(['sales 0', 'guests 1', 'sales 6', 'guests 21', 'sales 81']);
    world.away = undefined;
    await rig.clock.advance(6 * hour);
    expect(minutes().slice(5)).toEqual(['guests 441', 'sales 441']);
    expect((await rig.daemon.status()).queue).toEqual([]);
  });

  test('keeps no sync on other connections waiting', async () => {
    rig = await new Rig(three).start();
    personioIsAway();
    await rig.daemon.request('sales');
    const { summary } = await rig.daemon.request('payroll');
    expect(summary.result).toBe('settled');
    expect(rig.clock.now()).toBe(start);
  });

  test('a person who asks is a probe, a minute after the last one; before that they hear since when, and until when', async () => {
    rig = await new Rig(three).start();
    personioIsAway();
    await rig.daemon.request('sales');
    await rig.clock.advance(10 * minute);
    expect(minutes()).toEqual(['sales 0', 'sales 1', 'sales 6']);
    expect((await rig.daemon.request('guests')).summary.reason).toBe('Unreachable');
    const refusal = await rejected('sales');
    expect(refusal).toMatchObject({ fate: 'waiting', reason: 'ConnectionAway' });
    expect(String(refusal)).toContain('away since 2026-11-22T12:00:00.000Z (Unreachable)');
    expect(String(refusal)).toContain('again at 2026-11-22T12:21:00.000Z');
    await rig.clock.advance(minute);
    await rig.daemon.request('sales');
    await rig.clock.advance(11 * minute);
    expect(minutes()).toEqual(['sales 0', 'sales 1', 'sales 6', 'guests 10', 'sales 11', 'guests 21']);
  });

  test('probes before their time do not make the next one come later', async () => {
    rig = await new Rig(three).start();
    personioIsAway();
    await rig.daemon.request('sales');
    for (let i = 0; i < 40; i += 1) {
      await rig.clock.advance(1.5 * minute);
      await rejected('sales');
    }
    const before = rig.passes.length;
    expect(before).toBeGreaterThan(35);
    await rig.clock.advance(25 * minute);
    expect(rig.passes.slice(before).map(({ trigger, at }) => `${trigger} ${(at - start) / minute}`)).toEqual([
      'retry 81',
    ]);
  });

  test('that takes long to say nothing leaves nine tenths of the time to the others', async () => {
    const often = syncNamed('sales', { schedule: everyFiveMinutes });
    rig = await new Rig(specsOf('r1', [often, payroll])).start();
    let lost = 0;
    rig.reconcile = async (sync, _specs, trigger, _signal, probes) => {
      if (sync === 'payroll') return outcomeOf(sync, { trigger });
      await rig.clock.sleep(2 * minute);
      if (probes.length > 0) lost += 2 * minute;
      return { ...outcomeOf(sync, { trigger, summary: gone }), away: 'personio' };
    };
    await rig.clock.advance(day);
    expect(lost).toBeGreaterThan(day / 20);
    expect(lost).toBeLessThan(day / 8);
  });

  test('is what the pass is told, so that it is a short one', async () => {
    rig = await new Rig(three).start();
    const world = personioIsAway();
    const away = rig.reconcile;
    const probes: (readonly string[])[] = [];
    rig.reconcile = async (...args) => {
      probes.push(args[4]);
      return await away(...args);
    };
    await rig.daemon.request('sales');
    world.away = undefined;
    await rig.clock.advance(minute);
    await rig.daemon.request('sales');
    expect(probes).toEqual([[], ['personio'], []]);
  });

  test('is probed at once when its spec changes, and after a restart', async () => {
    rig = await new Rig(rev('r1', 'one')).start();
    const world = personioIsAway();
    const away = rig.reconcile;
    // Probes take long, so that no schedule and no revision brings the next one soon.
    rig.reconcile = async (...args) => {
      if (args[4].length > 0) await rig.clock.sleep(2 * minute);
      return await away(...args);
    };
    await rig.daemon.request('sales');
    await rig.clock.advance(9 * minute);
    const before = rig.passes.length;
    await rig.push(rev('r2', 'one'));
    expect(rig.passes).toHaveLength(before);
    world.away = undefined;
    await rig.push(rev('r3', 'two'));
    expect(rig.passes.slice(before).map(({ sync }) => sync)).toEqual(['sales', 'guests']);
    rig.reconcile = away;
    world.away = 'personio';
    await rig.daemon.request('guests');
    await rig.restart();
    expect((await rig.daemon.request('guests')).summary.reason).toBe('Unreachable');
  });

  test('is shown with the moment since when, the reason and the next probe, and counted from the start', async () => {
    rig = new Rig(
      specsOf('r1', [sales!], {
        connections: [{ name: 'personio', connector: 'personio', digest: 'one' } as CompiledConnection],
      }),
    );
    await rig.start();
    expect(await rig.metric('rosterd_connection_away')).toContain('{connection="personio"} 0');
    const world = personioIsAway();
    await rig.daemon.request('sales');
    await rig.clock.advance(10 * minute);
    const status = await rig.daemon.status();
    expect(status.connections).toMatchObject([
      {
        name: 'personio',
        conditions: [{ type: 'Ready', status: false, reason: 'Unreachable', since: start }],
        nextProbe: start + 21 * minute,
      },
    ]);
    expect(status.connections.flatMap(connectionText)).toEqual([
      'connection personio: away since 2026-11-22T12:00:00.000Z: Unreachable: connection personio: GET /people gave no answer; next probe at 2026-11-22T12:21:00.000Z',
    ]);
    expect(status.queue).toMatchObject([{ sync: 'sales', notBefore: start + 21 * minute }]);
    expect(await rig.metric('rosterd_connection_away')).toContain('{connection="personio"} 1');
    world.away = undefined;
    await rig.daemon.request('sales');
    expect((await rig.daemon.status()).connections).toMatchObject([{ conditions: [], nextProbe: null }]);
    expect(await rig.metric('rosterd_connection_away')).toContain('{connection="personio"} 0');
  });
});

describe('what is no fault of a connection', () => {
  test.each([
    { name: 'a limit', summary: { reason: 'RateLimited' }, retryAfterMs: 2 * minute },
    { name: 'a target that another process writes to', summary: { reason: 'TargetBusy' } },
    { name: 'details that are not read in full', summary: { reason: 'ReadingIncomplete' } },
  ])('$name delays nobody else', async ({ summary, retryAfterMs }) => {
    rig = await new Rig(three).start();
    rig.reconcile = async (sync) =>
      outcomeOf(sync, {
        summary: { result: 'waiting', ...summary },
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      });
    await rig.daemon.request('sales');
    await rig.daemon.request('guests');
    await rig.clock.advance(6 * minute);
    expect(rig.passes.filter(({ sync }) => sync === 'guests').length).toBeGreaterThan(1);
    expect(rig.passes.filter(({ sync }) => sync === 'sales').length).toBeGreaterThan(1);
  });

  test('a probe that is asked to wait says so for all that wait', async () => {
    rig = await new Rig(three).start();
    const world = personioIsAway();
    const away = rig.reconcile;
    await Promise.all([rig.daemon.request('sales'), rejected('guests')]);
    rig.reconcile = async (...args) => {
      if (world.away !== undefined) return await away(...args);
      const summary = { result: 'waiting', reason: 'RateLimited' } as const;
      return outcomeOf(args[0], { summary, retryAfterMs: 10 * minute });
    };
    world.away = undefined;
    await rig.clock.advance(10 * minute);
    expect(minutes()).toEqual(['sales 0', 'guests 1']);
    await rig.clock.advance(minute);
    expect(minutes().length).toBeGreaterThan(2);
  });

  test('a probe that the other system kept from looking leaves it open, and tries again', async () => {
    const both = syncNamed('both', { from: 'personio', to: 'scim' });
    rig = await new Rig(specsOf('r1', [both, syncNamed('lms', { from: 'workday', to: 'scim' })])).start();
    const answers = ['personio', 'scim', 'scim', undefined];
    rig.reconcile = async (sync) => {
      const away = answers.shift();
      return {
        ...outcomeOf(sync, { summary: away === undefined ? {} : gone }),
        ...(away === undefined ? {} : { away }),
      };
    };
    await rig.daemon.request('both');
    await rig.clock.advance(hour);
    expect(minutes()).toEqual(['both 0', 'both 1', 'both 2', 'both 7']);
  });
});
