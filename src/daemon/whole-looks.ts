import type { Outcome } from '../model/run.ts';
import type { Job } from './work-queue.ts';

/** Of the time, so many parts are left to others for one part of looking at everybody. */
const rest = 10;
const longestMs = 5 * 60_000;

/**
 * Keeps what comes at any rate from making a sync look at everybody again and again: after a pass that a webhook or a date
 * woke and that a few people were not enough for, the next of this kind waits ten times as long as it took.
 */
export class WholeLooks {
  readonly #until = new Map<string, number>();

  note({ sync, trigger }: Pick<Job, 'sync' | 'trigger'>, { run, summary }: Outcome, now: number): void {
    this.#until.delete(sync);
    if ((trigger !== 'webhook' && trigger !== 'due') || summary.partial !== undefined) return;
    const tookMs = Math.max(0, summary.endedAt - run.startedAt);
    this.#until.set(sync, now + Math.min(longestMs, rest * tookMs));
  }

  /** Not before this moment (ms). */
  earliest(sync: string): number {
    return this.#until.get(sync) ?? 0;
  }
}
