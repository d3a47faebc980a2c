import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const main = path.resolve(import.meta.dirname, '../../bench/main.ts');

interface Figures {
  readonly figures: readonly {
    readonly what: string;
    readonly people: number;
    readonly ratios: Readonly<Record<'wallMs' | 'cpuMs' | 'peakMb', { readonly median: number }>>;
  }[];
}

test('the benchmark brings 50 people to both targets and prints ratios against the floors', async () => {
  const argv = [main, '--people', '50', '--runs', '1', '--delay', '1', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, argv);
  const { figures } = JSON.parse(stdout) as Figures;
  expect(figures.map(({ what }) => what)).toEqual([
    'first load, answers in 1 ms',
    'first load',
    'nothing changed',
    '1 % changed',
  ]);
  for (const { people, ratios } of figures) {
    expect(people).toBe(50);
    for (const { median } of Object.values(ratios)) expect(median).toBeGreaterThan(0);
  }
}, 60_000);
