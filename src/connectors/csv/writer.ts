import type { ConnectorContext, Writer } from '../connector.ts';
import { SyncError } from '../../model/error.ts';
import type { Order, Result } from '../../model/order.ts';
import { declaredColumns, headerOf, type Column } from './cells.ts';
import { encode } from './encode.ts';
import type { FileLocation } from './location.ts';
import { carryOut } from './row-orders.ts';
import type { CsvConfig } from './schema.ts';
import { loadTable, Table } from './table.ts';

/** How many orders share one new file. */
const atMost = 1000;

/**
 * Writes one file, wherever it lies. Orders are gathered, carried out on the file as it is at that moment, and a new file takes its
 * place as a whole; what others have changed in it until then is kept. Nothing of a file that cannot be read whole is
 * replaced.
 */
export class CsvWriter implements Writer {
  readonly #context: ConnectorContext<CsvConfig>;
  readonly #columns: ReadonlyMap<string, Column>;
  readonly #location: FileLocation;
  /** As we left it, so that a file that nobody else touches is read once. */
  #known: { readonly table: Table; readonly stamp: string } | undefined;

  constructor(context: ConnectorContext<CsvConfig>, location: FileLocation) {
    this.#context = context;
    this.#columns = declaredColumns(context.config, context.fields) ?? new Map<string, Column>();
    this.#location = location;
  }

  async *apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    let batch: Order[] = [];
    for await (const order of orders) {
      batch.push(order);
      if (batch.length < atMost && !signal.aborted) continue;
      yield* await this.#write(batch, signal);
      batch = [];
      if (signal.aborted) return;
    }
    if (batch.length > 0) yield* await this.#write(batch, signal);
  }

  async close(): Promise<void> {
    await this.#location.close();
  }

  async #write(orders: readonly Order[], signal: AbortSignal): Promise<readonly Result[]> {
    try {
      signal.throwIfAborted();
      return await this.#replace(orders, signal);
    } catch (error) {
      this.#known = undefined;
      if (signal.aborted)
        return orders.map(({ key }) => notSent(key, 'Stopped', 'the pass was stopped', 'waiting'));
      if (!(error instanceof SyncError)) throw error;
      const { reason, message, fate } = error;
      return orders.map(({ key }) => notSent(key, reason, message, fate));
    }
  }

  async #replace(orders: readonly Order[], signal: AbortSignal): Promise<readonly Result[]> {
    const { config } = this.#context;
    const { table, stamp } = await this.#load(signal);
    this.#known = undefined;
    const carried = orders.map((order) => carryOut(order, table, this.#columns, config));
    if (carried.every((one) => 'refusal' in one))
      return orders.map((order, at) => this.#resultOf(order, carried[at]));
    const published = await this.#location.replace(encode(table.text(), config.encoding), stamp, signal);
    if ('stamp' in published) {
      this.#known = { table, stamp: published.stamp };
      return orders.map((order, at) => this.#resultOf(order, carried[at]));
    }
    const { failed, unknown } = published;
    return orders.map((order, at): Result => {
      const one = carried[at];
      if (one !== undefined && 'refusal' in one) return this.#resultOf(order, one);
      const { reason, message, fate } = failed;
      if (unknown) return { key: order.key, outcome: 'unknown', error: { reason, message, fate } };
      return notSent(order.key, reason, message, fate);
    });
  }

  async #load(signal: AbortSignal): Promise<{ readonly table: Table; readonly stamp: string }> {
    const { config } = this.#context;
    const stamp = await this.#location.stamp(signal);
    if (this.#known?.stamp === stamp) return this.#known;
    if (stamp === 'none' && config.write?.create === true) {
      return { table: new Table(config, headerOf(config, this.#columns)), stamp };
    }
    return { table: await loadTable(this.#location, config, signal), stamp };
  }

  #resultOf({ key, set }: Order, carried: Carried | undefined): Result {
    if (carried === undefined) return notSent(key, 'Stopped', 'the pass was stopped', 'waiting');
    if ('refusal' in carried) return { key, outcome: 'rejected', error: carried.refusal };
    const outcome = this.#context.config.write?.deliver === undefined ? 'applied' : 'delivered';
    return { key, outcome, accountId: carried.accountId, sent: set };
  }
}

type Carried = ReturnType<typeof carryOut>;

function notSent(
  key: string,
  reason: string,
  message: string,
  fate: 'person' | 'waiting' | 'stalled',
): Result {
  return { key, outcome: 'not-sent', error: { reason, message, fate } };
}
