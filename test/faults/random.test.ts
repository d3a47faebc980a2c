import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everything, firstSeed, seeds } from './extent.ts';
import { playAtRandom } from './random.ts';
import { World, type Families } from './world.ts';

/** Those that the table does not play. */
const others: readonly Families[] = [
  ['personio', 'scim'],
  ['csv', 'talentlms'],
];

const pairs: readonly Families[] = [['personio', 'talentlms'], ['csv', 'scim'], ...others];

describe.each(everything ? pairs : others)(
  'a small company between %s and %s, under faults drawn from a seed',
  (from, to) => {
    let world: World;
    beforeAll(async () => {
      world = await World.open([from, to]);
      await world.keep();
    });
    afterAll(() => world.close());

    test(`${seeds} of them end as without faults`, async () => {
      const wrong: string[] = [];
      for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
        const found = await playAtRandom(world, seed);
        wrong.push(...found.map((what) => `seed ${seed}: ${what}`));
      }
      expect(wrong).toEqual([]);
    }, 3_600_000);
  },
);
