import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Connections } from './compose/connections.ts';
import { loadConnectionsOf, loadEarlierOf, loadSpecsOf } from './compose/specs.ts';
import type { LoadedSpecs, OpenPass, Workspace, WorkspaceOptions } from './compose/workspace.ts';
import { connectors } from './connectors/registry.ts';
import type { Connecting, ConnectWith, Reader } from './connectors/connector.ts';
import type { Entity } from './model/entity.ts';
import { Stalled } from './model/error.ts';
import type { KeyedHash } from './model/keyed-hash.ts';
import type { Trigger } from './model/run.ts';
import { loadOperatorConfig, type OperatorConfig } from './operator/config.ts';
import { loadSealingKey } from './operator/sealing-key.ts';
import type { PassDeps, PassScope, Progress } from './reconcile/deps.ts';
import type { CompiledConnection, CompiledSpecs, CompiledSync } from './spec/compiled.ts';
import { createKeyedHash, createSealer } from './store/seal.ts';
import type { Store } from './store/store.ts';
import { createLogger } from './telemetry/logger.ts';
import { createMetrics } from './telemetry/metrics.ts';
import type { Telemetry } from './telemetry/telemetry.ts';

/** Reads the operator's configuration and prepares everything else for first use. Rejects with `Invalid`. */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const file = configFile(options);
  const { config } = await loadOperatorConfig({
    folder: options.cwd,
    ...(file === undefined ? {} : { file }),
    ...(options.specs === undefined ? {} : { specs: options.specs }),
    ...(options.data === undefined ? {} : { data: options.data }),
  });
  // Commands talk for themselves; only what a bug leaves behind goes to stderr.
  const log =
    options.logs === true
      ? createLogger({ level: 'info' })
      : createLogger({ level: 'error', destination: process.stderr });
  const telemetry = { log, metrics: createMetrics() };
  return new ComposedWorkspace(config, options, telemetry);
}

function configFile({ config, specs, cwd }: WorkspaceOptions): string | undefined {
  if (config !== undefined) return config;
  const beside = specs === undefined ? [] : [path.join(specs, 'rosterd.config.yaml')];
  return ['rosterd.config.yaml', ...beside].find((file) => existsSync(path.resolve(cwd, file)));
}

class ComposedWorkspace implements Workspace {
  readonly config: OperatorConfig;
  readonly options: WorkspaceOptions;
  readonly telemetry: Telemetry;
  readonly connectors = connectors;
  /** Another process, and the next one with this process id, is another holder of leases. */
  readonly #holder: string;
  #opened:
    | Promise<{ readonly store: Store; readonly hash: KeyedHash; readonly connections: Connections }>
    | undefined;

  constructor(config: OperatorConfig, options: WorkspaceOptions, telemetry: Telemetry) {
    this.config = config;
    this.options = options;
    this.telemetry = telemetry;
    this.#holder = `rosterd-${process.pid}-${options.random.id()}`;
  }

  async loadSpecs(): Promise<LoadedSpecs> {
    return await loadSpecsOf(this);
  }

  async loadEarlier(revision: string, signal: AbortSignal): Promise<LoadedSpecs> {
    return await loadEarlierOf(this, revision, signal);
  }

  async loadConnections(): Promise<ReadonlyMap<string, CompiledConnection>> {
    return await loadConnectionsOf(this);
  }

  async store(): Promise<Store> {
    return (await this.#open()).store;
  }

  async openReader(connection: CompiledConnection, entity: Entity): Promise<Reader> {
    return (await this.#open()).connections.reader(connection, entity, this.#folder());
  }

  async connect(connection: CompiledConnection, how: ConnectWith, signal: AbortSignal): Promise<Connecting> {
    return await (await this.#open()).connections.connect(connection, how, this.#folder(), signal);
  }

  /** What files of connections are relative to where no revision is at hand. */
  #folder(): string {
    const { specs, data } = this.config;
    return specs?.kind === 'folder' ? specs.folder : data;
  }

  async openPass(
    sync: CompiledSync,
    specs: CompiledSpecs,
    trigger: Trigger,
    progress?: (progress: Progress) => void,
    probes: readonly string[] = [],
    scope: PassScope = {},
  ): Promise<OpenPass> {
    const { store, hash, connections } = await this.#open();
    const { clock, random } = this.options;
    const [from, to] = [connectionOf(specs, sync.from), connectionOf(specs, sync.to)];
    for (const { name } of [from, to]) connections.expect(name, probes.includes(name));
    // Data beside a plain folder's specs is read where it lies, not from the copy that the revision is.
    const folder = this.config.specs?.kind === 'folder' ? this.config.specs.folder : specs.folder;
    const { entity } = sync;
    const source = connections.reader(from, entity, folder);
    const target = connections.reader(to, entity, folder);
    const deps: PassDeps = {
      ...scope,
      sync,
      source: { connection: from, reader: source },
      target: { connection: to, reader: target, openWriter: () => connections.writer(to, entity, folder) },
      store,
      hash,
      clock,
      random,
      telemetry: this.telemetry,
      approvals: specs.approvals.filter((approval) => approval.sync === sync.name),
      ...decisionsFor(sync, specs),
      limits: { target: to.limits, installation: this.config.limits },
      revision: specs.revision.id,
      trigger,
      holder: this.#holder,
      killSwitch: this.config.killSwitch,
      mailServer: this.config.smtp !== undefined,
      passLimitMs: this.config.passLimitMs,
      ...(progress === undefined ? {} : { progress }),
    };
    return { deps, close: async () => void (await Promise.all([source.close(), target.close()])) };
  }

  async close(): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined);
    await opened?.store.close();
  }

  #open() {
    this.#opened ??= this.#openStore();
    return this.#opened;
  }

  async #openStore() {
    const { env, clock, random } = this.options;
    const key = loadSealingKey(this.config, env, random);
    const sealer = createSealer({ ...key, random });
    // Only now: commands that just check the specs begin without a database and an HTTP client.
    const [{ openSqliteStore }, { openConnections }] = await Promise.all([
      import('./store/sqlite/open.ts'),
      import('./compose/connections.ts'),
    ]);
    const store = await openSqliteStore({ file: this.config.store.sqlite, sealer, clock });
    return { store, hash: createKeyedHash(key.key), connections: openConnections(this, store) };
  }
}

function decisionsFor({ name }: CompiledSync, { links }: CompiledSpecs): Pick<PassDeps, 'decisions'> {
  const decisions = links.get(name);
  return decisions === undefined ? {} : { decisions };
}

function connectionOf(specs: CompiledSpecs, name: string): CompiledConnection {
  const connection = specs.connections.get(name);
  if (connection === undefined) throw new Stalled('NoSuchConnection', `no connection is named "${name}"`);
  return connection;
}
