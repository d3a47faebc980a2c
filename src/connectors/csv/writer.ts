import type { ConnectorContext, Writer } from '../connector.ts';
import { inBatches } from '../in-batches.ts';
import { SyncError } from '../../model/error.ts';
import type { Order, Result } from '../../model/order.ts';
import { declaredColumns, headerOf, type Column } from './cells.ts';
import { encode } from './encode.ts';
import type { FileLocation } from './location.ts';
import { carryOut, refusal, type Carried } from './row-orders.ts';
import type { RowRules } from './row-rules.ts';
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
  readonly #rules: RowRules | undefined;
  /** As we left it, so that a file that nobody else touches is read once. */
  #known: { readonly table: Table; readonly stamp: string } | undefined;

  constructor(context: ConnectorContext<CsvConfig>, location: FileLocation, rules?: RowRules) {
    this.#context = context;
    this.#columns = declaredColumns(context.config, context.fields) ?? new Map<string, Column>();
    this.#location = location;
    this.#rules = rules;
  }

  async *apply(orders: AsyncIterable<Order>, signal: AbortSignal): AsyncGenerator<Result> {
    for await (const batch of inBatches(orders, atMost, signal)) yield* await this.#write(batch, signal);
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
    const { table: before, stamp } = await this.#load(signal);
    this.#known = undefined;
    const { table, carried } = this.#carryOut(orders, before);
    if (carried.every((one) => 'refusal' in one))
      return orders.map((order, at) => this.#resultOf(order, carried[at]));
    const published = await this.#location.replace(
      encode(table.text(this.#rules?.inOrder(table)), config.encoding),
      stamp,
      signal,
    );
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

  /** In the table itself, or in a copy where rules may refuse what came of it. */
  #carryOut(
    orders: readonly Order[],
    before: Table,
  ): { readonly table: Table; readonly carried: readonly Carried[] } {
    const refused = new Map<Order, Carried>();
    for (;;) {
      const table = this.#rules === undefined ? before : before.copy();
      const carried = orders.map(
        (order) => refused.get(order) ?? carryOut(order, table, this.#columns, this.#context.config),
      );
      const ids = new Set(carried.flatMap((one) => ('accountId' in one ? [one.accountId] : [])));
      const faults = this.#rules?.faultsOf(table, ids) ?? new Map<string, string>();
      // Each round refuses somebody, whom the rows of others may have needed.
      if (faults.size === 0) return { table, carried };
      for (const [at, one] of carried.entries()) {
        const [order, fault] = [orders[at], 'accountId' in one ? faults.get(one.accountId) : undefined];
        if (order !== undefined && fault !== undefined)
          refused.set(order, { refusal: refusal('RowRefused', fault) });
      }
    }
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

function notSent(
  key: string,
  reason: string,
  message: string,
  fate: 'person' | 'waiting' | 'stalled',
): Result {
  return { key, outcome: 'not-sent', error: { reason, message, fate } };
}
