import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Invalid } from '../../src/model/error.ts';
import { loadOperatorConfig } from '../../src/operator/config.ts';

test('a port that no machine has is refused at its place, before anything listens', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rosterd-listen-'));
  onTestFinished(async () => await rm(folder, { recursive: true }));
  await writeFile(path.join(folder, 'rosterd.config.yaml'), 'listen: localhost:80800\n');

  const refused = await loadOperatorConfig({ file: 'rosterd.config.yaml', folder }).catch(
    (error: unknown) => error,
  );

  expect(refused).toBeInstanceOf(Invalid);
  expect((refused as Invalid).message).toContain(
    'rosterd.config.yaml:1:9: "listen" must have a port of at most 65535',
  );
});
