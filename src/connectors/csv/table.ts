import { openFile, type Opened } from './file.ts';
import type { FileLocation } from './location.ts';
import { idColumns, recordId } from './record-id.ts';
import { readRecords } from './records.ts';
import type { CsvConfig } from './schema.ts';

/** A whole file in memory, to be written again: cells as they stand in it, those that nobody knows too. */
export class Table {
  readonly header: readonly string[];
  readonly #records: (string[] | undefined)[] = [];
  readonly #places = new Map<string, number>();
  readonly #doubles = new Set<string>();
  readonly #columns: ReadonlyMap<string, number>;
  readonly #ids: readonly number[];
  readonly #style: Style;
  readonly #config: CsvConfig;

  constructor(config: CsvConfig, header: readonly string[], style: Style = { lineEnd: '\n', mark: '' }) {
    this.#config = config;
    this.header = header;
    this.#style = style;
    this.#columns = new Map(header.map((name, index) => [name, index]));
    this.#ids = idColumns(config).map((name) => this.column(name) ?? -1);
  }

  column(name: string): number | undefined {
    return this.#columns.get(name);
  }

  idOf(record: readonly string[]): string {
    return recordId(
      this.#ids.map((index) => record[index] ?? ''),
      this.#config.write?.formulas === 'guard',
    );
  }

  add(record: string[]): void {
    const id = this.idOf(record);
    if (this.#places.has(id)) this.#doubles.add(id);
    else this.#places.set(id, this.#records.length);
    this.#records.push(record);
  }

  /** True where more than one record has this id: none of them is anybody's. */
  isDouble(id: string): boolean {
    return this.#doubles.has(id);
  }

  get(id: string): string[] | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.#records[place];
  }

  /** Records as they stand, in their order. */
  *records(): Generator<readonly string[]> {
    for (const record of this.#records) if (record !== undefined) yield record;
  }

  /** Another table that holds the same. */
  copy(): Table {
    const copy = new Table(this.#config, this.header, this.#style);
    for (const record of this.records()) copy.add([...record]);
    return copy;
  }

  remove(id: string): void {
    const place = this.#places.get(id);
    if (place !== undefined) this.#records[place] = undefined;
    this.#places.delete(id);
  }

  /** The file's text: in the order of its records unless told another, line ends and byte order mark as they were. */
  text(records: Iterable<readonly string[]> = this.records()): string {
    const { delimiter } = this.#config;
    const lines = [this.header, ...records];
    const { lineEnd, mark } = this.#style;
    return mark + lines.map((cells) => lineOf(cells, delimiter) + lineEnd).join('');
  }
}

export interface Style {
  readonly lineEnd: '\n' | '\r\n';
  readonly mark: '' | '\uFEFF';
}

/** Reads a file whole. Throws as a reading does: on any doubt. */
export async function loadTable(
  location: FileLocation,
  config: CsvConfig,
  signal: AbortSignal,
): Promise<Table> {
  const opened = await openFile(location, config.encoding, signal);
  try {
    const style: { -readonly [Key in keyof Style]: Style[Key] } = { lineEnd: '\n', mark: '' };
    const watched: Opened = { ...opened, chunks: (until) => watch(opened.chunks(until), style) };
    let table: Table | undefined;
    for await (const { header, records } of readRecords(watched, config, location.place, signal)) {
      table ??= new Table(config, header, style);
      for (const record of records) table.add([...record]);
    }
    await opened.checkUnchanged(signal);
    return table ?? new Table(config, [], style);
  } finally {
    await opened.close();
  }
}

/** Notes on the way how the file marks its beginning and ends its lines. */
async function* watch(
  chunks: AsyncGenerator<Buffer>,
  style: { lineEnd: Style['lineEnd']; mark: Style['mark'] },
): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst) {
      const text = chunk.toString('utf8');
      if (text.startsWith('\uFEFF')) style.mark = '\uFEFF';
      const end = text.indexOf('\n');
      if (end > 0 && text[end - 1] === '\r') style.lineEnd = '\r\n';
      isFirst = false;
    }
    yield chunk;
  }
}

function lineOf(cells: readonly string[], delimiter: string): string {
  const line = cells.map((cell) => quoted(cell, delimiter)).join(delimiter);
  // A line without anything in it would be skipped as empty.
  return line === '' ? '""' : line;
}

/** Quoted where a reader, also one that takes another character for the delimiter, could split it. */
function quoted(cell: string, delimiter: string): string {
  const splits = cell.includes(delimiter) || /[",;|\t\r\n]|^\s|\s$/.test(cell);
  return splits ? `"${cell.replaceAll('"', '""')}"` : cell;
}
