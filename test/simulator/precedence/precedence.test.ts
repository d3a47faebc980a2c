import { describe, expect, test } from 'vitest';
import { brokenHandOvers } from './broken.ts';
import { TwoLists } from './story.ts';

describe('people of two lists with a precedence, while everything fails', () => {
  test.each(Array.from({ length: 12 }, (_, index) => index + 1))(
    'seed %i locks nobody out who is needed',
    async (seed) => {
      const story = new TwoLists(seed);
      expect(await story.play(6)).toBeUndefined();
      expect(story.world.target.log.length).toBeGreaterThan(5);
    },
  );

  test.each([
    { engine: 'to whoever is not there', claims: ['C4'] },
    { engine: 'to nobody', claims: ['C3'] },
  ])('an engine that hands over accounts $engine breaks $claims', async ({ engine, claims }) => {
    expect(claims).toContain(await firstBrokenBy(engine));
  });
});

async function firstBrokenBy(engine: string): Promise<string | undefined> {
  for (let seed = 1; seed <= 20; seed += 1) {
    const violation = await new TwoLists(seed, brokenHandOvers[engine]).play(12);
    if (violation !== undefined) return violation.claim;
  }
  return undefined;
}
