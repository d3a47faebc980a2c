import { Meter } from '../personio/meter.ts';

const failuresAllowed = 20;
const failuresMs = 10_000;

/** Requests a minute for each linked account, and the lockout of who fails more than 20 times in 10 seconds. */
export class Limits {
  readonly #requests: Meter;
  #failures: number[] = [];

  constructor(perMinute: number) {
    this.#requests = new Meter(perMinute, 60_000);
  }

  admits(now: number): boolean {
    this.#failures = this.#failures.filter((at) => at > now - failuresMs);
    return this.#failures.length <= failuresAllowed && this.#requests.take(now);
  }

  failed(now: number): void {
    this.#failures.push(now);
  }
}
