import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { openRevisions } from '../../src/git/revisions.ts';

test('the revision that a long pass works on outlives three that come into force meanwhile', async () => {
  const data = await mkdtemp(join(tmpdir(), 'rosterd-revisions-'));
  onTestFinished(() => rm(data, { recursive: true, force: true }));
  const revisions = openRevisions(data, 'here');
  const folders: string[] = [];
  const comeIntoForce = async (n: number): Promise<void> => {
    const revision = { kind: 'commit', id: String(n).padStart(40, '0') } as const;
    const checkout = await revisions.write(revision, new Map([['people.csv', Buffer.from(String(n))]]));
    await revisions.markGood(checkout);
    folders.push(checkout.folder);
  };
  for (let n = 0; n < 4; n += 1) await comeIntoForce(n);
  expect(await readFile(join(folders[0] ?? '', 'people.csv'), 'utf8')).toBe('0');
  for (let n = 4; n < 30; n += 1) await comeIntoForce(n);
  // However long the process lives, the disk does not fill.
  expect(await readdir(join(data, 'revisions'))).toHaveLength(20);
});
