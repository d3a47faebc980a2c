import { expect, test } from 'vitest';
import { killAtRandom } from './random.ts';

const seed = 3;
const points = Array.from({ length: 20 }, (_, index) => index);

test('rosterd apply that is killed at 20 random moments ends, when it is started again, as HR says', async () => {
  const all = await Array.fromAsync(killAtRandom('scim', seed, points));
  const wrong = all.flatMap((killed) => killed.wrong.map((what) => `point ${killed.point}: ${what}`));
  expect(wrong, `seed ${seed}`).toEqual([]);
  expect(all).toHaveLength(points.length);
  // Most kills must fall between the first and the last write, or this shows nothing.
  expect(all.filter(({ between }) => between).length).toBeGreaterThanOrEqual(16);
}, 120_000);
