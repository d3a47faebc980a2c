import { expect, test } from 'vitest';
import { killAtRandom } from './random.ts';

const seed = 3;
const points = Array.from({ length: 6 }, (_, index) => index);
/** Two at a time: most of a point is a process that starts. */
const lanes = [points.slice(0, 3), points.slice(3)];

test('rosterd apply that is killed at 6 random moments ends, when it is started again, as HR says', async () => {
  const all = (
    await Promise.all(lanes.map((some) => Array.fromAsync(killAtRandom('scim', seed, some))))
  ).flat();
  const wrong = all.flatMap((killed) => killed.wrong.map((what) => `point ${killed.point}: ${what}`));
  expect(wrong, `seed ${seed}`).toEqual([]);
  expect(all).toHaveLength(points.length);
  // Most kills must fall between the first and the last write, or this shows nothing.
  expect(all.filter(({ between }) => between).length).toBeGreaterThanOrEqual(points.length - 2);
}, 300_000);
