import type { Reader, Writer } from '../../src/connectors/connector.ts';
import { createDaemon, type Daemon } from '../../src/daemon/daemon.ts';
import { Waiting } from '../../src/model/error.ts';
import type { Receipt, Row, Want } from '../../src/model/row.ts';
import type { Trigger } from '../../src/model/run.ts';
import { createNotifier } from '../../src/notify/create-notifier.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import type { CompiledConnection, CompiledSpecs, CompiledSync } from '../../src/spec/compiled.ts';
import type { Store } from '../../src/store/store.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { FakeClock } from '../fake-clock.ts';
import { sourceColumns, targetColumns } from '../plan/columns.ts';
import { shape } from '../plan/people.ts';
import { createMemoryStore } from '../simulator/memory/store.ts';
import { countingRandom } from '../store/fixtures.ts';

/** A system in memory, which can be away. */
export class System {
  readonly name: string;
  readonly rows = new Map<string, Row>();
  away = false;
  /** How often it was asked for its list. */
  asked = 0;

  constructor(name: string) {
    this.name = name;
  }

  hold(...rows: readonly Row[]): void {
    for (const row of rows) this.rows.set(row.id, row);
  }

  reader(columns: readonly string[]): Reader {
    return {
      shape,
      account: async () => undefined,
      read: (want) => this.#read(want, columns),
      find: async () => [],
      resolve: async () => ({ state: 'unknown' }),
      probe: async () => ({ fields: [], missing: [] }),
      close: async () => undefined,
    };
  }

  writer(): Writer {
    const { rows } = this;
    return {
      async *apply(orders) {
        for await (const { key, kind, accountId, personId, set } of orders) {
          const id = accountId ?? `acc-${personId}`;
          const before = rows.get(id)?.values ?? [];
          const values = targetColumns.map((name, at) => (name in set ? set[name] : before[at]));
          rows.set(id, { id, values, active: kind !== 'disable' });
          yield { key, outcome: 'applied', accountId: id };
        }
      },
      close: async () => undefined,
    };
  }

  async *#read(want: Want, columns: readonly string[]): AsyncGenerator<readonly Row[], Receipt> {
    this.asked += 1;
    if (this.away) {
      const message = `connection ${this.name}: GET /people on hr.example gave no answer (ECONNREFUSED); it is tried again later`;
      throw new Waiting('Unreachable', message, { connection: this.name });
    }
    const picked = want.attributes.map((name) => columns.indexOf(name));
    yield [...this.rows.values()].map((row) => ({ ...row, values: picked.map((at) => row.values[at]) }));
    return { pages: 1, records: this.rows.size, end: 'total reached', asOf: '2026-11-22T12:00:00Z' };
  }
}

/** A daemon with real passes, news and a store over systems in memory. A second `start` is a new process. */
export class House {
  readonly clock: FakeClock;
  readonly store: Store;
  readonly systems = new Map<string, System>();
  /** Subjects, in order. */
  readonly mails: string[] = [];
  readonly texts: string[] = [];
  readonly logged: string[] = [];
  readonly passes: { readonly sync: string; readonly trigger: Trigger; readonly at: number }[] = [];
  /** Exchanges what a pass works with. */
  change: (deps: PassDeps) => PassDeps = (deps) => deps;
  daemon!: Daemon;
  readonly #specs: CompiledSpecs;
  readonly #random = countingRandom();
  #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(specs: CompiledSpecs, start: number) {
    this.#specs = specs;
    this.clock = new FakeClock(start);
    this.store = createMemoryStore(this.clock);
    for (const { from, to } of specs.syncs.values()) {
      for (const name of [from, to]) this.systems.set(name, new System(name));
    }
  }

  system(name: string): System {
    const system = this.systems.get(name);
    if (system === undefined) throw new Error(`there is no system ${name}`);
    return system;
  }

  async start({ killSwitch = false, passLimitMs = 6 * 3_600_000 } = {}): Promise<this> {
    const { clock, store } = this;
    const destination = { write: (line: string) => void this.logged.push(line) };
    const telemetry = { log: createLogger({ level: 'info', destination }), metrics: createMetrics() };
    const send = async ({ subject, text }: { subject: string; text: string }) => {
      this.mails.push(subject.replace('[rosterd] ', ''));
      this.texts.push(text);
      return { result: 'sent' as const };
    };
    const mail = { send, close: () => undefined };
    const checkout = { revision: this.#specs.revision, folder: '/specs' };
    this.#stop = new AbortController();
    this.daemon = createDaemon({
      source: {
        fetch: async () => checkout,
        lastGood: async () => checkout,
        markGood: async () => undefined,
        watch: async (_onChange, signal) => await clock.sleep(1e12, signal).catch(() => undefined),
      },
      load: async () => ({ specs: this.#specs, warnings: [] }),
      reconcile: async (name, specs, trigger, signal) => {
        this.passes.push({ sync: name, trigger, at: clock.now() });
        const sync = specs.syncs.get(name) as CompiledSync;
        return await reconcile(
          this.change({ ...this.#deps(sync, trigger, telemetry), killSwitch, passLimitMs }),
          signal,
        );
      },
      store,
      clock,
      random: this.#random,
      telemetry,
      passLimitMs,
      notify: createNotifier({ store, clock, random: this.#random, telemetry, mail }),
    });
    this.#running = this.daemon.run(this.#stop.signal);
    await clock.advance(0);
    return this;
  }

  async stop(): Promise<void> {
    this.#stop.abort(new Error('stop'));
    await this.clock.advance(10_000);
    await this.#running;
  }

  #deps(
    sync: CompiledSync,
    trigger: Trigger,
    telemetry: PassDeps['telemetry'],
  ): Omit<PassDeps, 'killSwitch'> {
    const [from, to] = [this.system(sync.from), this.system(sync.to)];
    return {
      sync,
      source: { connection: connection(from.name), reader: from.reader(sourceColumns) },
      target: {
        connection: connection(to.name),
        reader: to.reader(targetColumns),
        openWriter: () => to.writer(),
      },
      store: this.store,
      hash: (attribute, value) => `#${attribute}:${JSON.stringify(value)}`,
      clock: this.clock,
      random: this.#random,
      telemetry,
      approvals: [],
      limits: { target: {}, installation: {} },
      revision: this.#specs.revision.id,
      trigger,
      holder: 'one',
    };
  }
}

function connection(name: string): CompiledConnection {
  return {
    name,
    owner: undefined,
    connector: 'memory',
    config: {},
    credentials: {},
    account: undefined,
    expiresAt: undefined,
    suspend: undefined,
    limits: {},
    requests: {},
    refreshDetailsMs: 0,
    fields: undefined,
    place: { file: 'specs/connections.yaml', line: 1, column: 1 },
    digest: name,
  };
}
