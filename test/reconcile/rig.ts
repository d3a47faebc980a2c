import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reader, Writer } from '../../src/connectors/connector.ts';
import type { Clock } from '../../src/model/effects.ts';
import type { Order, Resolution, Result } from '../../src/model/order.ts';
import type { Shape } from '../../src/model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../src/model/row.ts';
import { keyOf } from '../../src/plan/prepared.ts';
import type { Outcome } from '../../src/model/run.ts';
import type { Value } from '../../src/model/value.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import type { CompiledApproval, CompiledConnection, CompiledSync } from '../../src/spec/compiled.ts';
import { createSealer } from '../../src/store/seal.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { noon, sourceColumns, targetColumns } from '../plan/columns.ts';
import { shape } from '../plan/people.ts';
import { sync } from '../plan/specs.ts';
import { countingRandom } from '../store/fixtures.ts';

/** Both systems in memory, a real store, and whole passes over them. */
export class Rig {
  people: readonly Row[] = [];
  readonly accounts = new Map<string, Row>();
  /** Every order that reached the target, as `kind person`. */
  readonly log: string[] = [];
  approvals: readonly CompiledApproval[] = [];
  /** What became of an order, where it is not simply applied; the target's side of it happens only for `lost`. */
  fate: (order: Order) => 'applied' | 'rejected' | 'lost' | 'dropped' = () => 'applied';
  resolve: Reader['resolve'] | undefined;
  /** Wraps the store, so that a test can let a process die between two of its effects. */
  around: (store: Store) => Store = (store) => store;
  writer: (inner: Writer) => Writer = (inner) => inner;
  /** What the target's connector says of the forms in which values come back. */
  shape: Shape = shape;
  /** What the target makes of a value before it keeps it. */
  keeps: (name: string, value: Value | undefined, before: Value | undefined) => Value | undefined = (
    _,
    value,
  ) => value;
  /** Accounts that are there and that the target's list does not show yet. */
  readonly unlisted = new Set<string>();
  /** What the source's connector does otherwise than this. */
  sourceReader: Partial<Reader> = {};
  /** And the target's. */
  targetReader: Partial<Reader> = {};
  /** The remote account that each connection leads to, by its name; those of whom nothing is said can't tell. */
  readonly leadsTo = new Map<string, string>();
  /** What a connection's spec says under `account`, by its name. */
  readonly meant = new Map<string, string>();
  store: Store;
  readonly #folder: string;
  readonly #random = countingRandom();
  #now = noon;
  #ids = 0;

  private constructor(store: Store, folder: string, clock: RigClock) {
    this.store = store;
    this.#folder = folder;
    clock.rig = this;
    this.clock = clock;
  }

  readonly clock: RigClock;

  static async open(): Promise<Rig> {
    const folder = mkdtempSync(join(tmpdir(), 'rosterd-rig-'));
    const clock = new RigClock();
    return new Rig(await openStore(folder, clock), folder, clock);
  }

