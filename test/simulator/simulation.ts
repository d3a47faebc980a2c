import type { Violation } from './claims.ts';
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

/**
 * Plays one seed: a while in which people come and go and everything fails, then a calm in which it must come right.
 * Stops at the first claim that doesn't hold.
 */
export async function simulate(seed: number, broken?: Break): Promise<Simulated> {
  const story = new Story(seed, broken);
  try {
    await story.world.open();
    const violation = await story.play();
    return { seed, violation, events: story.events, counts: story.counts() };
  } finally {
    await story.world.close();
  }
}
