import { afterEach, describe, expect, test } from 'vitest';

import { Waiting } from '../../src/model/error.ts';
import { approvalOf, mondays, onActivation, specsOf, syncNamed } from './invented.ts';
import { hour, minute, Rig } from './rig.ts';

let rig: Rig;
afterEach(async () => await rig.end());

const staff = syncNamed('staff');
const away = new Waiting('SpecsUnreachable', 'the remote is away');

async function markApplied(sync: string, revision: string): Promise<void> {
  await rig.store.saveSyncState(sync, { appliedRevision: revision });
}

describe('a revision of the specs', () => {
  test('is in force once it is valid', async () => {
    rig = new Rig(specsOf('r1', [staff]));
    await rig.start();
    expect((await rig.daemon.status()).revision).toEqual({ observed: 'r1', attempted: 'r1', applied: 'r1' });
    expect(await rig.metric('rosterd_specs_valid')).toContain('rosterd_specs_valid 1');
    expect(await rig.metric('rosterd_specs_revision_info')).toContain('revision="r1"} 1');
    expect(await rig.metric('rosterd_passes_total')).toContain(
      'rosterd_passes_total{sync="staff",result="stalled"} 0',
    );
    expect(await rig.daemon.ready()).toBe(true);
  });

  test('that is at fault is refused whole, told once, and the last good one goes on', async () => {
    rig = await new Rig(specsOf('r1', [syncNamed('staff', { schedule: mondays })])).start();
    await rig.push({ invalid: 'r2' });
    await rig.clock.advance(24 * hour);
    const status = await rig.daemon.status();
    expect(status.revision).toEqual({ observed: 'r2', attempted: 'r2', applied: 'r1' });
    const stalled = status.conditions.find(({ type }) => type === 'Stalled');
    expect(stalled).toMatchObject({ status: true, reason: 'SpecsInvalid' });
    expect(stalled?.message).toContain('staff.yaml:3:1: unknown key "atributes"');
    expect(await rig.metric('rosterd_specs_valid')).toContain('rosterd_specs_valid 0');
    expect(rig.failures.map(({ key }) => key)).toEqual(['specs/r2']);
    expect(rig.passes).toMatchObject([{ sync: 'staff', revision: 'r1', trigger: 'schedule' }]);
    await rig.push(specsOf('r3', [staff]));
    expect(rig.ended).toContain('specs/');
    expect(await rig.metric('rosterd_specs_valid')).toContain('rosterd_specs_valid 1');
  });

  test('that is withdrawn again leaves the one in force the newest', async () => {
    rig = await new Rig(specsOf('r1', [staff])).start();
    await rig.push({ invalid: 'r2' });
    await rig.push(specsOf('r1', [staff]));
    expect((await rig.daemon.status()).revision).toEqual({ observed: 'r1', attempted: 'r1', applied: 'r1' });
    expect(await rig.metric('rosterd_specs_valid')).toContain('rosterd_specs_valid 1');
    expect(rig.failures).toHaveLength(1);
  });

  test('stays in force over a restart without the remote, which is told after the third try and when it is back', async () => {
    rig = await new Rig(specsOf('r1', [syncNamed('staff', { schedule: mondays })])).start();
    rig.newest = away;
    await rig.restart();
    expect(await rig.daemon.ready()).toBe(true);
    expect((await rig.daemon.status()).revision.applied).toBe('r1');
    await rig.clock.advance(24 * hour);
    expect(rig.passes).toHaveLength(1);
    expect(rig.failures.map(({ key }) => key)).toEqual(['source']);
    await rig.push(specsOf('r1', [staff]));
    expect(rig.ended).toContain('source');
  });

  test('is told to be fetched again by the process after the one that told it was not', async () => {
    rig = await new Rig(specsOf('r1', [staff])).start();
    rig.newest = away;
    await rig.clock.advance(10 * minute);
    expect(rig.failures.map(({ key }) => key)).toEqual(['source']);
    await rig.stop();
    rig.newest = specsOf('r1', [staff]);
    await rig.start();
    expect(rig.ended).toEqual(['source']);
  });

  test('that never came leaves the daemon alive and not ready', async () => {
    rig = await new Rig(away).start();
    expect(await rig.daemon.ready()).toBe(false);
    await expect(rig.daemon.request('staff')).rejects.toMatchObject({ reason: 'NoRevision' });
    await rig.push(specsOf('r1', [staff]));
    await expect(rig.daemon.request('staff')).resolves.toBeDefined();
  });

  test('that cannot be remembered is not in force, and tried again', async () => {
    rig = new Rig(specsOf('r1', [staff]));
    rig.store.away = new Error('disk full');
    await rig.start();
    expect(await rig.daemon.ready()).toBe(false);
    rig.store.away = undefined;
    await rig.clock.advance(minute);
    expect(await rig.daemon.ready()).toBe(true);
  });
});

