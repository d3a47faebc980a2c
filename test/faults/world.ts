import { keptTokensOf } from '../../src/compose/kept-tokens.ts';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectorContext, Reader } from '../../src/connectors/connector.ts';
import { connectors } from '../../src/connectors/registry.ts';
import type { HttpFactory } from '../../src/http/client.ts';
import { createHttp } from '../../src/http/create.ts';
import { createSockets } from '../../src/http/socket.ts';
import type { Random } from '../../src/model/effects.ts';
import { Secret } from '../../src/model/secret.ts';
import type { Outcome } from '../../src/model/run.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import { look, type Look } from '../../src/reconcile/look.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import type { CompiledConnection, CompiledSpecs } from '../../src/spec/compiled.ts';
import { createKeyedHash, createSealer } from '../../src/store/seal.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import type { Employee } from '../crash/company.ts';
import { startScimTarget } from '../crash/scim-target.ts';
import { startTalentLmsTarget } from '../crash/talentlms-target.ts';
import type { Target } from '../crash/target.ts';
import { Chance } from '../simulator/chance.ts';
import { FaultProxy } from './proxy.ts';
import { openCsv, openPersonio, type Source } from './sources.ts';
import { compiledSpecs } from './specs.ts';
import { Time } from './time.ts';

export type Families = readonly ['csv' | 'personio', 'scim' | 'talentlms'];

const key = new Uint8Array(32).fill(7);
const telemetry = { log: createLogger({ level: 'silent' }), metrics: createMetrics() };
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const monday = Date.parse('2026-11-23T08:00:00Z');
const minuteMs = 60_000;
/** Real time that one request may take: as long as nothing is meant to hang, more than enough. */
const patienceMs = 20_000;

/** A source and a target behind fault proxies, a store on disk, and one process that makes passes. */
export class World {
  readonly time: Time;
  readonly folder: string;
  readonly source: Source;
  readonly target: Target;
  readonly toTarget: FaultProxy;
  /** Real time that one request may take (ms). */
  patienceMs = patienceMs;
  #specs: CompiledSpecs | undefined;
  #store: Store | undefined;
  #factories = new Map<string, HttpFactory>();
  #processes = 1;
  #ids = 0;
  #random: Random = this.#luck(1);

  private constructor(time: Time, folder: string, source: Source, target: Target, toTarget: FaultProxy) {
    this.time = time;
    this.folder = folder;
    this.source = source;
    this.target = target;
    this.toTarget = toTarget;
  }

  static async open([from, to]: Families): Promise<World> {
    const time = new Time(monday);
    const folder = mkdtempSync(join(memory, 'rosterd-faults-'));
    const source = from === 'csv' ? openCsv(folder) : await openPersonio(time);
    const target = to === 'scim' ? await startScimTarget() : await startTalentLmsTarget(() => time.now());
    const toTarget = await FaultProxy.start(target.loopback.url, time, smallPages);
    const world = new World(time, folder, source, target, toTarget);
    world.#specs = await compiledSpecs(folder, source, target, toTarget.url);
    await world.#openStore();
    return world;
  }

  async close(): Promise<void> {
    await this.#store?.close();
    await this.toTarget.close();
    await this.target.close();
    await this.source.close();
    rmSync(this.folder, { recursive: true });
  }

  get proxies(): readonly FaultProxy[] {
    return this.source.proxy === undefined ? [this.toTarget] : [this.source.proxy, this.toTarget];
  }

