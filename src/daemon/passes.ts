import { messageOf, Stalled } from '../model/error.ts';
import type { Outcome, Trigger } from '../model/run.ts';
import { nextPermitted, permits } from '../schedule/windows.ts';
import type { CompiledSpecs, CompiledSync } from '../spec/compiled.ts';
import { minuteMs } from './back-off.ts';
import { suspensionOf } from './behaviour.ts';
import { createBell } from './bell.ts';
import type { Connections } from './connections.ts';
import type { DaemonDeps } from './deps.ts';
import { DueMoments } from './due-moments.ts';
import { NextTries } from './next-tries.ts';
import { OnePass } from './one-pass.ts';
import { refuse } from './refusal.ts';
import { endSeries } from './series.ts';
import { stopped } from './stop.ts';
import type { SyncStates } from './sync-states.ts';
import { Turns } from './turns.ts';
import { WholeLooks } from './whole-looks.ts';
import { WorkQueue, type Job } from './work-queue.ts';

/** Runs passes, one at a time, in the order in which syncs came to wait; those on a connection that is away stand aside. */
export class Passes {
  readonly #queue = new WorkQueue();
  readonly #deps: DaemonDeps;
  readonly #states: SyncStates;
  readonly #connections: Connections;
  readonly #turns: Turns;
  readonly #onePass: OnePass;
  readonly #wholeLooks = new WholeLooks();
  readonly #dates: DueMoments;
  readonly #specs: () => CompiledSpecs | undefined;
  readonly #told: () => void;
  readonly #bell;
  readonly #nextTries: NextTries;
  #running: { readonly sync: string; readonly trigger: Trigger; readonly since: number } | undefined;
  #stopped = false;

  /** `specs` are those in force at the moment; `told` is called when there may be mail to deliver. */
  constructor(
    deps: DaemonDeps,
    states: SyncStates,
    connections: Connections,
    specs: () => CompiledSpecs | undefined,
    told: () => void,
  ) {
    this.#deps = deps;
    this.#states = states;
    this.#connections = connections;
    this.#turns = new Turns(this.#queue, states, connections);
    this.#nextTries = new NextTries(deps, connections, (sync, more) => this.add(sync, 'retry', more));
    this.#dates = new DueMoments(deps);
    this.#onePass = new OnePass(deps, states, connections);
    this.#specs = specs;
    this.#told = told;
    this.#bell = createBell(deps.clock);
  }

