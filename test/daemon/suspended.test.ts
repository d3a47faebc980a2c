import { afterEach, describe, expect, test } from 'vitest';

import type { CompiledConnection, CompiledSync, Suspension } from '../../src/spec/compiled.ts';
import { mondays, outcomeOf, specsOf, syncNamed } from './invented.ts';
import { hour, minute, Rig } from './rig.ts';

let rig: Rig;
afterEach(async () => await rig.end());

/** Noon UTC, which is the last moment of the day before in UTC-12. */
const over = Date.parse('2026-11-23T12:00:00Z');
const migration: Suspension = { reason: 'migration', until: '2026-11-22' };

const personio = (suspend: Suspension | undefined, digest = 'one') =>
  ({ name: 'personio', connector: 'personio', digest, suspend }) as CompiledConnection;

const suspensions: readonly {
  name: string;
  sync: Partial<CompiledSync>;
  connection: Suspension | undefined;
}[] = [
  { name: 'a sync', sync: { suspend: migration }, connection: undefined },
  { name: 'a connection', sync: {}, connection: migration },
];

describe.each(suspensions)('$name that is suspended until a day', ({ sync, connection }) => {
  const staff = syncNamed('staff', { schedule: mondays, ...sync });
  const suspended = specsOf('r1', [staff], { connections: [personio(connection)] });

  test('has no pass before that day is over everywhere, and then at once what was missed', async () => {
    rig = await new Rig(suspended).start();
    await rig.clock.advance(over - rig.clock.now() - 1);
    expect(rig.passes).toEqual([]);
    await rig.clock.advance(1);
    expect(rig.passes).toMatchObject([{ sync: 'staff', trigger: 'schedule', at: over }]);
  });

  test('says until when, and why, to whoever looks and whoever asks', async () => {
    rig = await new Rig(suspended).start();
    const status = await rig.daemon.status();
    const said = { type: 'Suspended', status: true, message: 'migration (until the end of 2026-11-22)' };
    expect(status.syncs).toMatchObject([{ next: null, conditions: [said] }]);
    expect(status.connections).toMatchObject([{ conditions: connection === undefined ? [] : [said] }]);
    await expect(rig.daemon.request('staff')).rejects.toMatchObject({
      fate: 'stalled',
      reason: 'Suspended',
      message:
        'staff is suspended: migration; until the end of 2026-11-22, or until somebody takes `suspend` out of the specs',
    });
  });

  test('keeps what it still has to do, and does it at once when it is over', async () => {
    rig = await new Rig(specsOf('r0', [syncNamed('staff')], { connections: [personio(undefined)] })).start();
    rig.reconcile = async (name) => outcomeOf(name, { summary: { result: 'waiting', reason: 'ListMoved' } });
    await rig.daemon.request('staff');
    const byHand = syncNamed('staff', sync);
    await rig.push(specsOf('r1', [byHand], { connections: [personio(connection)] }));
    const before = rig.passes.length;
    expect((await rig.daemon.status()).queue).toMatchObject([{ sync: 'staff', notBefore: over }]);
    await rig.clock.advance(over - rig.clock.now() - 1);
    expect(rig.passes).toHaveLength(before);
    await rig.clock.advance(1);
    expect(rig.passes.slice(before)).toMatchObject([{ trigger: 'retry', at: over }]);
  });
});

test('a suspension without an end holds until a revision takes it out, and the queue does not show it', async () => {
  const audit: Suspension = { reason: 'audit', until: undefined };
  rig = await new Rig(specsOf('r0', [syncNamed('staff')])).start();
  rig.reconcile = async (name) => outcomeOf(name, { summary: { result: 'waiting', reason: 'ListMoved' } });
  await rig.daemon.request('staff');
  await rig.push(specsOf('r1', [syncNamed('staff', { suspend: audit })]));
  const before = rig.passes.length;
  await rig.clock.advance(12 * hour);
  expect(rig.passes).toHaveLength(before);
  expect((await rig.daemon.status()).queue).toEqual([]);
  await rig.push(specsOf('r2', [syncNamed('staff')]));
  await rig.clock.advance(minute);
  expect(rig.passes.length).toBeGreaterThan(before);
});
