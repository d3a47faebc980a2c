import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fileAccess } from '../../src/operator/files.ts';

test('hidden files of the specs folder, such as the sealing key beside them, are read by no connector', () => {
  const specs = realpathSync(mkdtempSync(path.join(tmpdir(), 'rosterd-hidden-')));
  onTestFinished(() => rmSync(specs, { recursive: true, force: true }));
  for (const folder of ['.rosterd', '.git', 'people/.cache']) {
    mkdirSync(path.join(specs, folder), { recursive: true });
    writeFileSync(path.join(specs, folder, 'file'), 'id\n');
  }
  const open = fileAccess({ files: { folders: [] } }, {}, specs);
  for (const file of ['.rosterd/file', '.git/file', 'people/.cache/file', path.join(specs, '.git/file')]) {
    expect(() => open(file)).toThrow('add its folder under files.folders');
  }
  // What the operator lists is the operator's own choice.
  const listed = fileAccess({ files: { folders: [path.join(specs, 'people/.cache')] } }, {}, specs);
  expect(listed('people/.cache/file')).toBe(path.join(specs, 'people/.cache/file'));
});
