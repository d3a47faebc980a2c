import { beforeAll, describe, expect, test } from 'vitest';
import { afterwards, everyPoint, whileWriting, type Points } from './points.ts';
import { kindsMet, kindsOf, wrongPoints } from './effects.ts';
import { startTalentLmsTarget } from './talentlms-target.ts';

const kinds = kindsOf('while writing', [
  'POST users',
  'POST branch-users',
  'PATCH users/ID',
  'POST batch/users',
  'store details.forget',
]);

describe('a pass into talentlms that fails or is killed after any effect from the first intent to the last outcome', () => {
  let tried: Points;
  beforeAll(async () => {
    tried = await everyPoint(startTalentLmsTarget, whileWriting, afterwards);
    console.info(`talentlms: ${tried.effects.length} effects, ${tried.points.length} points`);
  }, 300_000);

  test('leaves one account for each person, and nothing to do for the pass after the next', () => {
    expect(wrongPoints(tried)).toEqual([]);
  });

  test.each(afterwards)('$how $when: every kind of effect is met', ({ how, when }) => {
    expect(kindsMet(tried, how, when)).toEqual(kinds);
  });
});
