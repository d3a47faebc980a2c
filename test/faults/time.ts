import type { Clock } from '../../src/model/effects.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Turns of the event loop after which whatever was sent on this machine has arrived. */
const turns = 8;

/**
 * Time that passes only when nobody is on the way: as long as a request travels it stands still, and a sleep of an hour
 * costs nothing. So every request has a moment that can be compared with the one that was named to its sender.
 */
export class Time {
  /** For connectors and HTTP: their sleeps are what time passes for. */
  readonly work: Clock;
  /** For leases and graces: these wait for others, and wake when others have taken as long. */
  readonly watch: Clock;
  readonly #workers = new Set<Sleeper>();
  readonly #watchers = new Set<Sleeper>();
  #now: number;
  #travelling = 0;
  #moves = 0;
  #moving = false;

  constructor(startMs: number) {
    this.#now = startMs;
    const now = () => this.#now;
    const clock = (sleepers: Set<Sleeper>): Clock => ({
      now,
      monotonic: now,
      sleep: (ms, signal) => this.#sleep(sleepers, ms, signal),
    });
    this.work = clock(this.#workers);
    this.watch = clock(this.#watchers);
  }

  now(): number {
    return this.#now;
  }

  /** So long nothing happens at all. */
  pass(ms: number): void {
    this.#forward(this.#now + ms);
  }

  /** A request is on its way until the returned function is called. */
  travels(): () => void {
    this.#travelling += 1;
    this.#moves += 1;
    return () => {
      this.#travelling -= 1;
      this.#moves += 1;
    };
  }

  #sleep(sleepers: Set<Sleeper>, ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason as Error);
        return;
      }
      const end = () => {
        sleepers.delete(sleeper);
        signal?.removeEventListener('abort', stop);
      };
      const stop = () => {
        end();
        reject(signal?.reason as Error);
      };
      const wake = () => {
        end();
        resolve();
      };
      const sleeper: Sleeper = { until: this.#now + Math.max(0, ms), wake };
      sleepers.add(sleeper);
      this.#moves += 1;
      signal?.addEventListener('abort', stop, { once: true });
      if (sleepers === this.#workers) void this.#move();
    });
  }

  async #move(): Promise<void> {
    if (this.#moving) return;
    this.#moving = true;
    while (this.#workers.size > 0) {
      if (!(await this.#still())) continue;
      const next = Math.min(...[...this.#workers].map(({ until }) => until));
      if (Number.isFinite(next)) this.#forward(Math.max(this.#now, next));
    }
    this.#moving = false;
  }

  async #still(): Promise<boolean> {
    const before = this.#moves;
    await settled();
    return this.#travelling === 0 && this.#moves === before;
  }

  #forward(to: number): void {
    this.#now = to;
    const due = [...this.#workers, ...this.#watchers].filter(({ until }) => until <= to);
    for (const { wake } of due.toSorted((a, b) => a.until - b.until)) wake();
  }
}

/** Everything that was sent has arrived. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
