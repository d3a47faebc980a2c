import { expect, test } from 'vitest';
import { killAtRandom } from './random.ts';

const seed = 3;
const points = Array.from({ length: 20 }, (_, index) => index);

test('rosterd apply that is killed 20 times at random moments ends, when it is started again, as HR says', async () => {
  const all = await Array.fromAsync(killAtRandom(seed, points, ['scim', 'talentlms']));
  const wrong = all.flatMap((killed) =>
    killed.wrong.map((what) => `seed ${seed}, point ${killed.point}: ${what}`),
  );
  expect(wrong).toEqual([]);
  expect(all).toHaveLength(points.length);
  // Most kills must fall between the first and the last write, or the test shows nothing.
  expect(all.filter(({ between }) => between).length).toBeGreaterThanOrEqual(16);
}, 120_000);
