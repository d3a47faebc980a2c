import { afterEach, describe, expect, test } from 'vitest';

import type { CompiledSchedule } from '../../src/spec/compiled.ts';
import { mondays, outcomeOf, specsOf, syncNamed } from './invented.ts';
import { hour, minute, Rig, start } from './rig.ts';

let rig: Rig;
afterEach(async () => await rig.end());

const week = 7 * 24 * hour;
const monday = Date.parse('2026-11-23T05:00:00Z');
const staff = syncNamed('staff', { schedule: mondays });

describe('the schedule', () => {
  test('brings a pass each Monday', async () => {
    rig = await new Rig(specsOf('r1', [staff])).start();
    expect((await rig.daemon.status()).syncs[0]?.next).toBe(monday);
    await rig.clock.advance(week + 24 * hour);
    expect(rig.passes.map(({ at }) => at)).toEqual([monday, monday + week]);
  });

  test('catches up what was missed while the daemon was down, once', async () => {
    rig = await new Rig(specsOf('r1', [staff])).start();
    await rig.stop();
    await rig.clock.advance(3 * week);
    await rig.start();
    await rig.clock.advance(hour);
    expect(rig.passes).toMatchObject([{ sync: 'staff', at: start + 3 * week }]);
    await rig.restart();
    expect(rig.passes).toHaveLength(1);
  });

  test('goes on when the clock jumps, and fires nothing twice', async () => {
    rig = await new Rig(specsOf('r1', [staff])).start();
    await rig.clock.advance(17 * hour);
    expect(rig.passes).toHaveLength(1);
    rig.clock.jump(-hour);
    await rig.clock.advance(2 * hour);
    expect(rig.passes).toHaveLength(1);
    rig.clock.jump(week);
    await rig.clock.advance(minute);
    expect(rig.passes).toHaveLength(2);
  });

  test('a pass that had to wait is caught up by the next process, a finished one is not', async () => {
    rig = await new Rig(specsOf('r1', [staff])).start();
    const settled = rig.reconcile;
    rig.reconcile = async (sync) => outcomeOf(sync, { summary: { result: 'waiting', reason: 'Timeout' } });
    await rig.clock.advance(17 * hour);
    const before = rig.passes.length;
    expect(before).toBeGreaterThan(0);
    rig.reconcile = settled;
    await rig.restart();
    expect(rig.passes).toHaveLength(before + 1);
    await rig.restart();
    expect(rig.passes).toHaveLength(before + 1);
  });

  test('waits for its window, which a person’s request does not', async () => {
    const nights: CompiledSchedule = {
      ...mondays,
      windows: { allow: [{ cron: '0 22 * * *', durationMs: 4 * hour, timezone: 'UTC' }], deny: [] },
    };
    rig = await new Rig(specsOf('r1', [syncNamed('staff', { schedule: nights })])).start();
    await rig.daemon.request('staff');
    expect(rig.passes).toHaveLength(1);
    await rig.push(specsOf('r2', [syncNamed('staff', { schedule: nights, digest: 'two' })]));
    expect(rig.passes).toHaveLength(1);
    await rig.clock.advance(10 * hour);
    expect(rig.passes.map(({ trigger, at }) => `${trigger} ${new Date(at).toISOString()}`)).toEqual([
      'request 2026-11-22T12:00:00.000Z',
      'revision 2026-11-22T22:00:00.000Z',
    ]);
  });

  test('passes over a suspended sync until the day is over', async () => {
    const until = syncNamed('staff', {
      schedule: mondays,
      suspend: { reason: 'migration', until: '2026-11-24' },
    });
    rig = await new Rig(specsOf('r1', [until])).start();
    await expect(rig.daemon.request('staff')).rejects.toThrow('staff is suspended: migration');
    const [status] = (await rig.daemon.status()).syncs;
    expect(status).toMatchObject({
      next: null,
      conditions: [{ type: 'Suspended', message: 'migration (until the end of 2026-11-24)' }],
    });
    await rig.clock.advance(2 * 24 * hour);
    expect(rig.passes).toEqual([]);
    await rig.clock.advance(24 * hour);
    expect(rig.passes).toHaveLength(1);
  });
});
