import { afterEach, expect, test } from 'vitest';
import { specsOf, syncNamed } from './invented.ts';
import { Rig, start } from './rig.ts';

let rig: Rig;
afterEach(async () => await rig.end());

test('the status of a sync counts the people who are left alone after a refusal', async () => {
  rig = await new Rig(specsOf('r1', [syncNamed('staff')])).start();
  const entry = { reason: 'Taken', attempts: 1, fingerprint: 'f', notBefore: start };
  rig.store.refused.push(
    { change: 'adopt/ada', personId: 'ada', ...entry },
    { change: 'update/ada/references', personId: 'ada', ...entry },
    { change: 'create/ben', personId: 'ben', ...entry },
  );
  expect((await rig.daemon.status()).syncs).toMatchObject([{ inEscrow: 2 }]);
});