  get store(): Store {
    if (this.#store === undefined) throw new Error('the store is not open');
    return this.#store;
  }

  hr(people: readonly Employee[]): void {
    this.source.hr(people);
  }

  /** The target and the store as they are now are what `restore` brings back. */
  async keep(): Promise<void> {
    this.target.keep();
    await this.store.close();
    copyFileSync(this.#file, `${this.#file}.kept`);
    await this.#openStore();
  }

  /** As it was kept, for a process that has just started and whose luck comes from the seed. */
  async restore(seed = 1): Promise<void> {
    await this.store.close();
    copyFileSync(`${this.#file}.kept`, this.#file);
    for (const end of ['-wal', '-shm']) rmSync(`${this.#file}${end}`, { force: true });
    await this.#openStore();
    this.target.restore();
    for (const proxy of this.proxies) proxy.forget();
    this.newProcess();
    this.#random = this.#luck(seed);
    this.time.pass(24 * 60 * minuteMs);
  }

  /** Another process, which knows nothing of the waits that the one before was asked for. */
  newProcess(): void {
    this.#factories = new Map();
    this.#processes += 1;
    this.patienceMs = patienceMs;
  }

  /** One pass, so long after the one before; the default is what a schedule would leave. */
  async pass(afterMs = 10 * minuteMs): Promise<Outcome> {
    this.time.pass(afterMs);
    return await this.#withDeps((deps) => reconcile(deps, new AbortController().signal));
  }

  /** What the next pass would do. */
  async look(): Promise<Look> {
    return await this.#withDeps((deps) => look(deps, new AbortController().signal));
  }

  get #file(): string {
    return join(this.folder, 'store.db');
  }

  /** Ids are never used again: those of an earlier process are in the store. */
  #luck(seed: number): Random {
    const chance = new Chance(seed);
    return {
      fraction: () => chance.fraction(),
      bytes: (length) => chance.bytes(length),
      id: () => `id-${(this.#ids += 1)}`,
    };
  }

  async #openStore(): Promise<void> {
    const sealer = createSealer({ keyId: 'k1', key, random: this.#random });
    this.#store = await openSqliteStore({ file: this.#file, sealer, clock: this.time.watch });
  }

  async #withDeps<T>(work: (deps: PassDeps) => Promise<T>): Promise<T> {
    for (const proxy of this.proxies) proxy.passBegins();
    const deps = this.#deps();
    try {
      return await work(deps);
    } finally {
      await deps.source.reader.close();
      await deps.target.reader.close();
    }
  }

  #deps(): PassDeps {
    const specs = this.#specs;
    const sync = specs?.syncs.get('staff');
    if (specs === undefined || sync === undefined) throw new Error('the specs lack the sync');
    const side = (name: string): { connection: CompiledConnection; reader: Reader } => {
      const connection = specs.connections.get(name);
      const connector = connectors.get(connection?.connector ?? '');
      if (connection === undefined || connector === undefined) throw new Error(`the specs lack ${name}`);
      return { connection, reader: connector.openReader(this.#context(connection)) };
    };
    const target = side('target');
    return {
      sync,
      source: side('hr'),
      target: {
        ...target,
        openWriter: () => {
          const writer = connectors
            .get(this.target.connector)
            ?.openWriter?.(this.#context(target.connection));
          if (writer === undefined) throw new Error(`${this.target.connector} cannot write`);
          return writer;
        },
      },
      store: this.store,
      hash: createKeyedHash(key),
      clock: this.time.watch,
      random: this.#random,
      telemetry,
      approvals: [],
      limits: { target: {}, installation: {} },
      revision: specs.revision.id,
      trigger: 'schedule',
      holder: `process-${this.#processes}`,
      killSwitch: false,
    };
  }

  /** One factory for each connection and the life of the process, as in the composition root. */
  #context(connection: CompiledConnection): ConnectorContext {
    const { name } = connection;
    const http =
      this.#factories.get(name) ??
      createHttp({
        connection: name,
        clock: this.time.work,
        random: this.#random,
        checkHost: () => undefined,
        requestTimeoutMs: this.patienceMs,
      });
    this.#factories.set(name, http);
    return {
      connection: name,
      entity: 'person',
      config: connection.config,
      secrets: this.#secrets(),
      fields: connection.fields?.person,
      http,
      sockets: createSockets({ connection: name }),
      tokens: keptTokensOf(name, {
        store: this.store,
        clock: this.time.work,
        holder: () => this.#random.id(),
      }),
      details: this.store.details(name),
      refreshDetailsMs: connection.refreshDetailsMs,
      clock: this.time.work,
      random: this.#random,
      files: (file) => join(this.folder, typeof file === 'string' ? file : file.path),
      filesToWrite: (file) => join(this.folder, typeof file === 'string' ? file : file.path),
    };
  }

  #secrets(): Readonly<Record<string, Secret>> {
    const all = Object.entries({ ...this.source.secrets, ...this.target.secrets });
    return Object.fromEntries(
      all.map(([name, text]) => [name, new Secret(`env:${name.toUpperCase()}`, text, ['127.0.0.1'])]),
    );
  }
}

/** Five to a page, as from a server that gives less than it is asked for: a small company has a list of several. */
function smallPages(query: URLSearchParams): void {
  for (const name of ['page[size]', 'count']) if (query.has(name)) query.set(name, '5');
}
