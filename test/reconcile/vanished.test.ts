import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { person } from '../plan/people.ts';
import { Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig.close());

test('who vanished counts against the limit also when the process dies right after they were missed', async () => {
  rig.people = [person('ada'), person('ben')];
  await rig.pass();
  rig.people = [person('ada')];
  rig.around = (store: Store) => ({
    ...store,
    recordCounts: () => Promise.reject(new Error('killed')),
  });
  await rig.pass();
  rig.around = (store) => store;

  await rig.pass();

  const counts = await rig.store.windowCounts({ kind: 'sync', sync: 'staff' }, 0);
  expect(counts.filter((one) => one.class === 'remove').map(({ count }) => count)).toEqual([1]);
});
