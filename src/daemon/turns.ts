import type { SyncError } from '../model/error.ts';
import type { Trigger } from '../model/run.ts';
import type { CompiledSpecs, CompiledSync } from '../spec/compiled.ts';
import { endOf, suspensionOf } from './behaviour.ts';
import type { Connections } from './connections.ts';
import { suspended } from './refusal.ts';
import type { SyncStates } from './sync-states.ts';
import type { Job, WorkQueue } from './work-queue.ts';

/** The wall clock is looked at at least this often: clocks jump, machines sleep. */
const lookMs = 60_000;

/**
 * Whose turn it is. A sync that is suspended, or on a connection that is away, stands aside: it keeps nobody else from
 * their turn, and has its own as soon as it can.
 */
export class Turns {
  readonly #queue: WorkQueue;
  readonly #states: SyncStates;
  readonly #connections: Connections;

  constructor(queue: WorkQueue, states: SyncStates, connections: Connections) {
    this.#queue = queue;
    this.#states = states;
    this.#connections = connections;
  }

  /** The first whose time has come and whom nothing stands against, taken out of the queue. */
  next(specs: CompiledSpecs, now: number): Job | undefined {
    this.#queue.rewind(now);
    for (const job of this.#queue.list()) {
      if (job.notBefore > now) continue;
      const sync = specs.syncs.get(job.sync);
      const obstacle = sync === undefined ? undefined : this.#obstacle(sync, specs, job.trigger, now);
      if (obstacle === undefined) {
        this.#queue.remove(job);
        return job;
      }
      // Of a connection that is away a probe has just answered for it: from now on it waits for the next one.
      for (const waiter of job.waiters) waiter.reject(obstacle);
      this.#queue.putOff(job);
    }
    return undefined;
  }

  /**
   * When the job's turn comes at the earliest (ms): its own time, that of its connections, the end of a suspension;
   * `Infinity` where that has none.
   */
  momentOf({ sync: name, trigger, notBefore }: Job, specs: CompiledSpecs | undefined, now: number): number {
    const sync = specs?.syncs.get(name);
    if (specs === undefined || sync === undefined) return notBefore;
    const suspension = suspensionOf(sync, specs, now);
    const lifted = suspension === undefined ? now : endOf(suspension);
    return Math.max(notBefore, lifted, now + this.#connections.waitMs(sync, trigger));
  }

  /** How long there is nothing to do (ms); `date` is the next moment that brings somebody something. */
  pauseMs(specs: CompiledSpecs | undefined, now: number, date: number | undefined): number {
    const moments: (number | undefined)[] = [now + lookMs, date];
    for (const job of this.#queue.list()) moments.push(this.momentOf(job, specs, now));
    for (const sync of specs?.syncs.values() ?? []) moments.push(this.#states.nextDue(sync, now));
    return (
      Math.min(...moments.filter((moment) => moment !== undefined).filter((moment) => moment > now)) - now
    );
  }

  #obstacle(sync: CompiledSync, specs: CompiledSpecs, trigger: Trigger, now: number): SyncError | undefined {
    const suspension = suspensionOf(sync, specs, now);
    if (suspension !== undefined) return suspended(sync.name, suspension);
    return this.#connections.obstacle(sync, trigger);
  }
}
