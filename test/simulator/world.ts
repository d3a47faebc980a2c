import type { Outcome } from '../../src/model/run.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import type { CompiledApproval, CompiledSpecs } from '../../src/spec/compiled.ts';
import { createKeyedHash } from '../../src/store/seal.ts';
import type { Store } from '../../src/store/store.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import type { Chance } from './chance.ts';
import type { Faults } from './faults.ts';
import { installationKey, keep, type Kept, type StoreKind } from './kept.ts';
import { Process } from './process.ts';
import { SourceSystem } from './source.ts';
import type { Rules } from './rules.ts';
import { specsOf } from './specs.ts';
import { TargetSystem } from './target.ts';
import { Time } from './time.ts';
import { PassTrace } from './trace.ts';

/** An engine that was broken on purpose: what it works with is exchanged just before a pass. */
export type Break = (deps: PassDeps) => PassDeps;

const hash = createKeyedHash(installationKey);
const telemetry = { log: createLogger({ level: 'silent' }), metrics: createMetrics() };
const leaseMs = 60_000;

/** Two systems, the specs between them, a store that outlasts crashes, and processes that come and go. */
export class World {
  readonly time = new Time(Date.parse('2026-03-02T06:00:00Z'));
  readonly sources: ReadonlyMap<string, SourceSystem>;
  readonly target: TargetSystem;
  readonly passes: PassTrace[] = [];
  readonly approvals: CompiledApproval[] = [];
  rules: Rules;
  store!: Store;
  /** Approvals given so far. */
  approved = 0;
  crashes = 0;
  takeovers = 0;
  /** Exchanges what the engine works with, just before each pass. */
  change: Break;
  readonly #chance: Chance;
  readonly #kept: Kept;
  #processes = 0;

  constructor(
    chance: Chance,
    syncs: readonly string[],
    rules: Rules,
    kind: StoreKind,
    broken: Break = (deps) => deps,
  ) {
    this.#chance = chance.fork('engine');
    this.#kept = keep(kind, this.time.clock, chance.fork('seal'));
    this.change = broken;
    this.rules = rules;
    this.sources = new Map(syncs.map((sync) => [sync, new SourceSystem(`hr-${sync}`, this.time)]));
    this.target = new TargetSystem(this.time, chance.fork('target'));
  }

  async open(): Promise<void> {
    this.store = await this.#kept.open();
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.#kept.clear();
  }

  /** The store's file is gone, and an empty one takes its place. */
  async loseStore(): Promise<void> {
    await this.store.close();
    await this.#kept.lose();
    await this.open();
  }

  /** One pass of one sync by a process of its own. After a crash the store is opened again, and the lease runs out. */
  async pass(sync: string, faults: Faults = {}): Promise<{ trace: PassTrace; outcome: Outcome | undefined }> {
    const specs = await specsOf(this.rules, [...this.sources.keys()]);
    this.#processes += 1;
    const process = new Process(`process-${this.#processes}`, faults.process, async () => {
      this.takeovers += 1;
      await this.time.passes(leaseMs + 1_000);
      await this.pass(sync);
    });
    const trace = new PassTrace(this.passes.length + 1, sync, process, this.time.now());
    this.passes.push(trace);
    const deps = this.change(this.#depsOf(specs, sync, trace, faults));
    const outcome = await reconcile(deps, process.stop.signal);
    if (!process.dead) {
      trace.endedWell = ['settled', 'applied', 'held', 'failed-people'].includes(outcome.summary.result);
      return { trace, outcome };
    }
    this.crashes += 1;
    await this.store.close();
    await this.time.passes(leaseMs + 1_000);
    await this.open();
    return { trace, outcome: undefined };
  }

  #depsOf(specs: CompiledSpecs, syncName: string, trace: PassTrace, faults: Faults): PassDeps {
    const sync = specs.syncs.get(syncName);
    const from = specs.connections.get(`hr-${syncName}`);
    const to = specs.connections.get('lms');
    const source = this.sources.get(syncName);
    if (sync === undefined || from === undefined || to === undefined || source === undefined) {
      throw new Error(`the specs lack ${syncName}`);
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
      telemetry,
      approvals: this.approvals.filter((approval) => approval.sync === syncName),
      limits: { target: {}, installation: {} },
      revision: specs.revision.id,
      trigger: 'schedule',
      holder: trace.process.holder,
      killSwitch: false,
    };
  }
}
