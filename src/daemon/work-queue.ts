import type { Outcome, Trigger } from '../model/run.ts';

/** A sync that waits for its pass. */
export interface Job {
  readonly sync: string;
  readonly trigger: Trigger;
  /** When it came into the queue (ms). */
  readonly since: number;
  /** Not before this moment (ms). */
  readonly notBefore: number;
  /** The schedule's occurrence that it takes up (ms). */
  readonly occurrence: number | undefined;
  /** A partial pass over these alone; `undefined` for everybody. */
  readonly people: ReadonlySet<string> | undefined;
  /** Whoever asked for the pass and waits for its outcome. */
  readonly waiters: readonly Waiter[];
}

interface Waiter {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Names of syncs, not events: what asks for a sync that is already waiting folds into it. First come, first served
 * among those whose time has come, so that a sync that fails again and again starves no other.
 */
export class WorkQueue {
  readonly #jobs = new Map<string, Job>();

  get size(): number {
    return this.#jobs.size;
  }

  list(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  has(sync: string): boolean {
    return this.#jobs.has(sync);
  }

  /** Folds: the earlier moment, the weightier trigger, everybody's people and every waiter count. */
  add(wanted: Job): void {
    const known = this.#jobs.get(wanted.sync);
    if (known === undefined) {
      this.#jobs.set(wanted.sync, wanted);
      return;
    }
    this.#jobs.set(wanted.sync, {
      ...known,
      trigger: weight(wanted.trigger) > weight(known.trigger) ? wanted.trigger : known.trigger,
      notBefore: Math.min(known.notBefore, wanted.notBefore),
      occurrence: wanted.occurrence ?? known.occurrence,
      people: together(known.people, wanted.people),
      waiters: [...known.waiters, ...wanted.waiters],
    });
  }

  remove(sync: string): Job | undefined {
    const job = this.#jobs.get(sync);
    this.#jobs.delete(sync);
    return job;
  }

  /** The clock has gone back behind what waits: each still waits for as long as it was to, and not until that moment. */
  rewind(now: number): void {
    for (const [sync, job] of this.#jobs) {
      if (job.since <= now) continue;
      this.#jobs.set(sync, { ...job, since: now, notBefore: now + Math.max(0, job.notBefore - job.since) });
    }
  }

  /** It keeps its place and its occurrence, without anybody who waits, until its connection is back. */
  putOff(sync: string): void {
    const job = this.#jobs.get(sync);
    if (job !== undefined) this.#jobs.set(sync, { ...job, trigger: 'retry', waiters: [] });
  }
}

/** Everybody and a few is everybody. */
function together(a: Job['people'], b: Job['people']): Job['people'] {
  return a === undefined || b === undefined ? undefined : new Set([...a, ...b]);
}

/** Weightier last: the run's record shows what mattered most. */
const triggers: readonly Trigger[] = [
  'retry',
  'webhook',
  'due',
  'schedule',
  'activation',
  'revision',
  'cli',
  'request',
];

function weight(trigger: Trigger): number {
  return triggers.indexOf(trigger);
}
