import { isoInstant } from '../../../model/effects.ts';
import { Stalled } from '../../../model/error.ts';
import type { Resolution } from '../../../model/order.ts';
import type { Shape } from '../../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../../model/row.ts';
import { unexpectedAnswer } from '../../answers.ts';
import type { ConnectorContext, Probe, Reader } from '../../connector.ts';
import { findByReading } from '../../find-by-reading.ts';
import type { JsonObject } from '../../json.ts';
import { canonical } from '../canonical.ts';
import type { Declared, ReportConfig } from '../schema.ts';
import { ReportClient } from './client.ts';
import { columnsOf, rowMaker, unnamedColumn, type Column, type Columns } from './columns.ts';
import { BrokenReport, entriesOf } from './entries.ts';
import { probeReport } from './probe.ts';
import { Wholeness } from './wholeness.ts';

const batchSize = 1000;

/** Reads the rows of a custom report. One answer holds them all. */
export class ReportReader implements Reader {
  readonly shape: Shape;
  readonly #context: ConnectorContext<ReportConfig>;
  readonly #client: ReportClient;
  readonly #columns: Columns;

  constructor(context: ConnectorContext<ReportConfig>) {
    this.#context = context;
    this.#client = new ReportClient(context);
    this.#columns = columnsOf(context.config, context.fields);
    this.shape = {
      system: 'Workday',
      abilities: { create: false, update: false, enable: false, disable: false, delete: false },
      attributes: [...this.#columns.values()].map(({ spec }) => spec),
      canonical,
      delivers: false,
    };
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const { clock, config } = this.#context;
    const asOf = isoInstant(clock.now());
    const toRow = rowMaker(
      want.attributes.map((name) => this.#column(name)),
      this.#column('id').at,
    );
    const whole = new Wholeness(config.complete, (what) => this.#doubt(what));
    let batch: Row[] = [];
    for (const entry of this.#entries(await this.#client.run(signal))) {
      const row = toRow(entry);
      whole.take(row.id, entry);
      if (batch.length === batchSize) {
        yield batch;
        signal.throwIfAborted();
        batch = [];
      }
      batch.push(row);
    }
    const { records, total, end } = whole.end();
    if (batch.length > 0) yield batch;
    signal.throwIfAborted();
    return { pages: 1, records, asOf, end, ...(total === undefined ? {} : { total }) };
  }

  find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    return findByReading(this, want, keys, signal);
  }

  /** A report is run whole or not at all. */
  looksUp(): boolean {
    return false;
  }

  /** Nothing is ever written here. */
  resolve(): Promise<Resolution> {
    return Promise.resolve({ state: 'unknown' });
  }

  whyEmpty(attribute: string): string | undefined {
    const column = this.#columns.get(attribute);
    if (column === undefined) return undefined;
    return `the report has likely no column with the XML alias "${column.at.alias}", or its domain is not given to the account`;
  }

  async probe(signal: AbortSignal): Promise<Probe> {
    return await probeReport(this.#columns, this.#context, async () => [
      ...this.#entries(await this.#client.run(signal)),
    ]);
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  *#entries(bytes: Uint8Array): Generator<JsonObject> {
    try {
      yield* entriesOf(bytes);
    } catch (error) {
      throw error instanceof BrokenReport ? this.#doubt(error.message) : error;
    }
  }

  #column(name: string): Declared<Column> {
    const column = this.#columns.get(name);
    if (column !== undefined) return column;
    if (name.startsWith('custom.')) return unnamedColumn(name.slice('custom.'.length));
    const { connection } = this.#context;
    const message = `connection ${connection}: there is no attribute ${name}; \`connection fields\` lists them`;
    throw new Stalled('UnknownAttribute', message, { connection });
  }

  #doubt(what: string): Error {
    return unexpectedAnswer(this.#context.connection, 'Workday', what);
  }
}
