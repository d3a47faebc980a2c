import type { Outcome, RunSummary } from '../model/run.ts';
import type { CompiledSpecs, CompiledSync } from '../spec/compiled.ts';
import type { Connections, Shown } from './connections.ts';
import type { DaemonDeps } from './deps.ts';
import { failedPass, recordFailedPass } from './failed-pass.ts';
import { leftBehindLate, withinGrace } from './stop.ts';
import type { SyncStates } from './sync-states.ts';
import type { Job } from './work-queue.ts';

/** Results after which the schedule's occurrence is done with. */
const done: ReadonlySet<RunSummary['result']> = new Set(['settled', 'applied', 'held', 'failed-people']);

/** Carries out one job from the queue, and tells how it ended. */
export class OnePass {
  readonly #deps: DaemonDeps;
  readonly #states: SyncStates;
  readonly #connections: Connections;
  #shown: readonly Shown[] = [];

  constructor(deps: DaemonDeps, states: SyncStates, connections: Connections) {
    this.#deps = deps;
    this.#states = states;
    this.#connections = connections;
  }

  /** Rejects only when the daemon stops and the pass does not. */
  async run(
    job: Job,
    sync: CompiledSync,
    specs: CompiledSpecs,
    leaversOnly: boolean,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const outcome = await this.#outcomeOf(job, sync, specs, leaversOnly, signal);
    this.#shown = this.#connections.end(outcome);
    return outcome;
  }

  /**
   * Tells how it ended; `looksAgainSoon` as in `SyncNews`. Never rejects but where the store cannot keep that the
   * occurrence is done with.
   */
  async tell(
    job: Job,
    outcome: Outcome,
    sync: CompiledSync,
    specs: CompiledSpecs,
    looksAgainSoon: boolean,
  ): Promise<void> {
    const channels = sync.notify.map((name) => specs.channels.get(name)).filter((one) => one !== undefined);
    const { direction, entity, owner } = sync;
    await this.#deps.notify.passEnded(outcome, { direction, entity, owner, channels, looksAgainSoon });
    await this.#connections.tell(this.#shown, specs);
    // An occurrence whose pass could not be done is caught up by the next process.
    if (job.occurrence !== undefined && done.has(outcome.summary.result)) {
      await this.#states.settle(job.sync, job.occurrence);
    }
  }

  async #outcomeOf(
    { sync: name, trigger, people }: Job,
    sync: CompiledSync,
    specs: CompiledSpecs,
    leaversOnly: boolean,
    signal: AbortSignal,
  ): Promise<Outcome> {
    try {
      const probes = this.#connections.begin(sync);
      const scope = {
        ...(people === undefined ? {} : { only: people }),
        ...(leaversOnly ? { leaversOnly } : {}),
      };
      const pass = this.#deps.reconcile(name, specs, trigger, signal, probes, scope);
      return await leftBehindLate(withinGrace(pass, name, this.#deps, signal), name, this.#deps);
    } catch (error) {
      if (signal.aborted) throw error;
      const outcome = failedPass(error, sync, specs.revision.id, trigger, this.#deps);
      await recordFailedPass(error, outcome, this.#deps);
      return outcome;
    }
  }
}
