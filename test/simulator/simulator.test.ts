import { expect, test } from 'vitest';
import { simulate } from './simulation.ts';

test('the same seed tells the same story again, whichever store it works with', async () => {
  const [file, memory] = [
    await simulate(3, { days: 6, store: 'file' }),
    await simulate(3, { days: 6, store: 'memory' }),
  ];
  expect(file).toEqual(memory);
  expect(file.counts.writes).toBeGreaterThan(20);
});
