import { expect, onTestFinished, test } from 'vitest';
import { changesPerDay } from './company.ts';
import { slopeOf, soak } from './soak.ts';
import { startSystems } from './systems.ts';

test('a daemon with two syncs writes each change once, day after day', async () => {
  const systems = await startSystems(2);
  onTestFinished(() => systems.stop());
  const people = 100;
  const days = await Array.fromAsync(soak({ syncs: 2, people, days: 2, systems }));
  const change = 2 * changesPerDay(people);
  const moved = 2;
  expect(
    days.map(({ users, firstWrites, secondWrites, results, runs }) => ({
      users,
      firstWrites,
      secondWrites,
      results,
      runs,
    })),
  ).toEqual([
    { users: 200, firstWrites: 200, secondWrites: 0, results: ['applied', 'settled'], runs: 4 },
    {
      users: 200 + change,
      firstWrites: 2 * change + moved,
      secondWrites: 0,
      results: ['applied', 'settled'],
      runs: 8,
    },
  ]);
});

test('the slope of memory is that of a line through its figures', () => {
  expect(slopeOf([100, 102, 104, 106])).toBe(2);
  expect(slopeOf([5, 5, 5])).toBe(0);
});
