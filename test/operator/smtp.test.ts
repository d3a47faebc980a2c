import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadOperatorConfig } from '../../src/operator/config.ts';

test.each([
  { given: 'user: rosterd', missing: 'password' },
  { given: 'password: { env: SMTP }', missing: 'user' },
])(
  'mail with $given and no $missing is refused: it would go out without signing in',
  async ({ given, missing }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'rosterd-smtp-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const text = `smtp: { host: mail.example.com, from: rosterd@example.com, ${given} }\n`;
    await writeFile(path.join(folder, 'rosterd.config.yaml'), text);
    const loading = loadOperatorConfig({ file: 'rosterd.config.yaml', folder });
    await expect(loading).rejects.toThrow(`needs ${missing}`);
  },
);
