import { onTestFinished } from 'vitest';
import type { Outcome } from '../../../src/model/run.ts';
import type { PassDeps } from '../../../src/reconcile/deps.ts';
import { reconcile } from '../../../src/reconcile/reconcile.ts';
import type { CompiledSpecs, CompiledSync } from '../../../src/spec/compiled.ts';
import type { Store } from '../../../src/store/store.ts';
import { createLogger } from '../../../src/telemetry/logger.ts';
import { createMetrics } from '../../../src/telemetry/metrics.ts';
import { FakeClock } from '../../fake-clock.ts';
import { createMemoryStore } from '../../simulator/memory/store.ts';
import { folderWith, load } from '../../spec/folder.ts';
import { countingRandom } from '../../store/fixtures.ts';
import { connection } from '../rig.ts';
import { System } from './system.ts';

const header = (name: string, connector: string) =>
  `apiVersion: rosterd.dev/v1\nkind: Connection\nmetadata: { name: ${name} }\nspec: { connector: ${connector} }\n---\n`;

export const syncOf = (name: string, spec: string) =>
  `apiVersion: rosterd.dev/v1\nkind: Sync\nmetadata: { name: ${name} }\nspec:\n${spec}---\n`;

/** Systems in memory, a store, and whole passes of real specs over them. */
export class Building {
  readonly clock = new FakeClock(Date.parse('2026-11-22T12:00:00Z'));
  readonly systems = new Map<string, System>();
  readonly specs: CompiledSpecs;
  store: Store = createMemoryStore(this.clock);
  readonly #random = countingRandom();

  /** @param connectors the invented connector of each connection */
  static async open(connectors: Readonly<Record<string, string>>, syncs: string): Promise<Building> {
    const connections = Object.entries(connectors).map(([name, connector]) => header(name, connector));
    const text = [...connections, syncs].join('').replace(/---\n$/, '');
    const { specs } = await load(await folderWith({ 'specs.yaml': text }));
    const building = new Building(specs, Object.keys(connectors));
    onTestFinished(() => building.store.close());
    return building;
  }

  private constructor(specs: CompiledSpecs, names: readonly string[]) {
    this.specs = specs;
    for (const name of names) this.systems.set(name, new System(name, () => this.clock.now()));
  }

  system(name: string): System {
    const system = this.systems.get(name);
    if (system === undefined) throw new Error(`there is no system ${name}`);
    return system;
  }

  /** The store was lost: another one begins. */
  loseStore(): void {
    this.store = createMemoryStore(this.clock);
  }

  /** One pass, a minute after the one before. */
  async pass(name: string, change: Partial<CompiledSync> = {}): Promise<Outcome> {
    await this.clock.advance(60_000);
    const outcome = await reconcile(this.deps(name, change), new AbortController().signal);
    if (outcome.summary.result === 'waiting' || outcome.summary.result === 'stalled')
      throw new Error(`${outcome.summary.reason ?? ''}: ${outcome.summary.message}`);
    return outcome;
  }

  deps(name: string, change: Partial<CompiledSync> = {}): PassDeps {
    const sync = { ...(this.specs.syncs.get(name) as CompiledSync), ...change };
    const [from, to] = [this.system(sync.from), this.system(sync.to)];
    return {
      sync,
      source: { connection: connection(sync.from, new Map()), reader: from.reader() },
      target: {
        connection: connection(sync.to, new Map()),
        reader: to.reader(),
        openWriter: () => to.writer(),
      },
      store: this.store,
      hash: (attribute, value) => `#${attribute}:${JSON.stringify(value)}`,
      clock: this.clock,
      random: this.#random,
      telemetry: { log: createLogger({ level: 'silent' }), metrics: createMetrics() },
      approvals: [],
      limits: { target: {}, installation: {} },
      revision: 'revision-1',
      trigger: 'request',
      holder: 'one',
      killSwitch: false,
    };
  }

  /** Orders that have reached any system since the last look. */
  wrote(): readonly string[] {
    return [...this.systems.values()].flatMap(({ log }) => log.splice(0));
  }
}
