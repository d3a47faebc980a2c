import type { Clock } from '../../src/model/effects.ts';
import { FakeClock } from '../fake-clock.ts';

/** The clock of the simulated world. Systems let time pass while they answer. */
export class Time {
  readonly clock: Clock;
  readonly #fake: FakeClock;
  #passing: Promise<void> = Promise.resolve();

  constructor(startMs: number) {
    this.#fake = new FakeClock(startMs);
    this.clock = this.#fake;
  }

  now(): number {
    return this.#fake.now();
  }

  /** `YYYY-MM-DD`, so many days from now. */
  date(days = 0): string {
    return new Date(this.now() + days * 86_400_000).toISOString().slice(0, 10);
  }

  /** One after the other: two who let time pass at once would turn the clock back. */
  passes(ms: number): Promise<void> {
    this.#passing = this.#passing.then(() => this.#fake.advance(ms));
    return this.#passing;
  }

  /** Somebody sets the wall clock. */
  jump(ms: number): void {
    this.#fake.jump(ms);
  }
}
