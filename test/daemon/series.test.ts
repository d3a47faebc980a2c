import { afterEach, expect, test } from 'vitest';

import type { Escrow, StoredHeld } from '../../src/store/store.ts';
import { outcomeOf, specsOf, syncNamed } from './invented.ts';
import { minute, Rig, start } from './rig.ts';

let rig: Rig;
afterEach(async () => await rig.end());

const [staff, guests] = [syncNamed('staff'), syncNamed('guests')];

test('what waits for a person is counted from the start of a process, not from its first pass', async () => {
  rig = new Rig(specsOf('r1', [staff]));
  rig.store.heldSets.set('staff', { set: { digest: 'd', items: [{}, {}] } } as unknown as StoredHeld);
  rig.store.refused.push({ personId: 'ada' } as Escrow, { personId: 'ada' } as Escrow);
  await rig.store.saveSyncState('staff', { lastSuccess: start });
  await rig.start();
  expect(await rig.metric('rosterd_held')).toContain('{sync="staff"} 2');
  expect(await rig.metric('rosterd_people_in_escrow')).toContain('{sync="staff"} 1');
  expect(await rig.metric('rosterd_last_success_timestamp_seconds')).toContain(`} ${start / 1000}`);
});

test('of a sync that is taken out of the specs nothing is said any more, also where a pass of it was under way', async () => {
  rig = await new Rig(specsOf('r1', [staff, guests])).start();
  const gauges = ['held', 'people_in_escrow', 'drift', 'not_converging', 'last_success_timestamp_seconds'];
  const said = async () =>
    (await Promise.all(gauges.map(async (name) => await rig.metric(`rosterd_${name}`)))).join('\n');
  rig.reconcile = async (name) => {
    await rig.clock.sleep(5 * minute);
    rig.telemetry.metrics.held.set({ sync: name }, 3);
    rig.telemetry.metrics.people.set({ sync: name, situation: 'linked' }, 7);
    return outcomeOf(name);
  };
  const pass = rig.daemon.request('guests');
  await rig.clock.advance(minute);
  expect(await said()).toContain('{sync="guests"}');
  await rig.push(specsOf('r2', [staff]));
  expect(await said()).not.toContain('guests');
  await rig.clock.advance(5 * minute);
  await pass;
  expect(await said()).not.toContain('guests');
  expect(await rig.metric('rosterd_people')).not.toContain('guests');
  expect(await said()).toContain('{sync="staff"}');
});
