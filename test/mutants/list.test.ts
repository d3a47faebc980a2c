import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mutants, timesIn } from './list.ts';

const src = join(import.meta.dirname, '../../src');
const inFiles = [...Map.groupBy(mutants, ({ file }) => file)];

test.each(inFiles)('every mistake can still be made in %s', (file, some) => {
  const source = readFileSync(join(src, file), 'utf8');
  const stale = some.filter((mutant) => timesIn(source, mutant) !== 1).map(({ name }) => name);

  expect(stale, 'their text must stand in the file once: mend it in test/mutants/').toEqual([]);
});

test('every mistake has a name of its own, and changes something', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  expect(mutants.filter(({ text, instead }) => text === instead)).toEqual([]);
});
