import type { Simulated } from './simulation.ts';
import type { Counts } from './story.ts';

/** What many seeds came to. */
export interface Totals {
  readonly seeds: number;
  readonly failed: readonly number[];
  readonly counts: Readonly<Record<string, number>>;
}

export const nothingYet: Totals = { seeds: 0, failed: [], counts: {} };

export function withSeed(totals: Totals, { seed, violation, counts }: Simulated): Totals {
  return {
    seeds: totals.seeds + 1,
    failed: violation === undefined ? totals.failed : [...totals.failed, seed],
    counts: sum(totals.counts, counts),
  };
}

export function together(all: readonly Totals[]): Totals {
  return {
    seeds: all.reduce((seeds, one) => seeds + one.seeds, 0),
    failed: all.flatMap(({ failed }) => failed).toSorted((a, b) => a - b),
    counts: all.reduce((counts, one) => sum(counts, one.counts), nothingYet.counts),
  };
}

/** `200 seeds, 0 failed: 8292 passes, 13625 writes` */
export function inWords({ seeds, failed, counts }: Totals): string {
  const told = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  return `${seeds} seeds, ${failed.length} failed: ${told.join(', ')}`;
}

function sum(a: Readonly<Record<string, number>>, b: Counts | Totals['counts']): Totals['counts'] {
  const names = [...Object.keys(a), ...Object.keys(b)];
  const numbers: ReadonlyMap<string, number> = new Map(Object.entries(b));
  return Object.fromEntries(names.map((name) => [name, (a[name] ?? 0) + (numbers.get(name) ?? 0)]));
}