describe('a changed sync is brought in line at once', () => {
  test.each([
    {
      name: 'another mapping',
      after: specsOf('r2', [syncNamed('staff', { digest: 'two' }), syncNamed('guests')]),
    },
    {
      name: 'another mode',
      after: specsOf('r2', [syncNamed('staff', { mode: 'upsert' }), syncNamed('guests')]),
    },
    {
      name: 'other limits',
      after: specsOf('r2', [syncNamed('staff', { limits: { leave: { floor: 9 } } }), syncNamed('guests')]),
    },
    {
      name: 'an approval',
      after: specsOf('r2', [staff, syncNamed('guests')], { approvals: [approvalOf('staff', 'd1')] }),
    },
  ])('$name concerns the one sync and not the other', async ({ after }) => {
    rig = await new Rig(specsOf('r1', [staff, syncNamed('guests')])).start();
    await rig.push(after);
    expect(rig.passes).toMatchObject([{ sync: 'staff', trigger: 'revision', revision: 'r2' }]);
  });

  test('a comment, or a removed approval, concerns nobody', async () => {
    rig = await new Rig(specsOf('r1', [staff], { approvals: [approvalOf('staff', 'd1')] })).start();
    await markApplied('staff', 'r1');
    await rig.restart();
    await rig.push(specsOf('r2', [staff]));
    expect(rig.passes).toEqual([]);
    expect(rig.store.states.get('staff')?.appliedRevision).toBe('r2');
  });

  test('a process that died before it did so does it after its restart', async () => {
    rig = await new Rig(specsOf('r1', [staff])).start();
    await markApplied('staff', 'r1');
    await rig.restart();
    rig.reconcile = async () => await Promise.withResolvers<never>().promise;
    await rig.push(specsOf('r2', [syncNamed('staff', { digest: 'two' })]));
    expect(rig.passes).toHaveLength(1);
    await rig.end();
    await rig.start();
    expect(rig.passes.map(({ trigger, revision }) => `${trigger} ${revision}`)).toEqual([
      'revision r2',
      'revision r2',
    ]);
  });

  test('a sync that is removed leaves the queue, and removes nobody', async () => {
    rig = await new Rig(specsOf('r1', [staff, syncNamed('guests')])).start();
    const { promise, resolve } = Promise.withResolvers<void>();
    const settled = rig.reconcile;
    rig.reconcile = async (...args) => {
      await promise;
      return await settled(...args);
    };
    const first = rig.daemon.request('staff');
    await rig.clock.advance(0);
    const second = rig.daemon.request('guests').catch((error: unknown) => error);
    await rig.push(specsOf('r2', [staff]));
    expect(await second).toMatchObject({ reason: 'SyncRemoved' });
    resolve();
    await first;
    await rig.clock.advance(minute);
    expect(rig.passes.map(({ sync }) => sync)).toEqual(['staff']);
  });
});

test('a manual sync runs once after its activation, and not again after a restart', async () => {
  rig = await new Rig(specsOf('r1', [syncNamed('staff', { schedule: onActivation })])).start();
  expect(rig.passes).toMatchObject([{ sync: 'staff', trigger: 'activation' }]);
  await rig.restart();
  await rig.push(
    specsOf('r2', [
      syncNamed('staff', { schedule: onActivation }),
      syncNamed('guests', { schedule: onActivation }),
    ]),
  );
  await rig.clock.advance(hour);
  expect(rig.passes.map(({ sync }) => sync)).toEqual(['staff', 'guests']);
});
