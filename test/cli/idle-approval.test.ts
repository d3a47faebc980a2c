import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCliBench } from './bench.ts';

test('approvals that release nothing are named with their place, whatever command is asked', async () => {
  const { rosterd, folder } = await openCliBench();
  const approval = (name: string, digest: string, expires: string) =>
    writeFile(
      join(folder, `${name}.yaml`),
      [
        'apiVersion: rosterd.dev/v1',
        'kind: Approval',
        `metadata: { name: ${name} }`,
        `spec: { sync: staff, digest: ${digest}, by: ada@example.com, expires: '${expires}' }`,
      ].join('\n'),
    );
  await approval('spring', 'a'.repeat(64), '2020-01-31T00:00:00Z');
  await approval('summer', 'b'.repeat(64), '2999-01-31T00:00:00Z');

  const plan = await rosterd('plan', '--output', 'json');
  const said = [plan, await rosterd('apply'), await rosterd('status')];

  for (const { stderr } of said) {
    expect(stderr).toMatch(
      /^spring\.yaml:\d+: approval spring expired at 2020-01-31\S* and releases nothing; del/m,
    );
    expect(stderr).toMatch(
      /^summer\.yaml:\d+: approval summer names a held set of staff that this store does not/m,
    );
  }
  expect(JSON.parse(plan.stdout)).toMatchObject({
    idleApprovals: [{ reason: 'Expired' }, { reason: 'Unknown' }],
  });
});
