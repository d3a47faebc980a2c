import { afterEach, expect, test } from 'vitest';

import { specsOf, syncNamed } from './invented.ts';
import { minute, Rig } from './rig.ts';

let rig: Rig;
afterEach(async () => await rig.end());

test('a revision that was refused for something outside of it comes into force when that is mended', async () => {
  rig = await new Rig(specsOf('r1', [syncNamed('staff')])).start();
  await rig.push({ invalid: 'r2' });
  await rig.clock.advance(5 * minute);
  expect(rig.failures.map(({ key }) => key)).toEqual(['specs/r2']);
  // The same commit; the table that it names outside of the repository is there now.
  await rig.push(specsOf('r2', [syncNamed('staff')]));
  expect((await rig.daemon.status()).revision.applied).toBe('r2');
  expect(rig.ended).toContain('specs/');
});

test('a sync that was suspended while somebody’s request waited does not run', async () => {
  const guests = syncNamed('guests');
  rig = await new Rig(specsOf('r1', [syncNamed('staff'), guests])).start();
  const settled = rig.reconcile;
  rig.reconcile = async (...args) => {
    await rig.clock.sleep(10 * minute);
    return await settled(...args);
  };
  const first = rig.daemon.request('staff');
  await rig.clock.advance(1000);
  const second = rig.daemon.request('guests').then(
    () => 'ran',
    (error: unknown) => (error as Error).message,
  );
  const suspend = { reason: 'the LMS moves', until: undefined };
  await rig.push(specsOf('r2', [syncNamed('staff'), { ...guests, suspend }]));
  await rig.clock.advance(20 * minute);
  await first;
  expect(await second).toBe(
    'guests is suspended: the LMS moves; until somebody takes `suspend` out of the specs',
  );
  expect(rig.passes.map(({ sync }) => sync)).toEqual(['staff']);
});
