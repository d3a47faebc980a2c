import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { cached, endOf } from './bench.ts';

test('a command whose words find no room on the disk says so in a sentence, and ends with 1', async () => {
  const full = await open('/dev/full', 'w');
  const main = join(resolve(import.meta.dirname, '../..'), 'src/main.ts');
  const child = spawn(process.execPath, [main, 'schema', 'Sync'], {
    env: { PATH: process.env['PATH'], ...cached },
    stdio: ['ignore', full.fd, 'pipe'],
  });
  const ended = await endOf(child);
  await full.close();
  expect(ended).toMatchObject({
    code: 1,
    stderr: 'rosterd: what was to be said could not be written (ENOSPC)\n',
  });
});
