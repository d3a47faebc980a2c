import type { Intent, Resolution } from '../../model/order.ts';
import type { Value } from '../../model/value.ts';
import { isNothing } from '../../model/value.ts';
import type { Column } from './cells.ts';
import type { CsvConfig } from './schema.ts';
import type { Table } from './table.ts';

/**
 * What became of an order, by the file as it is now. A new file takes the place of the old one as a whole: a row is as it
 * was ordered, or the order was not carried out.
 */
export function resolveIn(
  intent: Intent,
  table: Table,
  columns: ReadonlyMap<string, Column>,
  config: CsvConfig,
): Resolution {
  const id = intent.kind === 'create' ? idOf(intent, table, columns) : (intent.accountId ?? '');
  if (table.isDouble(id)) return { state: 'unknown' };
  const record = table.get(id);
  const done = { state: 'done', accountId: id } as const;
  if (intent.kind === 'delete') return record === undefined ? done : { state: 'not-done' };
  if (record === undefined) return { state: 'not-done' };
  const holds = (values: Readonly<Record<string, Value>>) =>
    Object.entries(values).every(([name, value]) => cellHolds(record, table, columns.get(name), value));
  // Somebody may have edited the row since; whose it is, is told by its identity.
  if (intent.kind === 'create') return holds(intent.identity) ? done : { state: 'unknown' };
  const { active } = config.write ?? {};
  if (intent.kind !== 'update' && active !== undefined) {
    const words = intent.kind === 'enable' ? config.booleans.true : config.booleans.false;
    const cell = record[table.column(active) ?? -1]?.trim().toLowerCase() ?? '';
    if (!words.some((word) => word.toLowerCase() === cell)) return { state: 'not-done' };
  }
  return holds(intent.set) ? done : { state: 'not-done' };
}

function idOf({ set }: Intent, table: Table, columns: ReadonlyMap<string, Column>): string {
  const record = table.header.map(() => '');
  for (const [name, value] of Object.entries(set)) {
    const column = columns.get(name);
    const at = column === undefined ? undefined : table.column(column.header);
    if (column !== undefined && at !== undefined) record[at] = column.written(value) ?? '';
  }
  return table.idOf(record);
}

function cellHolds(
  record: readonly string[],
  table: Table,
  column: Column | undefined,
  value: Value,
): boolean {
  const at = column === undefined ? undefined : table.column(column.header);
  if (column === undefined || at === undefined) return false;
  const text = column.written(value);
  if (text === undefined) return false;
  const [theirs, ours] = [column.cell(record[at] ?? ''), column.cell(text)];
  return theirs === ours || (isNothing(theirs) && isNothing(ours));
}
