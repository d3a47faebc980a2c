import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadOperatorConfig } from '../../src/operator/config.ts';

test('whoever names a folder and a repository is told to keep one, and not to write what stands there', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rosterd-specs-'));
  onTestFinished(async () => await rm(folder, { recursive: true }));
  await writeFile(path.join(folder, 'rosterd.config.yaml'), 'specs: { folder: a, git: { url: b } }\n');

  const loading = loadOperatorConfig({ file: 'rosterd.config.yaml', folder });

  await expect(loading).rejects.toThrow(
    'rosterd.config.yaml:1:21: "git" cannot stand beside the other keys of "specs"; keep one of them',
  );
});
