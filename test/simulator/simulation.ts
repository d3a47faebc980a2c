import type { Violation } from './claims.ts';
import type { StoreKind } from './kept.ts';
import { Story, type Counts } from './story.ts';
import type { Break } from './world.ts';

/** What one seed came to. */
export interface Simulated {
  readonly seed: number;
  readonly violation: Violation | undefined;
  /** What happened, oldest first. */
  readonly events: readonly string[];
  readonly counts: Counts;
}

export interface How {
  /** Days in which things fail; three weeks when left out. */
  readonly days?: number | undefined;
  /** The story is the same with each. */
  readonly store?: StoreKind | undefined;
  readonly broken?: Break | undefined;
}

/**
 * Plays one seed: weeks in which people come and go and everything fails, then a calm in which it must come right.
 * Stops at the first claim that doesn't hold.
 */
export async function simulate(
  seed: number,
  { days = 21, store = storeOf(seed), broken }: How = {},
): Promise<Simulated> {
  const { stage, ...story } = await told(new Story(seed, { days, store, broken }));
  return { seed, violation: story.violation, events: stage.events, counts: story.counts };
}

async function told(story: Story) {
  const { world } = story.stage;
  await world.open();
  try {
    const violation = await story.play();
    return { stage: story.stage, violation, counts: story.counts() };
  } finally {
    await world.close();
  }
}

/** Every eighth seed works with the real file. */
function storeOf(seed: number): StoreKind {
  return seed % 8 === 0 ? 'file' : 'memory';
}
