import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { writeDurably } from '../../src/effects/durable-file.ts';
import { systemClock, systemRandom } from '../../src/effects/system.ts';

test('ids are unique, safe in an address, and sort by the time of their making', async () => {
  const first = systemRandom.id();
  await systemClock.sleep(2);
  const later = Array.from({ length: 1000 }, () => systemRandom.id());
  expect(new Set(later).size).toBe(1000);
  for (const id of later) {
    expect(id).toMatch(/^[0-9a-z]{26}$/);
    expect(first < id).toBe(true);
  }
});

test('a sleep that is called off rejects with the reason it was given', async () => {
  const controller = new AbortController();
  const sleeping = systemClock.sleep(60 * 24 * 3_600_000, controller.signal);
  controller.abort(new Error('stop'));
  await expect(sleeping).rejects.toThrow('stop');
  await expect(systemClock.sleep(1, controller.signal)).rejects.toThrow('stop');
});

test('a file is the old or the new one, whatever an earlier crash left behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rosterd-durable-'));
  const file = join(folder, 'state.json');
  await writeDurably(file, 'one');
  await writeFile(`${file}.new`, 'half of t');
  await writeDurably(file, 'two');
  expect(await readFile(file, 'utf8')).toBe('two');
  await rm(folder, { recursive: true });
});
