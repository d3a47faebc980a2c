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
  /** An engine that was broken on purpose. */
  readonly broken?: Break | undefined;
  /** The story is the same with each. */
  readonly store?: StoreKind | undefined;
}

/**
 * Plays one seed: weeks in which people come and go and everything fails, then a calm in which it must come right.
 * Stops at the first claim that doesn't hold.
 */
export async function simulate(
  seed: number,
  { broken, store = storeOf(seed) }: How = {},
): Promise<Simulated> {
  const story = new Story(seed, store, broken);
  try {
    await story.world.open();
    const violation = await story.play();
    return { seed, violation, events: story.events, counts: story.counts() };
  } finally {
    await story.world.close();
  }
}

/** Every eighth seed works with the real file. */
function storeOf(seed: number): StoreKind {
  return seed % 8 === 0 ? 'file' : 'memory';
}