  async close(): Promise<void> {
    await this.store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  now(): number {
    return this.#now;
  }

  hold(...rows: readonly Row[]): void {
    for (const row of rows) this.accounts.set(row.id, row);
  }

  /** One pass, a minute after the one before. */
  async pass(fields: Partial<CompiledSync> = {}, more: Partial<PassDeps> = {}): Promise<Outcome> {
    this.#now += 60_000;
    const of = sync(fields);
    const reader = (name: string, columns: readonly string[], rows: () => Iterable<Row>): Reader => ({
      shape: this.shape,
      account: async () => this.leadsTo.get(name),
      read: (want) => this.#read(want, columns, [...rows()]),
      find: async (want, keys) => lookedUp(want, keys, columns, [...rows()], this.shape),
      resolve: async (intent, signal) => this.resolve?.(intent, signal) ?? this.#resolve(intent),
      probe: async () => ({ fields: [], missing: [] }),
      close: async () => undefined,
    });
    const deps: PassDeps = {
      sync: of,
      source: {
        connection: connection(of.from, this.meant),
        reader: { ...reader(of.from, sourceColumns, () => this.people), ...this.sourceReader },
      },
      target: {
        connection: connection(of.to, this.meant),
        reader: { ...reader(of.to, targetColumns, () => this.#listed()), ...this.targetReader },
        openWriter: () => this.writer(this.#writer()),
      },
      store: this.around(this.store),
      hash: (attribute, value) => `#${attribute}:${JSON.stringify(value)}`,
      clock: this.clock,
      random: this.#random,
      telemetry: { log: createLogger({ level: 'silent' }), metrics: createMetrics() },
      approvals: this.approvals,
      limits: { target: {}, installation: {} },
      revision: 'revision-1',
      trigger: 'request',
      holder: 'one',
      killSwitch: false,
      ...more,
    };
    return await reconcile(deps, new AbortController().signal);
  }

  later(ms: number): void {
    this.#now += ms;
  }

  /** Another process opens the same store. */
  async restart(): Promise<void> {
    await this.store.close();
    this.store = await openStore(this.#folder, this.clock);
  }

  approve(digest: string): void {
    this.approvals = [
      {
        name: 'yes',
        sync: 'staff',
        digest,
        by: 'somebody',
        expires: '2027-12-31T00:00:00Z',
        reason: undefined,
        place: { file: 'specs/yes.yaml', line: 1, column: 1 },
      },
    ];
  }

  async *#read(
    want: Want,
    columns: readonly string[],
    rows: readonly Row[],
  ): AsyncGenerator<readonly Row[], Receipt> {
    const picked = want.attributes.map((name) => columns.indexOf(name));
    this.#now += 1;
    const asOf = new Date(this.#now).toISOString();
    yield rows.map((row) => ({ ...row, values: picked.map((at) => row.values[at]) }));
    return { pages: 1, records: rows.length, end: 'total reached', asOf };
  }

  #listed(): readonly Row[] {
    return [...this.accounts.values()].filter(({ id }) => !this.unlisted.has(id));
  }

  #writer(): Writer {
    const carryOut = (order: Order) => this.#carryOut(order);
    return {
      async *apply(orders) {
        for await (const order of orders) yield carryOut(order);
      },
      close: async () => undefined,
    };
  }

  #carryOut(order: Order): Result {
    const { key, kind, personId } = order;
    this.log.push(`${kind} ${personId}`);
    const fate = this.fate(order);
    const error = { reason: 'Refused', message: 'no', fate: 'person' } as const;
    if (fate === 'rejected') return { key, outcome: 'rejected', error };
    if (fate === 'dropped') return { key, outcome: 'unknown', error };
    const id = order.accountId ?? `new-${(this.#ids += 1)}`;
    const row = this.accounts.get(id) ?? { id, values: targetColumns.map(() => undefined), active: true };
    const values = targetColumns.map((name, at) =>
      name in order.set ? this.keeps(name, order.set[name], row.values[at]) : row.values[at],
    );
    const active = kind === 'disable' ? false : kind === 'enable' ? true : row.active === true;
    if (kind === 'delete') this.accounts.delete(id);
    else this.accounts.set(id, { ...row, values, active });
    if (fate === 'lost') return { key, outcome: 'unknown', error };
    return { key, outcome: 'applied', accountId: id };
  }

  #resolve({ kind, accountId, identity, set }: Order): Resolution {
    const at = targetColumns.indexOf('hris_id');
    const found =
      kind === 'create'
        ? [...this.accounts.values()].find((row) => row.values[at] === identity['hris_id'])
        : this.accounts.get(accountId ?? '');
    if (found === undefined) return { state: 'not-done' };
    const same = Object.entries(set).every(
      ([name, value]) => found.values[targetColumns.indexOf(name)] === value,
    );
    const done = same && (kind !== 'disable' || found.active === false);
    return done ? { state: 'done', accountId: found.id } : { state: 'not-done' };
  }
}

/** What a system finds that looks up what its people can be told apart by. */
export function lookedUp(
  want: Want,
  keys: readonly Key[],
  columns: readonly string[],
  rows: readonly Row[],
  { canonical }: Pick<Shape, 'canonical'>,
): readonly Row[] {
  const has = (row: Row) =>
    keys.some(({ attribute, value }) => {
      if (attribute === 'id') return row.id === value;
      const form = canonical(attribute) ?? ((same: Value) => same);
      const theirs = row.values[columns.indexOf(attribute)];
      return theirs !== undefined && theirs !== null && keyOf(form(theirs)) === keyOf(form(value));
    });
  return rows
    .filter(has)
    .map((row) => ({ ...row, values: want.attributes.map((name) => row.values[columns.indexOf(name)]) }));
}

async function openStore(folder: string, clock: Clock): Promise<Store> {
  const random = { ...countingRandom(), bytes: (length: number) => new Uint8Array(randomBytes(length)) };
  const sealer = createSealer({ keyId: 'k1', key: new Uint8Array(32).fill(7), random });
  return await openSqliteStore({ file: join(folder, 'store.sqlite'), sealer, clock });
}

/** Stands unless a pass begins or reads; who sleeps is woken by nothing but a stop. */
class RigClock implements Clock {
  rig: { now(): number } | undefined;

  now(): number {
    return this.rig?.now() ?? noon;
  }

  monotonic(): number {
    return this.now();
  }

  sleep(_ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((_resolve, reject) => {
      if (signal?.aborted === true) reject(signal.reason as Error);
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  }
}

export function connection(name: string, meant: ReadonlyMap<string, string>): CompiledConnection {
  return {
    name,
    owner: undefined,
    connector: 'memory',
    config: {},
    credentials: {},
    account: meant.get(name),
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
