import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCliBench } from './bench.ts';

test('an approval that has expired is named with its place, because it releases nobody', async () => {
  const { rosterd, folder } = await openCliBench();
  const approval = (expires: string) =>
    writeFile(
      join(folder, 'approval.yaml'),
      [
        'apiVersion: rosterd.dev/v1',
        'kind: Approval',
        'metadata: { name: spring }',
        `spec: { sync: staff, digest: ${'a'.repeat(64)}, by: ada@example.com, expires: '${expires}' }`,
      ].join('\n'),
    );
  await approval('2020-01-31T00:00:00Z');
  const sentence = /^approval\.yaml:\d+: approval spring expired at 2020-01-31\S* and releases nothing/m;

  expect((await rosterd('plan')).stderr).toMatch(sentence);
  expect((await rosterd('apply')).stderr).toMatch(sentence);
  await approval('2999-01-31T00:00:00Z');
  expect((await rosterd('plan')).stderr).not.toMatch(/expired/);
});
