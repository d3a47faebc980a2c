import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { generatedFiles } from '../generated.ts';

const root = path.join(import.meta.dirname, '../..');

test.each(generatedFiles)(
  '$file is what the code says; otherwise run: npm run generate',
  async (generated) => {
    const stored = await readFile(path.join(root, generated.file), 'utf8');

    expect(stored).toBe(generated.render());
  },
);
