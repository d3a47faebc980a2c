import type { Outcome, RunSummary } from '../../src/model/run.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import type { CompiledApproval } from '../../src/spec/compiled.ts';
import { createKeyedHash } from '../../src/store/seal.ts';
import type { Store } from '../../src/store/store.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import type { Chance } from './chance.ts';
import type { Faults } from './faults.ts';
import type { Habit } from './forms.ts';
import { installationKey, keep, type Kept, type StoreKind } from './kept.ts';
import { Post } from './post.ts';
import { Process } from './process.ts';
import { Revisions, type Load } from './revisions.ts';
import type { Scope } from './scope.ts';
import type { Company } from './rules.ts';
import { SourceSystem } from './source.ts';
import { TargetSystem } from './target.ts';
import { Time } from './time.ts';
import { PassTrace } from './trace.ts';

/** An engine that was broken on purpose. */
export interface Break {
  /** Exchanges what the engine works with, just before each pass. */
  readonly deps?: (deps: PassDeps) => PassDeps;
  readonly load?: Load;
}

const hash = createKeyedHash(installationKey);
const metrics = createMetrics();
const leaseMs = 60_000;

export interface Setting {
  /** The first day. */
  readonly starts?: string;
  readonly company: Company;
  readonly habit: Habit;
  readonly store: StoreKind;
  readonly broken?: Break | undefined;
}

/** HR systems, a target, the specs between them, a store that outlasts crashes, and processes that come and go. */
export class World {
  readonly time: Time;
  readonly sources: ReadonlyMap<string, SourceSystem>;
  readonly target: TargetSystem;
  readonly revisions: Revisions;
  readonly post: Post;
  readonly passes: PassTrace[] = [];
  readonly approvals: CompiledApproval[] = [];
  readonly summaries: RunSummary[] = [];
  /** Lines of the log. */
  readonly said: string[] = [];
  store!: Store;
  /** Approvals given so far. */
  approved = 0;
  crashes = 0;
  takeovers = 0;
  /** How often the store was lost, and how many orders the target had had by then. */
  lost = 0;
  lostAfter = 0;
  /** Exchanges what the engine works with, just before each pass. */
  change: NonNullable<Break['deps']>;
  /** False once nothing fails any more. */
  troubled = true;
  readonly #chance: Chance;
  readonly #kept: Kept;
  readonly telemetry;
  #processes = 0;

  constructor(chance: Chance, { company, habit, store, broken = {}, starts = '2026-03-02' }: Setting) {
    this.#chance = chance.fork('engine');
    this.change = broken.deps ?? ((deps) => deps);
    this.time = new Time(Date.parse(`${starts}T06:00:00Z`));
    const { clock } = this.time;
    this.#kept = keep(store, clock, chance.fork('seal'));
    const destination = { write: (line: string) => void this.said.push(line) };
    this.telemetry = { log: createLogger({ level: 'info', destination }), metrics };
    const hrs = new Set([...company.values()].map(({ hr }) => hr));
    this.sources = new Map([...hrs].map((hr) => [hr, new SourceSystem(hr, this.time)]));
    this.target = new TargetSystem(this.time, chance.fork('target'), habit);
    this.post = new Post(clock, chance);
    this.revisions = new Revisions(company, clock, this.telemetry, broken.load);
  }

  /** The rules that are in force by rights. */
  get company(): Company {
    return this.revisions.company;
  }

  async open(): Promise<void> {
    this.store = await this.#kept.open();
    await this.revisions.restart();
    await this.revisions.check();
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.#kept.clear();
  }

  /** The store is gone, and an empty one takes its place. */
  async loseStore(): Promise<void> {
    await this.store.close();
    await this.#kept.lose();
    this.store = await this.#kept.open();
    this.lost += 1;
    this.lostAfter = this.target.log.length;
  }

  rawStore(): string {
    return this.#kept.raw();
  }

  metricsText(): Promise<string> {
    return metrics.registry.metrics();
  }

  /** One pass of one sync by a process of its own. After a crash the store is opened again, and the lease runs out. */
  async pass(
    sync: string,
    faults: Faults = {},
    scope: Scope = {},
  ): Promise<{ trace: PassTrace; outcome: Outcome | undefined }> {
    const trace = this.#begin(sync, faults, scope);
    const { process } = trace;
    const deps = this.change(this.#depsOf(trace, faults));
    const outcome = await reconcile(deps, process.stop.signal);
    if (!process.dead) await this.post.tell(outcome, deps.store, this.telemetry, this.troubled);
    if (!process.dead) {
      this.summaries.push(outcome.summary);
      trace.endedWell = ['settled', 'applied', 'held', 'failed-people'].includes(outcome.summary.result);
      return { trace, outcome };
    }
    this.crashes += 1;
    await this.store.close();
    await this.time.passes(leaseMs + 1_000);
    await this.open();
    return { trace, outcome: undefined };
  }

  #begin(sync: string, faults: Faults, scope: Scope): PassTrace {
    this.#processes += 1;
    const process = new Process(`process-${this.#processes}`, faults, {
      whileFrozen: async () => {
        this.takeovers += 1;
        await this.time.passes(leaseMs + 1_000);
        // Whoever takes over from a pass over a few people looks at everybody, or at the same few.
        await this.pass(sync, {}, this.takeovers % 2 === 0 ? scope : {});
      },
      clockJumps: (ms) => this.time.jump(ms),
    });
    const rules = this.company.get(sync);
    if (rules === undefined) throw new Error(`there is no sync ${sync}`);
    const spec = { rules, revision: this.revisions.specs.revision.id };
    const trace = new PassTrace(this.passes.length + 1, sync, process, this.time.now(), spec, scope);
    this.passes.push(trace);
    return trace;
  }

  #depsOf(trace: PassTrace, faults: Faults): PassDeps {
    const { specs } = this.revisions;
    const sync = specs.syncs.get(trace.sync);
    const from = specs.connections.get(trace.rules.hr);
    const to = specs.connections.get('lms');
    const source = this.sources.get(trace.rules.hr);
    if (sync === undefined || from === undefined || to === undefined || source === undefined) {
      throw new Error(`the specs lack ${trace.sync}`);
    }
    return {
      sync,
      source: { connection: from, reader: source.reader(trace, faults) },
      target: {
        connection: to,
        reader: this.target.reader(trace, faults),
        openWriter: () => this.target.writer(trace, faults),
      },
      store: trace.process.through(this.store),
      hash,
      clock: this.time.clock,
      random: this.#chance,
      telemetry: this.telemetry,
      approvals: this.approvals.filter((approval) => approval.sync === trace.sync),
      limits: { target: {}, installation: {} },
      revision: specs.revision.id,
      trigger: this.troubled ? 'schedule' : 'request',
      ...trace.scope,
      holder: trace.process.holder,
      killSwitch: false,
    };
  }
}
