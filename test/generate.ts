import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generatedFiles } from './generated.ts';

const root = path.join(import.meta.dirname, '..');

for (const { file, render } of generatedFiles) {
  const target = path.join(root, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, render());
  console.log(file);
}
