import { afterEach, describe, expect, test } from 'vitest';

import { Stalled } from '../../src/model/error.ts';
import type { Outcome } from '../../src/model/run.ts';
import { mondays, outcomeOf, specsOf, syncNamed } from './invented.ts';
import { hour, minute, Rig, start } from './rig.ts';

let rig: Rig;
afterEach(async () => await rig.end());

const staff = syncNamed('staff', { schedule: mondays });
const guests = syncNamed('guests');

describe('the queue', () => {
  test('folds what asks for the same sync, and everybody who asked hears of it', async () => {
    rig = await new Rig(specsOf('r1', [staff, guests])).start();
    const outcomes = await Promise.all([
      rig.daemon.request('staff'),
      rig.daemon.request('staff'),
      rig.daemon.request('guests'),
    ]);
    expect(rig.passes.map(({ sync }) => sync)).toEqual(['staff', 'guests']);
    expect(outcomes.map(({ run }) => run.sync)).toEqual(['staff', 'staff', 'guests']);
  });

  test('one pass at a time; what is asked for during a pass gets its own', async () => {
    rig = await new Rig(specsOf('r1', [staff, guests])).start();
    let running = 0;
    const settled = rig.reconcile;
    rig.reconcile = async (...args) => {
      running += 1;
      expect(running).toBe(1);
      await rig.clock.sleep(minute);
      running -= 1;
      return await settled(...args);
    };
    const asked: Promise<Outcome>[] = [rig.daemon.request('staff')];
    await rig.clock.advance(1000);
    expect((await rig.daemon.status()).running).toMatchObject({ sync: 'staff', trigger: 'request' });
    asked.push(rig.daemon.request('staff'), rig.daemon.request('guests'));
    await rig.clock.advance(5 * minute);
    await Promise.all(asked);
    expect(rig.passes.map(({ sync }) => sync)).toEqual(['staff', 'staff', 'guests']);
  });

  test('a pass that waits comes again after 1, 5, 15 and 60 minutes; a person’s request does not wait', async () => {
    rig = await new Rig(specsOf('r1', [staff])).start();
    rig.reconcile = async (sync) => outcomeOf(sync, { summary: { result: 'waiting', reason: 'Timeout' } });
    await rig.daemon.request('staff');
    await rig.clock.advance(2.5 * hour);
    expect(rig.passes.map(({ at }) => (at - start) / minute)).toEqual([0, 1, 6, 21, 81, 141]);
    expect((await rig.daemon.status()).queue).toMatchObject([{ sync: 'staff', trigger: 'retry' }]);
    await rig.daemon.request('staff');
    expect(rig.passes.at(-1)).toMatchObject({ at: rig.clock.now(), trigger: 'request' });
  });

  test('not before the moment that the other side named', async () => {
    rig = await new Rig(specsOf('r1', [staff])).start();
    rig.reconcile = async (sync) =>
      outcomeOf(sync, { summary: { result: 'waiting', reason: 'Throttled' }, retryAfterMs: 20 * minute });
    await rig.daemon.request('staff');
    await rig.clock.advance(19 * minute);
    expect(rig.passes).toHaveLength(1);
    await rig.clock.advance(minute);
    expect(rig.passes).toHaveLength(2);
  });

  test('a stalled sync waits for its next time', async () => {
    rig = await new Rig(specsOf('r1', [staff])).start();
    rig.reconcile = async (sync) =>
      outcomeOf(sync, { summary: { result: 'stalled', reason: 'AuthenticationFailed' } });
    await rig.daemon.request('staff');
    await rig.clock.advance(16 * hour);
    expect(rig.passes).toHaveLength(1);
    await rig.clock.advance(hour);
    expect(rig.passes).toHaveLength(2);
  });

  test('a bug in one sync is counted and tried again, the others don’t notice', async () => {
    rig = await new Rig(specsOf('r1', [staff, guests])).start();
    const settled = rig.reconcile;
    rig.reconcile = async (...args) => {
      if (args[0] === 'staff') throw new TypeError('undefined is not a person');
      return await settled(...args);
    };
    const failed = rig.daemon.request('staff');
    await expect(rig.daemon.request('guests')).resolves.toBeDefined();
    const { summary } = await failed;
    expect(summary).toMatchObject({ result: 'waiting', reason: 'InternalError' });
    expect(summary.message).not.toContain('undefined');
    expect(rig.told.map(({ run }) => run.sync)).toEqual(['staff', 'guests']);
    expect(await rig.metric('rosterd_passes_total')).toContain('{sync="staff",result="crashed"} 1');
    await rig.clock.advance(minute);
    expect(rig.passes.map(({ sync }) => sync)).toEqual(['staff', 'guests', 'staff']);
  });

  test('a secret that is missing is the outcome of the pass, and waits for a person', async () => {
    rig = await new Rig(specsOf('r1', [staff])).start();
    rig.reconcile = async () =>
      await Promise.reject(new Stalled('SecretMissing', 'PERSONIO_SECRET is not set'));
    expect((await rig.daemon.request('staff')).summary).toMatchObject({
      result: 'stalled',
      reason: 'SecretMissing',
    });
    await rig.clock.advance(hour);
    expect(rig.passes).toHaveLength(1);
    const [status] = (await rig.daemon.status()).syncs;
    expect(status).toMatchObject({
      failures: 1,
      lastRun: { summary: { result: 'stalled', message: 'PERSONIO_SECRET is not set' } },
      conditions: [
        { type: 'Ready', status: false },
        { type: 'Reconciling', status: false },
        { type: 'Stalled', status: true, reason: 'SecretMissing' },
      ],
    });
    expect(await rig.metric('rosterd_passes_total')).toContain('{sync="staff",result="stalled"} 1');
  });

  test('a store that is away stops nobody’s next try', async () => {
    rig = await new Rig(specsOf('r1', [staff])).start();
    rig.reconcile = async () => await Promise.reject(new Error('disk full'));
    rig.store.away = new Error('disk full');
    await rig.daemon.request('staff');
    expect(await rig.daemon.ready()).toBe(false);
    rig.store.away = undefined;
    await rig.clock.advance(minute);
    expect(rig.passes.map(({ trigger }) => trigger)).toEqual(['request', 'retry']);
  });

  test('a sync that fails again and again starves no other', async () => {
    rig = await new Rig(specsOf('r1', [staff, guests, syncNamed('interns')])).start();
    rig.reconcile = async (sync) => {
      await rig.clock.sleep(10 * minute);
      return outcomeOf(sync, { summary: { result: 'waiting', reason: 'Timeout' } });
    };
    const asked = ['staff', 'guests', 'interns'].map((sync) => rig.daemon.request(sync));
    await rig.clock.advance(65 * minute);
    await Promise.all(asked);
    expect(rig.passes.slice(0, 6).map(({ sync }) => sync)).toEqual([
      'staff',
      'guests',
      'interns',
      'staff',
      'guests',
      'interns',
    ]);
  });

  test('a sync that nobody knows is refused with the names that there are', async () => {
    rig = await new Rig(specsOf('r1', [staff, guests])).start();
    await expect(rig.daemon.request('stuff')).rejects.toThrow(
      'there is no sync "stuff" at this revision; there are: staff, guests',
    );
  });
});

