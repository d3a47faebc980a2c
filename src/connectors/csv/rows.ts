import type { Row } from '../../model/row.ts';
import type { Value } from '../../model/value.ts';
import { unreadable } from '../unreadable.ts';
import type { Column } from './cells.ts';
import { broken, type Place } from './place.ts';
import { idColumns, recordId } from './record-id.ts';
import type { CsvConfig } from './schema.ts';

/** Makes rows of the records of a file with this header. Throws `Waiting` where it lacks a column that is needed. */
export function rowMaker(
  config: CsvConfig,
  header: readonly string[],
  columns: readonly Column[],
  place: Place,
): (record: readonly string[]) => Row {
  const at = (name: string) => {
    const index = header.indexOf(name);
    if (index >= 0) return index;
    const what = `has no column "${name}" among its ${String(header.length)}; check the export, config.id and config.columns`;
    throw broken(place, 'ColumnMissing', what);
  };
  const ids = idColumns(config).map(at);
  const guards = config.write?.formulas === 'guard';
  const state = config.write?.active === undefined ? undefined : stateOf(config, at(config.write.active));
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
    const [only] = ids;
    const id =
      ids.length === 1 && !guards
        ? (record[only as number] ?? '').trim()
        : recordId(
            ids.map((index) => record[index] ?? ''),
            guards,
          );
    const row = fault === undefined ? { id, values } : { id, values, fault };
    return state === undefined ? row : state(record, row);
  };
}

/** Whether a row counts. One that says nothing does, as rows do that others add. */
function stateOf(
  { booleans, write }: CsvConfig,
  index: number,
): (record: readonly string[], row: Row) => Row {
  const words = new Map([
    ...booleans.false.map((word) => [word.toLowerCase(), false] as const),
    ...booleans.true.map((word) => [word.toLowerCase(), true] as const),
    ['', true] as const,
  ]);
  return (record, row) => {
    const active = words.get((record[index] ?? '').trim().toLowerCase());
    if (active !== undefined) return { ...row, active };
    return { fault: `${write?.active ?? ''} (internal) is no bool`, ...row };
  };
}
