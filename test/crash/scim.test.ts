import { beforeAll, describe, expect, test } from 'vitest';
import { everyPoint, fates, type Points } from './points.ts';
import { kindsMet, kindsOf, wrongPoints } from './effects.ts';
import { startScimTarget } from './scim-target.ts';

const kinds = kindsOf('whole pass', ['POST Users', 'PATCH Users/ID']);

describe('a pass into scim that fails or is killed before or after any of its effects', () => {
  let tried: Points;
  beforeAll(async () => {
    tried = await everyPoint(startScimTarget);
    console.info(`scim: ${tried.effects.length} effects, ${tried.points.length} points`);
  }, 300_000);

  test('leaves one account for each person, and nothing to do for the pass after the next', () => {
    expect(wrongPoints(tried)).toEqual([]);
  });

  test.each(fates)('$how $when: every kind of effect is met', ({ how, when }) => {
    expect(kindsMet(tried, how, when)).toEqual(kinds);
  });
});
