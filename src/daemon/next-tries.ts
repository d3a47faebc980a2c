import type { Outcome } from '../model/run.ts';
import type { CompiledSpecs } from '../spec/compiled.ts';
import { backOff } from './back-off.ts';
import type { Connections } from './connections.ts';
import type { DaemonDeps } from './deps.ts';
import type { Job } from './work-queue.ts';

/** Answers that are lost in so many passes in a row are no accident: the next one comes by the schedule. */
const mostLookedUp = 3;

type Again = (sync: string, more: Partial<Pick<Job, 'notBefore' | 'occurrence' | 'people'>>) => void;

/** Has passes that had to wait tried again, over the same people, later each time. */
export class NextTries {
  readonly #deps: Pick<DaemonDeps, 'clock' | 'random'>;
  readonly #connections: Connections;
  readonly #again: Again;
  readonly #failures = new Map<string, number>();

  constructor(deps: Pick<DaemonDeps, 'clock' | 'random'>, connections: Connections, again: Again) {
    this.#deps = deps;
    this.#connections = connections;
    this.#again = again;
  }

  /** True where one pass has had to wait, and its next try comes soon. */
  isFirst(sync: string): boolean {
    return this.#failures.get(sync) === 1;
  }

  specsChanged({ syncs }: CompiledSpecs): void {
    for (const sync of this.#failures.keys()) if (!syncs.has(sync)) this.#failures.delete(sync);
  }

  /** What became of a write whose answer was lost is looked up soon, as after a pass that had to wait. */
  after({ sync, occurrence, people }: Job, { summary, retryAfterMs, away, lostAnswers }: Outcome): void {
    const waits = summary.result === 'waiting';
    if (!waits && lostAnswers === undefined) {
      this.#failures.delete(sync);
      return;
    }
    // A connection that is away has a back-off of its own, for all of its syncs.
    if (away !== undefined && this.#connections.away(away) !== undefined) {
      this.#again(sync, { occurrence, people });
      return;
    }
    const failures = (this.#failures.get(sync) ?? 0) + 1;
    this.#failures.set(sync, failures);
    if (!waits && failures > mostLookedUp) return;
    const notBefore = this.#deps.clock.now() + backOff(failures, retryAfterMs, this.#deps.random);
    this.#again(sync, { notBefore, occurrence, people });
  }
}
