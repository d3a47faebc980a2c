import type { Measured } from './measured-child.ts';

/** Runs of rosterd and of its floor that alternated: the first with the first, and so on. */
export interface Pair {
  readonly what: string;
  readonly people: number;
  readonly floor: 'map' | 'stream';
  /** What design and reader compare: the other measures are shown as well. */
  readonly judged: 'wallMs' | 'cpuMs';
  readonly rosterd: readonly Measured[];
  readonly floorRuns: readonly Measured[];
}

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export const measures = ['wallMs', 'cpuMs', 'peakMb'] as const;
export type Measure = (typeof measures)[number];

export function spreadOf(runs: readonly Measured[], measure: Measure): Spread {
  return spread(runs.map((run) => run[measure]));
}

/** Each run against the run of the floor beside it: what else the machine did meanwhile hits both. */
export function ratioOf({ rosterd, floorRuns }: Pair, measure: Measure): Spread {
  return spread(rosterd.map((run, index) => run[measure] / (floorRuns[index]?.[measure] ?? Number.NaN)));
}

/** How much more one person costs at the larger size, by medians; 1 is linear. */
export function growthOf(smaller: Pair, larger: Pair, measure: Measure): number {
  const perPerson = (pair: Pair) => spreadOf(pair.rosterd, measure).median / pair.people;
  return perPerson(larger) / perPerson(smaller);
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
  return { min: sorted[0] ?? 0, median, max: sorted.at(-1) ?? 0 };
}
