import { copyFile, mkdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCliBench } from '../../cli/bench.ts';
import { openTestStore } from '../sqlite/folder.ts';

test('on a cut store neither apply nor the daemon begins: they say the way out, and ask nobody for anything', async () => {
  const bench = await openCliBench();
  const data = join(bench.folder, '.rosterd');
  const file = join(data, 'rosterd.db');
  await mkdir(data);
  const { store, file: whole } = await openTestStore();
  await store.close();
  await copyFile(whole, file);
  await truncate(file, 4_096);
  const before = await readFile(file);

  for (const command of ['apply', 'daemon']) {
    const { code, stdout, stderr } = await bench.rosterd(command);
    expect({ command, code }).toEqual({ command, code: 1 });
    expect(`${stdout}${stderr}`).toMatch(/rosterd\.db is damaged or cut; .*restore the file from a backup/s);
    expect(await readFile(file)).toEqual(before);
  }
  expect(bench.scim.loopback.log).toEqual([]);
});
