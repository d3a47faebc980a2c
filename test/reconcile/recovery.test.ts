import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { account, person } from '../plan/people.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

const window = { kind: 'sync', sync: 'staff' } as const;

/** The store of a process that dies before any outcome is kept. */
function dying(store: Store): Store {
  return { ...store, settle: () => Promise.reject(new Error('killed')) };
}

test('a write that a crash left open and that cannot be told yet counts in the windows', async () => {
  rig.people = [person('ada')];
  rig.hold(account('ada'));
  await rig.pass();
  rig.people = [person('ada', { status: 'inactive' })];
  rig.around = dying;
  await rig.pass();
  rig.around = (store) => store;
  rig.resolve = async () => ({ state: 'unknown' });

  await rig.pass();
  await rig.pass();

  const counts = (await rig.store.windowCounts(window, 0)).filter((one) => one.class === 'leave');
  expect(counts.map(({ count }) => count)).toEqual([1]);
  expect(await rig.store.openIntents('lms')).toHaveLength(1);
});
