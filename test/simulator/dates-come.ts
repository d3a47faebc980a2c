import { calmRound } from './calm.ts';
import type { Violation } from './claims.ts';
import { compareEnd } from './ending.ts';
import type { Few } from './few.ts';
import type { Life } from './life.ts';
import type { Stage } from './stage.ts';

const twoDays = 48 * 3_600_000;

/**
 * C4 of dates: HR says today who begins and who leaves, a pass looks at everybody once more, and from then on there are
 * passes over a few people alone, at the moments that the store holds. Two days later all is as HR says for that day.
 */
export async function datesCome(
  stage: Stage,
  lives: readonly Life[],
  few: Few,
): Promise<Violation | undefined> {
  const { world, claims, deletedByHand } = stage;
  const people = new Set(lives.flatMap((life) => life.plans()));
  stage.say(`dates near: of ${[...people].join(', ')}`);
  for (let round = 1; round <= 4; round += 1) {
    const asked = world.approved;
    const violation = await calmRound(stage);
    if (violation !== undefined) return violation;
    // What got its yes just now is done by the next one.
    if (round >= 2 && world.approved === asked) break;
  }
  const before = world.passes.length;
  const until = world.time.now() + twoDays;
  const missed = await few.dueUntil(until, 20);
  if (missed !== undefined) return missed;
  await world.time.passes(Math.max(0, until - world.time.now()));
  for (const { scope } of world.passes.slice(before)) for (const id of scope.only ?? []) people.add(id);
  return await compareEnd(world, claims.ledger, deletedByHand, true, people);
}
