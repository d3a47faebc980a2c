import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blocksOf, readPage, repository } from './shell-lines.ts';

const page = 'docs/connectors/writing-one.md';

/** The sample as it would stand in a folder of its own below `src/connectors`. */
const sample = readFileSync(join(repository, 'test/docs/sample/connector.ts'), 'utf8')
  .replaceAll("'../../../src/connectors/", "'../")
  .replaceAll("'../../../src/", "'../../")
  .trimEnd();

describe('whoever adds a connector', () => {
  test('reads the sample that is compiled and held to the contract', () => {
    const shown = blocksOf(page).filter(({ language }) => language === 'ts');
    expect(shown.map(({ text }) => text)).toEqual([sample]);
  });

  test('reads it in less than 150 lines', () => {
    expect(sample.split('\n').length).toBeLessThan(150);
  });

  test('finds every file that the page names', () => {
    const prose = readPage(page).replaceAll(/^```[^]*?^```/gm, '');
    const named = [...prose.matchAll(/`((?:src|test|docs)\/[\w/.-]+)`/g)].map(([, path]) => path ?? '');
    const ours = named.filter((path) => !/NAME|rollcall/.test(path));
    expect(ours.length).toBeGreaterThan(5);
    expect(ours.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
    const rows = [...prose.matchAll(/`((?:http|connectors|model)\/[\w-]+\.ts)`/g)].map(
      ([, path]) => path ?? '',
    );
    expect(rows.filter((path) => !existsSync(join(repository, 'src', path)))).toEqual([]);
  });
});
