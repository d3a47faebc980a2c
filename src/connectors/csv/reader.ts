import type { ConnectorContext, Probe, Reader } from '../connector.ts';
import { isoInstant } from '../../model/effects.ts';
import { SyncError } from '../../model/error.ts';
import type { Resolution } from '../../model/order.ts';
import type { Shape } from '../../model/reading.ts';
import type { Key, Receipt, Row, Want } from '../../model/row.ts';
import { sameValue, type Value } from '../../model/value.ts';
import { unreadable } from '../unreadable.ts';
import { columnOf, declaredColumns, typeOfCells, type Column } from './cells.ts';
import { broken, openFile, type Opened, type Place } from './file.ts';
import { readRecords } from './records.ts';
import type { CsvConfig } from './schema.ts';

const sampleSize = 1000;

/** Reads one local CSV file, streaming, from its first to its last byte on every read. */
export class CsvReader implements Reader {
  readonly shape: Shape;
  readonly #context: ConnectorContext<CsvConfig>;
  readonly #columns: ReadonlyMap<string, Column> | undefined;
  readonly #place: Place;

  constructor(context: ConnectorContext<CsvConfig>) {
    const { config, connection } = context;
    this.#context = context;
    this.#columns = declaredColumns(config, context.fields);
    const { file } = config;
    this.#place = { connection, file: typeof file === 'string' ? file : `${file.env}/${file.path}` };
    this.shape = {
      system: 'CSV file',
      abilities: { create: false, update: false, enable: false, disable: false, delete: false },
      attributes: [...(this.#columns ?? new Map<string, Column>()).values()].map((column) => column.spec),
      canonical: () => undefined,
      delivers: false,
    };
  }

  async *read(want: Want, signal: AbortSignal): AsyncGenerator<readonly Row[], Receipt> {
    const { config } = this.#context;
    const columns = want.attributes.map((name) => this.#column(name));
    const opened = await this.#open();
    try {
      let toRow: ((record: readonly string[]) => Row) | undefined;
      let records = 0;
      for await (const batch of readRecords(opened, config, this.#place, signal)) {
        toRow ??= this.#rowMaker(batch.header, columns);
        records += batch.records.length;
        if (batch.records.length > 0) yield batch.records.map(toRow);
        signal.throwIfAborted();
      }
      await opened.checkUnchanged();
      const asOf = isoInstant(opened.stats.mtimeMs);
      return { pages: 1, records, end: 'end of file, size unchanged', asOf };
    } finally {
      await opened.close();
    }
  }

  async find(want: Want, keys: readonly Key[], signal: AbortSignal): Promise<readonly Row[]> {
    const attributes = [...want.attributes, ...keys.map((key) => key.attribute)];
    const found: Row[] = [];
    const width = want.attributes.length;
    for await (const rows of this.read({ attributes }, signal)) {
      for (const row of rows) {
        const hit = keys.some(({ value }, index) => sameValue(row.values[width + index], value));
        if (hit) found.push({ ...row, values: row.values.slice(0, width) });
      }
    }
    return found;
  }

  /** Nothing is ever written to a file that is read. */
  resolve(): Promise<Resolution> {
    return Promise.resolve({ state: 'unknown' });
  }

  whyEmpty(attribute: string): string {
    const { header } = this.#column(attribute);
    return `the export leaves the column "${header}" empty: whoever makes it may have lost the right to read it`;
  }

  /** Reads the header, and the first records for the types of columns that the config does not declare. */
  async probe(signal: AbortSignal): Promise<Probe> {
    try {
      const opened = await this.#open();
      try {
        return await this.#sample(opened, signal);
      } finally {
        await opened.close();
      }
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      return { fields: this.shape.attributes, missing: [error.message] };
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #open(): Promise<Opened> {
    const { config } = this.#context;
    return await openFile(this.#context.files(config.file), config.encoding, this.#place);
  }

  async #sample(opened: Opened, signal: AbortSignal): Promise<Probe> {
    const { config } = this.#context;
    const sample: (readonly string[])[] = [];
    let header: readonly string[] = [];
    for await (const batch of readRecords(opened, config, this.#place, signal)) {
      ({ header } = batch);
      sample.push(...batch.records);
      if (sample.length >= sampleSize) break;
    }
    this.#rowMaker(header, config.columns === undefined ? [] : [...(this.#columns ?? new Map()).values()]);
    const nulls = new Set(config.nulls);
    const sampled = header.map((name, index) => {
      const cells = sample.map((record) => record[index] ?? '').filter((text) => !nulls.has(text));
      return { name, type: typeOfCells(cells), class: 'personal', optional: true } as const;
    });
    return { fields: config.columns === undefined ? sampled : this.shape.attributes, missing: [] };
  }

  #column(name: string): Column {
    const spec = { name, type: 'text', class: 'personal', optional: true } as const;
    return this.#columns?.get(name) ?? columnOf(this.#context.config, spec);
  }

  #rowMaker(header: readonly string[], columns: readonly Column[]): (record: readonly string[]) => Row {
    const at = (name: string) => {
      const index = header.indexOf(name);
      if (index >= 0) return index;
      const what = `has no column "${name}" among its ${String(header.length)}; check the export, config.id and config.columns`;
      throw broken(this.#place, 'ColumnMissing', what);
    };
    const id = at(this.#context.config.id);
    const positions = columns.map((column) => at(column.header));
    return (record) => {
      // Millions of cells in a large file: no iterator, no object for each.
      const values: (Value | undefined)[] = [];
      let fault: string | undefined;
      for (let index = 0; index < columns.length; index += 1) {
        const column = columns[index] as Column;
        const value = column.cell(record[positions[index] as number] ?? '');
        values.push(value);
        if (value === undefined) fault ??= unreadable(column.spec, column.form);
      }
      const row = { id: (record[id] ?? '').trim(), values };
      return fault === undefined ? row : { ...row, fault };
    };
  }
}
