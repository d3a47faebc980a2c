import { wrongAfterNextPass, writesOf } from './check.ts';
import type { Fate } from './mortal.ts';
import { prepare } from './story.ts';
import type { Target } from './target.ts';
import { World } from './world.ts';

/** A moment at which a process failed or died, and what was wrong after the next pass. */
export interface Point extends Fate {
  readonly effect: string;
  readonly wrong: readonly string[];
}

export interface Points {
  /** Effects of the undisturbed pass, in order. */
  readonly effects: readonly string[];
  readonly points: readonly Point[];
}

export const fates = [
  { how: 'fail', when: 'before' },
  { how: 'fail', when: 'after' },
  { how: 'kill', when: 'before' },
  { how: 'kill', when: 'after' },
] as const;

/** What is after one effect is before the next, but for the process that goes on with an effect undone. */
export const afterwards = fates.filter(({ when }) => when === 'after');

/** Which effects of the undisturbed pass are tried, by their place from 0: from the first, up to the end. */
export type Within = (effects: readonly string[]) => readonly [first: number, end: number];

export const wholePass: Within = (effects) => [0, effects.length];

/** From the first intent to the last outcome: before and after, the target has nothing to do with it. */
export const whileWriting: Within = (effects) => [
  effects.indexOf('store recordIntents'),
  effects.lastIndexOf('store settle') + 1,
];

/** Lets the pass that does everything fail, and die, before and after each of its effects, or as far as is asked for. */
export async function everyPoint(
  start: (now: () => number) => Promise<Target>,
  within: Within = wholePass,
  tried: readonly Omit<Fate, 'at'>[] = fates,
): Promise<Points> {
  const world = await World.open(start);
  try {
    await prepare(world);
    world.restore();
    const undisturbed = await world.pass();
    const writes = writesOf(world);
    const points: Point[] = [];
    const { effects } = undisturbed.process;
    const [first, end] = within(effects);
    for (let at = first + 1; at <= end; at += 1) {
      for (const fate of tried) {
        world.restore();
        const { process } = await world.pass({ at, ...fate });
        // Side by side, requests may come in another order or in fewer batches: then there is no n-th one.
        if (process.met === undefined) continue;
        const wrong = await wrongAfterNextPass(world, writes);
        points.push({ at, ...fate, effect: process.met, wrong });
      }
    }
    return { effects, points };
  } finally {
    await world.close();
  }
}
