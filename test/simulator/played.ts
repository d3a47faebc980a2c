import { describe, expect, test } from 'vitest';
import { simulate } from './simulation.ts';

const parts = 4;
const seeds = Array.from({ length: 80 }, (_, index) => index + 1);
/** Days in which things fail: `npm run simulate` plays three weeks of each. */
const days = 4;

/** Plays one of four parts of the 80 seeds, so that the cores share them. */
export function playAll(part: 1 | 2 | 3 | 4): void {
  describe('people come and go while everything fails', () => {
    test.each(seeds.filter((seed) => seed % parts === part - 1))(
      'seed %i ends as HR says, and no claim is broken on the way',
      async (seed) => {
        const { violation, counts } = await simulate(seed, { days });
        expect(violation).toBeUndefined();
        expect(counts.passes).toBeGreaterThan(days);
      },
    );
  });
}
