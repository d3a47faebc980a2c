import type { ConnectorContext, Probe, Reader } from '../connector.ts';
import { isoInstant } from '../../model/effects.ts';
import { SyncError } from '../../model/error.ts';
import type { Intent, Resolution } from '../../model/order.ts';
import type { Shape } from '../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../model/row.ts';
import { sameValue } from '../../model/value.ts';
import { columnOf, declaredColumns, typeOfCells, type Column } from './cells.ts';
import { openFile, type Opened } from './file.ts';
import type { FileLocation } from './location.ts';
import { readRecords } from './records.ts';
import { resolveIn } from './resolve.ts';
import { rowMaker } from './rows.ts';
import type { CsvConfig } from './schema.ts';
import { shapeOf } from './shape.ts';
import { loadTable, Table } from './table.ts';

const sampleSize = 1000;

/** Reads one CSV file, wherever it lies, streaming, from its first to its last byte on every read. */
export class CsvReader implements Reader {
  readonly shape: Shape;
  readonly #context: ConnectorContext<CsvConfig>;
  readonly #columns: ReadonlyMap<string, Column> | undefined;
  readonly #location: FileLocation;
  /** The file as it was when an order was last looked for. */
  #looked: { readonly table: Table; readonly stamp: string } | undefined;

  constructor(context: ConnectorContext<CsvConfig>, location: FileLocation) {
    const { config } = context;
    this.#context = context;
    this.#columns = declaredColumns(config, context.fields);
    this.#location = location;
    this.shape = shapeOf(config, this.#columns ?? new Map<string, Column>());
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const { config } = this.#context;
    const columns = want.attributes.map((name) => this.#column(name));
    if (await this.#isYetToBeMade(signal)) return this.#nothingYet();
    const opened = await openFile(this.#location, this.#context.config.encoding, signal);
    try {
      let toRow: ((record: readonly string[]) => Row) | undefined;
      let records = 0;
      for await (const batch of readRecords(opened, config, this.#location.place, signal)) {
        toRow ??= rowMaker(config, batch.header, columns, this.#location.place);
        records += batch.records.length;
        if (batch.records.length > 0) yield batch.records.map(toRow);
        signal.throwIfAborted();
      }
      await opened.checkUnchanged(signal);
      const asOf = isoInstant(opened.modifiedMs);
      return { pages: 1, records, end: 'end of file, size unchanged', asOf };
    } finally {
      await opened.close();
    }
  }

  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    // A file has its ids in a column of any name, or in several, and one named so may hold something else or numbers.
    const asked = keys.filter(({ attribute }) => attribute === 'id');
    const ids = new Set(asked.map(({ value }) => String(value)));
    const others = this.#columns?.has('id') === true ? keys : keys.filter((key) => !asked.includes(key));
    const attributes = [...want.attributes, ...others.map((key) => key.attribute)];
    const found: Row[] = [];
    const width = want.attributes.length;
    for await (const rows of this.read({ attributes }, signal)) {
      for (const row of rows) {
        const hit = others.some(({ value }, index) => sameValue(row.values[width + index], value));
        if (hit || ids.has(row.id)) found.push({ ...row, values: row.values.slice(0, width) });
      }
    }
    return found;
  }

  async resolve(intent: Intent, signal: AbortSignal): Promise<Resolution> {
    const { config } = this.#context;
    if (config.write === undefined) return { state: 'unknown' };
    const stamp = await this.#location.stamp(signal);
    // After a crash a thousand may be asked for: the file is read once for all of them.
    if (this.#looked?.stamp !== stamp) {
      const none = stamp === 'none' && config.write.create;
      const table = none ? new Table(config, []) : await loadTable(this.#location, config, signal);
      this.#looked = { table, stamp };
    }
    return resolveIn(intent, this.#looked.table, this.#columns ?? new Map<string, Column>(), config);
  }

  whyEmpty(attribute: string): string {
    const { header } = this.#column(attribute);
    return `the export leaves the column "${header}" empty: whoever makes it may have lost the right to read it`;
  }

  /** Reads the header, and the first records for the types of columns that the config does not declare. */
  async probe(signal: AbortSignal): Promise<Probe> {
    // A server that is not reached, or does not let us in, is no file that something is missing of.
    await this.#location.stamp(signal);
    try {
      const lacking = (await this.#location.lacking?.(signal)) ?? [];
      if (await this.#isYetToBeMade(signal)) return { fields: this.shape.attributes, missing: lacking };
      const opened = await openFile(this.#location, this.#context.config.encoding, signal);
      try {
        return { fields: await this.#sample(opened, signal), missing: lacking };
      } finally {
        await opened.close();
      }
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      return { fields: this.shape.attributes, missing: [error.message] };
    }
  }

  async close(): Promise<void> {
    await this.#location.close();
  }

  async #isYetToBeMade(signal: AbortSignal): Promise<boolean> {
    return this.#context.config.write?.create === true && (await this.#location.stamp(signal)) === 'none';
  }

  #nothingYet(): Receipt {
    const asOf = isoInstant(this.#context.clock.now());
    return { pages: 0, records: 0, end: 'no file yet', asOf };
  }

  async #sample(opened: Opened, signal: AbortSignal): Promise<Probe['fields']> {
    const { config } = this.#context;
    const sample: (readonly string[])[] = [];
    let header: readonly string[] = [];
    for await (const batch of readRecords(opened, config, this.#location.place, signal)) {
      ({ header } = batch);
      sample.push(...batch.records);
      if (sample.length >= sampleSize) break;
    }
    const declared = config.columns === undefined ? [] : [...(this.#columns ?? new Map()).values()];
    rowMaker(config, header, declared, this.#location.place);
    const nulls = new Set(config.nulls);
    const sampled = header.map((name, index) => {
      const cells = sample.map((record) => record[index] ?? '').filter((text) => !nulls.has(text));
      const spec = { name, type: typeOfCells(cells), class: 'personal', optional: true } as const;
      return columnOf(config, spec).spec;
    });
    return config.columns === undefined ? sampled : this.shape.attributes;
  }

  #column(name: string): Column {
    const spec = { name, type: 'text', class: 'personal', optional: true } as const;
    return this.#columns?.get(name) ?? columnOf(this.#context.config, spec);
  }
}
