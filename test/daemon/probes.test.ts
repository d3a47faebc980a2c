import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { openWorkspace } from '../../src/compose.ts';
import { systemClock, systemRandom } from '../../src/effects/system.ts';
import { openCliBench } from '../cli/bench.ts';

test('a pass that probes a connection repeats no request to it before one was answered', async () => {
  const { folder, scim } = await openCliBench();
  const workspace = await openWorkspace({
    config: join(folder, 'rosterd.config.yaml'),
    env: { SCIM_URL: scim.url, SCIM_TOKEN: 'invented-token' },
    cwd: folder,
    clock: systemClock,
    random: systemRandom,
  });
  onTestFinished(async () => await workspace.close());
  const { specs } = await workspace.loadSpecs();
  const sync = specs.syncs.get('staff');
  if (sync === undefined) throw new Error('the example lacks its sync');
  const pass = await workspace.openPass(sync, specs, 'retry', undefined, ['directory']);
  onTestFinished(async () => await pass.close());
  scim.loopback.fail(() => true, { kind: 'answer', answer: { status: 503, body: {} } }, { times: 9 });
  const reading = pass.deps.target.reader.read(sync.targetWant, new AbortController().signal);
  await expect(reading.next()).rejects.toMatchObject({ reason: 'Unavailable', connection: 'directory' });
  expect(scim.loopback.log).toHaveLength(1);
});
