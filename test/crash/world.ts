import { keptTokensOf } from '../../src/compose/kept-tokens.ts';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectors } from '../../src/connectors/registry.ts';
import type { ConnectorContext } from '../../src/connectors/connector.ts';
import type { HttpClient } from '../../src/http/client.ts';
import { createHttp } from '../../src/http/create.ts';
import { createSockets } from '../../src/http/socket.ts';
import { Secret } from '../../src/model/secret.ts';
import type { Outcome } from '../../src/model/run.ts';
import { createNotifier } from '../../src/notify/create-notifier.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import { look, type Look } from '../../src/reconcile/look.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import type { CompiledApproval, CompiledSpecs } from '../../src/spec/compiled.ts';
import { createKeyedHash, createSealer } from '../../src/store/seal.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { QueuedMail, Store } from '../../src/store/store.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { seededRandom } from '../contract/context.ts';
import { WorkClock } from './clock.ts';
import { csvOf, type Employee } from './company.ts';
import { Mortal, type Fate } from './mortal.ts';
import { compiledSpecs } from './specs.ts';
import type { Target } from './target.ts';
import { httpOf, mailOf, storeOf } from './wiring.ts';

const key = new Uint8Array(32).fill(7);
const telemetry = { log: createLogger({ level: 'silent' }), metrics: createMetrics() };
/** In memory where there is such a folder: what a power cut would leave is another test's question. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
/** Longer than a lease, and than a mail stays with the process that took it. */
const pauseMs = 301_000;

/** A list, a target, a store on disk, and processes that come and go. */
export class World {
  readonly target: Target;
  readonly clock: WorkClock;
  readonly mails: QueuedMail[] = [];
  approvals: readonly CompiledApproval[] = [];
  /** The operator's. */
  killSwitch = false;
  readonly #specs: CompiledSpecs;
  readonly #folder: string;
  readonly #random = seededRandom(3);
  #processes = 0;

  private constructor(target: Target, clock: WorkClock, specs: CompiledSpecs, folder: string) {
    this.target = target;
    this.clock = clock;
    this.#specs = specs;
    this.#folder = folder;
  }

  static async open(start: (now: () => number) => Promise<Target>, events?: string): Promise<World> {
    const clock = new WorkClock(Date.parse('2026-11-20T08:00:00Z'));
    const target = await start(() => clock.now());
    const folder = mkdtempSync(join(memory, 'rosterd-crash-'));
    writeFileSync(join(folder, 'staff.csv'), csvOf([]));
    return new World(target, clock, await compiledSpecs(folder, target, events), folder);
  }

  async close(): Promise<void> {
    await this.target.close();
    rmSync(this.#folder, { recursive: true });
  }

  hr(people: readonly Employee[]): void {
    writeFileSync(join(this.#folder, 'staff.csv'), csvOf(people));
  }

  /** Keeps both systems and the store as they are now, for `restore`. */
  keep(): void {
    this.target.keep();
    copyFileSync(this.#file, `${this.#file}.kept`);
  }

  restore(): void {
    this.target.restore();
    copyFileSync(`${this.#file}.kept`, this.#file);
    for (const end of ['-wal', '-shm']) rmSync(`${this.#file}${end}`, { force: true });
    this.mails.length = 0;
  }

  /** One pass and its news by a new process, a lease's time after the one before. No outcome when it died. */
  async pass(fate?: Fate): Promise<{ process: Mortal; outcome: Outcome | undefined }> {
    const process = new Mortal(fate);
    const outcome = await this.#asProcess(process, (deps) => this.#passOf(process, deps));
    return { process, outcome };
  }

  /** The pass of the process that is started next, then what it would do after that and what the store remembers. */
  async nextPass<T>(judge: (seen: Look, store: Store) => Promise<T>): Promise<T | undefined> {
    const process = new Mortal();
    return await this.#asProcess(process, async (deps) => {
      await this.#passOf(process, deps);
      return await judge(await look(deps, new AbortController().signal), deps.store);
    });
  }

  async #passOf(process: Mortal, deps: PassDeps): Promise<Outcome> {
    const signal = new AbortController().signal;
    const outcome = await reconcile(deps, signal);
    const { direction, owner, notify } = deps.sync;
    const channels = notify.flatMap((name) => this.#specs.channels.get(name) ?? []);
    const { store, clock, random } = deps;
    const mail = mailOf(this.mails, process);
    const notifier = createNotifier({ store, clock, random, telemetry, mail });
    await notifier.passEnded(outcome, { direction, owner, channels });
    await notifier.deliverWaiting(signal);
    return outcome;
  }

  get #file(): string {
    return join(this.#folder, 'store.db');
  }

  async #asProcess<T>(process: Mortal, work: (deps: PassDeps) => Promise<T>): Promise<T | undefined> {
    this.clock.pass(pauseMs);
    const clients: HttpClient[] = [];
    const sealer = createSealer({ keyId: 'k1', key, random: this.#random });
    const clock = process.clock(this.clock);
    const store = await openSqliteStore({ file: this.#file, sealer, clock });
    try {
      const deps = this.#deps(process, storeOf(store, process), (client) => clients.push(client));
      return await Promise.race([work(deps), process.died.then(() => undefined)]);
    } finally {
      await process.settled();
      for (const client of clients) await client.close();
      await store.close();
    }
  }

  #deps(process: Mortal, store: Store, opened: (client: HttpClient) => void): PassDeps {
    const specs = this.#specs;
    const sync = specs.syncs.get('staff');
    const [from, to] = [specs.connections.get('hr'), specs.connections.get('target')];
    const [csv, connector] = [connectors.get('csv'), connectors.get(this.target.connector)];
    if (!sync || !from || !to || !csv || !connector) throw new Error('the specs lack something');
    const clock = process.clock(this.clock);
    const context = (connection: typeof from): ConnectorContext => ({
      connection: connection.name,
      entity: 'person',
      config: connection.config,
      secrets: this.#secrets(),
      fields: connection.fields?.person,
      http: httpOf(
        createHttp({ connection: connection.name, clock, random: this.#random, checkHost: () => undefined }),
        process,
        this.clock,
        opened,
      ),
      sockets: createSockets({ connection: connection.name }),
      tokens: keptTokensOf(connection.name, { store: store, clock, holder: () => this.#random.id() }),
      details: store.details(connection.name),
      refreshDetailsMs: connection.refreshDetailsMs,
      clock,
      random: this.#random,
      files: (file) => join(this.#folder, typeof file === 'string' ? file : file.path),
      filesToWrite: (file) => join(this.#folder, typeof file === 'string' ? file : file.path),
    });
    const toTarget = context(to);
    this.#processes += 1;
    return {
      sync,
      source: { connection: from, reader: csv.openReader(context(from)) },
      target: {
        connection: to,
        reader: connector.openReader(toTarget),
        openWriter: () => {
          if (connector.openWriter === undefined) throw new Error(`${connector.name} cannot write`);
          return connector.openWriter(toTarget);
        },
      },
      store,
      hash: createKeyedHash(key),
      clock,
      random: this.#random,
      telemetry,
      approvals: this.approvals,
      limits: { target: {}, installation: {} },
      revision: specs.revision.id,
      trigger: 'schedule',
      holder: `process-${this.#processes}`,
      killSwitch: this.killSwitch,
    };
  }

  #secrets(): Readonly<Record<string, Secret>> {
    const entries = Object.entries(this.target.secrets);
    return Object.fromEntries(
      entries.map(([name, text]) => [name, new Secret(`env:${name.toUpperCase()}`, text, ['127.0.0.1'])]),
    );
  }
}
