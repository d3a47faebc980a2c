import { expect, test } from 'vitest';
import { openCliBench } from './bench.ts';

test('somebody who misspells a sync is not told that nothing has ever run', async () => {
  const { rosterd } = await openCliBench();
  await rosterd('apply');

  expect((await rosterd('runs', 'stuff')).stdout).toBe('no runs of stuff yet\n');
});