describe('the stop', () => {
  test('waits for the pass, which sees the signal', async () => {
    rig = await new Rig(specsOf('r1', [staff])).start();
    rig.reconcile = async (sync, _specs, _trigger, signal) => {
      await rig.clock.sleep(hour, signal).catch(() => undefined);
      await rig.clock.sleep(3000);
      return outcomeOf(sync, { summary: { result: 'stopped' } });
    };
    const asked = rig.daemon.request('staff');
    await rig.clock.advance(minute);
    let over = false;
    const stopping = rig.stop().then(() => (over = true));
    await rig.clock.advance(2900);
    expect(over).toBe(false);
    await rig.clock.advance(100);
    await stopping;
    expect((await asked).summary.result).toBe('stopped');
    await expect(rig.daemon.request('staff')).rejects.toMatchObject({ reason: 'Stopped' });
  });

  test('leaves a pass behind that does not end within ten seconds, and tells those who wait', async () => {
    rig = await new Rig(specsOf('r1', [staff, guests])).start();
    rig.reconcile = async () => await Promise.withResolvers<never>().promise;
    const asked = [rig.daemon.request('staff'), rig.daemon.request('guests')].map((pass) =>
      pass.catch((error: unknown) => error),
    );
    await rig.clock.advance(minute);
    const stopping = rig.stop();
    await rig.clock.advance(10_000);
    await stopping;
    expect(await Promise.all(asked)).toMatchObject([{ reason: 'Stopped' }, { reason: 'Stopped' }]);
    expect(rig.clock.sleeping).toBe(0);
  });
});

test('everybody is told how a pass ended', async () => {
  rig = await new Rig(specsOf('r1', [staff])).start();
  await rig.daemon.request('staff');
  expect(rig.told.map(({ run }) => run.sync)).toEqual(['staff']);
});
