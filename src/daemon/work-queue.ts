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
 *
 * A pass over a few people and one over everybody wait side by side where the few come earlier, or are waited for: a few
 * must not make everybody's pass come before its window opens, or before the other side wants to be asked again.
 */
export class WorkQueue {
  readonly #jobs = new Map<string, Job>();

  get size(): number {
    return this.#jobs.size;
  }

  list(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  /** Folds: the earlier moment, the weightier trigger, everybody's people and every waiter count. */
  add(wanted: Job): void {
    this.#put(wanted);
    const everybody = this.#jobs.get(keyOf({ sync: wanted.sync, people: undefined }));
    const few = this.#jobs.get(keyOf({ sync: wanted.sync, people: new Set() }));
    if (everybody === undefined || few === undefined) return;
    if (few.waiters.length > 0 || few.notBefore < everybody.notBefore) return;
    this.#jobs.delete(keyOf(few));
    this.#put(few, everybody);
  }

  remove(job: Pick<Job, 'sync' | 'people'>): void {
    this.#jobs.delete(keyOf(job));
  }

  /** The clock has gone back behind what waits: each still waits for as long as it was to, and not until that moment. */
  rewind(now: number): void {
    for (const [key, job] of this.#jobs) {
      if (job.since <= now) continue;
      this.#jobs.set(key, { ...job, since: now, notBefore: now + Math.max(0, job.notBefore - job.since) });
    }
  }

  /** It keeps its place and its occurrence, without anybody who waits, until its connection is back. */
  putOff(job: Job): void {
    this.#jobs.set(keyOf(job), { ...job, trigger: 'retry', waiters: [] });
  }

  #put(wanted: Job, known: Job | undefined = this.#jobs.get(keyOf(wanted))): void {
    if (known === undefined) {
      this.#jobs.set(keyOf(wanted), wanted);
      return;
    }
    this.#jobs.set(keyOf(known), {
      ...known,
      trigger: weight(wanted.trigger) > weight(known.trigger) ? wanted.trigger : known.trigger,
      notBefore: Math.min(known.notBefore, wanted.notBefore),
      occurrence: wanted.occurrence ?? known.occurrence,
      people: together(known.people, wanted.people),
      waiters: [...known.waiters, ...wanted.waiters],
    });
  }
}

/** No name of a sync has a line feed. */
function keyOf({ sync, people }: Pick<Job, 'sync' | 'people'>): string {
  return people === undefined ? sync : `${sync}\n`;
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