  /** What waits, apart from syncs that are suspended for as long as the specs say so; each with the moment at which its turn comes at the earliest (ms). */
  waiting(now: number): readonly Job[] {
    const specs = this.#specs();
    return this.#queue
      .list()
      .map((job) => ({ ...job, notBefore: this.#turns.momentOf(job, specs, now) }))
      .filter(({ notBefore }) => Number.isFinite(notBefore));
  }

  get running(): { readonly sync: string; readonly trigger: Trigger; readonly since: number } | undefined {
    return this.#running;
  }

  /** Ends with the signal, at the latest ten seconds after it. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#step(signal);
      } catch (error) {
        this.#deps.telemetry.log.error({ error: messageOf(error) }, 'work queue failed, goes on');
        await this.#bell.wait(minuteMs, signal);
      }
    }
    this.#stopped = true;
    for (const job of this.#queue.list()) this.#dismiss(job, stopped());
  }

  /** Puts a sync into the queue, or says why not by throwing. */
  request(sync: string, people?: ReadonlySet<string>): Promise<Outcome> {
    if (this.#stopped) throw stopped();
    refuse(sync, this.#specs(), this.#deps.clock.now(), this.#connections);
    return new Promise((resolve, reject) => {
      this.add(sync, 'request', { people, waiters: [{ resolve, reject }] });
    });
  }

  add(sync: string, trigger: Trigger, more: Partial<Omit<Job, 'sync' | 'trigger'>> = {}): void {
    const now = this.#deps.clock.now();
    this.#queue.add({
      sync,
      trigger,
      since: now,
      notBefore: now,
      occurrence: undefined,
      people: undefined,
      waiters: [],
      ...more,
    });
    this.#deps.telemetry.metrics.queued.set(this.#queue.size);
    this.#bell.ring();
  }

  /** A pass over these people that nobody waits for, or over everybody, not before this moment (ms). */
  wake(sync: string, trigger: Trigger, people: ReadonlySet<string> | undefined, notBefore: number): void {
    this.add(sync, trigger, { people, notBefore: Math.max(notBefore, this.#wholeLooks.earliest(sync)) });
  }

  /** Syncs that the new revision no longer has leave the queue; the loop looks at the schedule afresh. */
  specsChanged(specs: CompiledSpecs): void {
    for (const job of this.#queue.list()) {
      if (!specs.syncs.has(job.sync))
        this.#dismiss(job, new Stalled('SyncRemoved', `${job.sync} is no longer in the specs`));
    }
    this.#nextTries.specsChanged(specs);
    this.#bell.ring();
  }

  async #step(signal: AbortSignal): Promise<void> {
    const specs = this.#specs();
    const now = this.#deps.clock.now();
    if (specs !== undefined) {
      this.#queueDue(specs, now);
      for (const [sync, people] of await this.#dates.take(specs, now)) this.wake(sync, 'due', people, now);
    }
    const job = specs === undefined ? undefined : this.#turns.next(specs, now);
    this.#deps.telemetry.metrics.queued.set(this.#queue.size);
    if (specs !== undefined && job !== undefined) await this.#begin(job, specs, signal);
    else await this.#bell.wait(this.#turns.pauseMs(specs, now, this.#dates.next(specs, now)), signal);
  }

  #queueDue(specs: CompiledSpecs, now: number): void {
    for (const sync of specs.syncs.values()) {
      if (suspensionOf(sync, specs, now) !== undefined) continue;
      const occurrence = this.#states.due(sync, now);
      if (occurrence === undefined) {
        if (this.#states.takeUpInClosedWindow(sync, now)) this.add(sync.name, 'schedule');
        continue;
      }
      this.#states.takeUp(sync.name, occurrence);
      const trigger = sync.schedule.kind === 'manual' ? 'activation' : 'schedule';
      this.add(sync.name, trigger, { occurrence });
    }
  }

  async #begin(job: Job, specs: CompiledSpecs, signal: AbortSignal): Promise<void> {
    const sync = specs.syncs.get(job.sync);
    const now = this.#deps.clock.now();
    if (sync === undefined) return;
    if (job.trigger === 'request' || permits(sync.schedule.windows, now)) {
      await this.#pass(job, sync, specs, false, signal);
      return;
    }
    // In a closed window: one that opens lets it in, and explicit terminations pass at once.
    const opens = nextPermitted(sync.schedule.windows, now);
    if (opens !== undefined && opens > now) this.#queue.add({ ...job, notBefore: opens });
    if (!(await this.#states.hasPeople(sync))) return;
    await this.#pass({ ...job, occurrence: undefined }, sync, specs, true, signal);
  }

  async #pass(
    job: Job,
    sync: CompiledSync,
    specs: CompiledSpecs,
    leaversOnly: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    this.#running = { sync: job.sync, trigger: job.trigger, since: this.#deps.clock.now() };
    try {
      const outcome = await this.#onePass.run(job, sync, specs, leaversOnly, signal);
      this.#wholeLooks.note(job, outcome, this.#deps.clock.now());
      for (const waiter of job.waiters) waiter.resolve(outcome);
      this.#nextTries.after(job, outcome);
      await this.#onePass.tell(job, outcome, sync, specs, this.#nextTries.isFirst(job.sync));
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(messageOf(error));
      for (const waiter of job.waiters) waiter.reject(failure);
      if (!signal.aborted) throw failure;
    } finally {
      this.#running = undefined;
      this.#dates.changed(job.sync);
      if (this.#specs()?.syncs.has(job.sync) !== true) endSeries(job.sync, this.#deps.telemetry.metrics);
      this.#told();
    }
  }

  #dismiss(job: Job, error: Error): void {
    this.#queue.remove(job);
    for (const waiter of job.waiters) waiter.reject(error);
  }
}
