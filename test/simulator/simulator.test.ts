import { describe, expect, test } from 'vitest';
import { brokenEngines } from './broken.ts';
import type { ClaimId } from './claims.ts';
import { simulate } from './simulation.ts';

const seeds = Array.from({ length: 10 }, (_, index) => index + 1);

describe('people come and go while everything fails', () => {
  test.each(seeds)('seed %i ends as HR says, and no claim is broken on the way', async (seed) => {
    const { violation, counts } = await simulate(seed);
    expect(violation).toBeUndefined();
    expect(counts.writes).toBeGreaterThan(20);
  });

  test('the same seed tells the same story again', async () => {
    const [once, again] = [await simulate(3), await simulate(3)];
    expect(again).toEqual(once);
  });
});

describe('an engine that does without something is found out', () => {
  test.each<{ engine: string; claim: ClaimId; seeds: readonly number[] }>([
    { engine: 'no match', claim: 'C4', seeds: [2, 7, 11, 15] },
    { engine: 'no resolve', claim: 'C7', seeds: [3, 5, 20, 23] },
    { engine: 'no second read', claim: 'C1', seeds: [2, 3, 4, 5] },
    { engine: 'no limits', claim: 'C6', seeds: [6, 9, 10, 13] },
    { engine: 'no lease', claim: 'C7', seeds: [1, 5, 11, 19] },
    { engine: 'no receipts', claim: 'C1', seeds: [1, 3, 5, 6] },
    { engine: 'no memory', claim: 'C2', seeds: [1, 2, 3, 4] },
    { engine: 'no protection', claim: 'C3', seeds: [2, 3, 8, 10] },
  ])('$engine breaks $claim', async ({ engine, claim, seeds: within }) => {
    expect(await firstClaimBrokenBy(engine, within)).toBe(claim);
  });
});

async function firstClaimBrokenBy(engine: string, within: readonly number[]): Promise<ClaimId | undefined> {
  for (const seed of within) {
    const { violation } = await simulate(seed, { broken: brokenEngines[engine] });
    if (violation !== undefined) return violation.claim;
  }
  return undefined;
}
