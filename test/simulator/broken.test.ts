import { expect, test } from 'vitest';
import { brokenEngines } from './broken.ts';
import type { ClaimId } from './claims.ts';
import { simulate } from './simulation.ts';

/** An engine that does without something is found out, within a few seeds that offer the occasion. */
test.each<{ engine: string; claims: readonly ClaimId[]; seeds: readonly number[] }>([
  { engine: 'no match', claims: ['C4'], seeds: [2, 5, 1] },
  { engine: 'no resolve', claims: ['C2', 'C5', 'C7'], seeds: [3, 15] },
  { engine: 'no second read', claims: ['C1'], seeds: [2, 3, 5] },
  { engine: 'no limits', claims: ['C6'], seeds: [2, 22, 23] },
  { engine: 'no lease', claims: ['C2', 'C7'], seeds: [2, 4, 5] },
  { engine: 'no receipts', claims: ['C1'], seeds: [2, 3, 5] },
  { engine: 'no memory', claims: ['C2', 'C4'], seeds: [1, 2, 3] },
  { engine: 'no protection', claims: ['C3'], seeds: [1, 2, 6] },
  { engine: 'no intents', claims: ['C7'], seeds: [1, 4, 7] },
  { engine: 'no end of approvals', claims: ['C6'], seeds: [13] },
  { engine: 'no patience with records', claims: ['C9'], seeds: [5, 11, 20] },
  { engine: 'no end of tries', claims: ['C5'], seeds: [1, 2, 4] },
  { engine: 'no record of news', claims: ['C5'], seeds: [1, 2, 4] },
  { engine: 'no discretion', claims: ['C8'], seeds: [1, 2, 3] },
  { engine: 'no check of specs', claims: ['C9'], seeds: [2, 3, 4] },
  { engine: 'no patience with absence', claims: ['C1'], seeds: [5, 20, 21] },
  { engine: 'no memory of dates', claims: ['C4'], seeds: [1, 3, 4] },
])('an engine with $engine breaks $claims', async ({ engine, claims, seeds }) => {
  expect(Object.keys(brokenEngines)).toContain(engine);
  expect(claims).toContain(await firstClaimBrokenBy(engine, seeds));
});

async function firstClaimBrokenBy(engine: string, seeds: readonly number[]): Promise<ClaimId | undefined> {
  for (const seed of seeds) {
    const { violation } = await simulate(seed, { broken: brokenEngines[engine], store: 'memory' });
    if (violation !== undefined) return violation.claim;
  }
  return undefined;
}
