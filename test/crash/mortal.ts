import type { Clock } from '../../src/model/effects.ts';

/** What goes wrong at the n-th effect of a process. */
export interface Fate {
  readonly at: number;
  readonly when: 'before' | 'after';
  /** `fail`: this one effect throws, and the process lives on. `kill`: nothing returns to it any more. */
  readonly how: 'fail' | 'kill';
}

/** What a caller is told when an effect fails, before it was carried out or after. */
export type Failing = (when: Fate['when']) => unknown;

/**
 * A process that may fail or die at its n-th effect. Everything the engine touches goes through it: a dead one has no
 * effect any more, and none of its calls ever returns, so that it cannot clean up behind itself as an exception would.
 */
export class Mortal {
  /** What each effect was, in order. */
  readonly effects: string[] = [];
  /** The effect that the fate met. */
  met: string | undefined;
  readonly died: Promise<void>;
  dead = false;
  readonly #fate: Fate | undefined;
  readonly #die: () => void;
  readonly #underway = new Set<Promise<unknown>>();

  constructor(fate?: Fate) {
    this.#fate = fate;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.died = promise;
    this.#die = () => {
      this.dead = true;
      resolve();
    };
  }

  /** A look: no effect, but a dead process looks at nothing. */
  async look<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.dead) return await never();
    const seen = await this.#during(work);
    return this.dead ? await never() : seen;
  }

  async effect<T>(kind: string, work: () => T | Promise<T>, failing: Failing): Promise<T> {
    if (this.dead) return await never();
    this.effects.push(kind);
    const fate = this.#fate?.at === this.effects.length ? this.#fate : undefined;
    if (fate !== undefined) this.met = kind;
    if (fate?.when === 'before') return await this.#end(fate, failing);
    const done = await this.#during(work);
    if (fate !== undefined) return await this.#end(fate, failing);
    return this.dead ? await never() : done;
  }

  clock(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      sleep: async (ms, signal) => {
        if (!this.dead) await clock.sleep(ms, signal);
        if (this.dead) await never();
      },
    };
  }

  /** What had left the process when it died reaches the other side, and is over. Sleepers are not waited for. */
  async settled(): Promise<void> {
    while (this.#underway.size > 0) await Promise.allSettled(this.#underway);
  }

  async #end(fate: Fate, failing: Failing): Promise<never> {
    if (fate.how === 'fail') throw failing(fate.when);
    this.#die();
    return await never();
  }

  async #during<T>(work: () => T | Promise<T>): Promise<T> {
    const underway = Promise.resolve(work());
    this.#underway.add(underway);
    try {
      return await underway;
    } finally {
      this.#underway.delete(underway);
    }
  }
}

async function never(): Promise<never> {
  return await new Promise<never>(() => undefined);
}
