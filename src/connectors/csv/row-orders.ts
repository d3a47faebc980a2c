import type { Order, Result } from '../../model/order.ts';
import type { Value } from '../../model/value.ts';
import type { Column } from './cells.ts';
import { canEncode } from './encode.ts';
import { idColumns } from './record-id.ts';
import type { CsvConfig } from './schema.ts';
import type { Table } from './table.ts';

type Refusal = NonNullable<Result['error']>;

/** What one order came to in the table: the row's id, or why nothing was done. The file is not written yet. */
export type Carried = { readonly accountId: string } | { readonly refusal: Refusal };

/** Carries one order out in the table. */
export function carryOut(
  order: Order,
  table: Table,
  columns: ReadonlyMap<string, Column>,
  config: CsvConfig,
): Carried {
  const cells = cellsOf(order.set, table, columns, config);
  if (!(cells instanceof Map)) return { refusal: cells };
  if (order.kind === 'create') return create(order, table, cells, config);
  const id = order.accountId ?? '';
  if (table.isDouble(id)) return refuse('Ambiguous', 'the file has several rows with the id of this one');
  const record = table.get(id);
  if (order.kind === 'delete') {
    table.remove(id);
    return { accountId: id };
  }
  if (record === undefined) return refuse('NotThere', 'the file has no row with this id any more');
  const active = order.kind === 'update' ? undefined : order.kind === 'enable';
  const fault = setActive(cells, active, table, config);
  if (fault !== undefined) return { refusal: fault };
  const after = record.map((cell, index) => cells.get(index) ?? cell);
  if (table.idOf(after) !== id) return refuse('IdChanges', 'the id of a row cannot be changed');
  record.splice(0, record.length, ...after);
  return { accountId: id };
}

function create(order: Order, table: Table, cells: Map<number, string>, config: CsvConfig): Carried {
  const lacking = idColumns(config).find((name) => (cells.get(table.column(name) ?? -1) ?? '') === '');
  if (lacking !== undefined) {
    return refuse('NoId', `nothing is given for the column "${lacking}", of which the id of a row is made`);
  }
  const fault =
    config.write?.active === undefined ? undefined : setActive(cells, order.active !== false, table, config);
  if (fault !== undefined) return { refusal: fault };
  const record = table.header.map((_name, index) => cells.get(index) ?? '');
  const id = table.idOf(record);
  if (table.get(id) !== undefined) return refuse('AlreadyThere', 'the file has a row with this id already');
  table.add(record);
  return { accountId: id };
}

function setActive(
  cells: Map<number, string>,
  active: boolean | undefined,
  table: Table,
  { write, booleans }: CsvConfig,
): Refusal | undefined {
  if (active === undefined) return undefined;
  const at = write?.active === undefined ? undefined : table.column(write.active);
  if (at === undefined)
    return refusal('NotAble', 'no column says whether a row counts; name it in config.write.active');
  cells.set(at, (active ? booleans.true[0] : booleans.false[0]) ?? '');
  return undefined;
}

function cellsOf(
  set: Readonly<Record<string, Value>>,
  table: Table,
  columns: ReadonlyMap<string, Column>,
  { encoding }: CsvConfig,
): Map<number, string> | Refusal {
  const cells = new Map<number, string>();
  for (const [name, value] of Object.entries(set)) {
    const column = columns.get(name);
    const at = column === undefined ? undefined : table.column(column.header);
    if (column === undefined || at === undefined)
      return refusal('ColumnMissing', `the file has no column for "${name}"`);
    const text = column.written(value);
    if (text === undefined)
      return refusal('ValueRefused', `"${name}" has a value that is no ${column.form} here`);
    if (!canEncode(text, encoding))
      return refusal('ValueRefused', `"${name}" has a character that ${encoding} does not have`);
    cells.set(at, text);
  }
  return cells;
}

/** Of this row only. */
export function refusal(reason: string, message: string): Refusal {
  return { reason, message, fate: 'person' };
}

function refuse(reason: string, message: string): Carried {
  return { refusal: refusal(reason, message) };
}
