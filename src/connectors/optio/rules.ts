import type { Value } from '../../model/value.ts';
import type { Column } from '../csv/cells.ts';
import type { RowRules } from '../csv/row-rules.ts';
import type { Table } from '../csv/table.ts';
import { columnsOf, statuses } from './columns.ts';
import type { OptioConfig } from './schema.ts';

/** One row's values by attribute; null where the cell holds nothing, or nothing that its type could be. */
export type Values = (attribute: string) => Value;

/**
 * What a portal asks of an employee. An end of employment ends vesting, so that nobody is inactive without its date, and
 * no date lies before the first day. Nobody's values are in the sentence.
 */
export function faultOf(
  values: Values,
  { legalEntities }: Pick<OptioConfig, 'legalEntities'>,
): string | undefined {
  const [hired, left, status, entity] = ['hire_date', 'termination_date', 'status', 'legal_entity'].map(
    values,
  );
  if (legalEntities !== undefined && !legalEntities.some((one) => one === entity))
    return '"legal_entity" (internal) is none of config.legalEntities; correct it at the source, or add it there and in the portal';
  if (status !== null && !statuses.some((one) => one === status))
    return `"status" (internal) is none of ${statuses.join(', ')}; map it to one of them`;
  if (status === 'inactive' && left === null)
    return '"termination_date" (personal) is missing of somebody inactive, whose equity would go on vesting; map it from the source';
  if (typeof hired === 'string' && typeof left === 'string' && left < hired)
    return '"termination_date" (personal) is before "hire_date" (personal); leave out the end of an earlier employment';
  return undefined;
}

/** The rules of one connection for the rows of its file. */
export class OptioRules implements RowRules {
  readonly #config: OptioConfig;
  readonly #columns: ReadonlyMap<string, Column>;
  /** Rows of the table that was made last. */
  rows = 0;

  constructor(config: OptioConfig) {
    this.#config = config;
    this.#columns = columnsOf(config);
  }

  faultsOf(table: Table, ids: ReadonlySet<string>): ReadonlyMap<string, string> {
    const faults = new Map<string, string>();
    const holders = this.#byAddress(table);
    for (const id of ids) {
      const record = table.get(id);
      if (record === undefined) continue;
      const values = this.#valuesOf(table, record);
      const address = addressOf(values);
      const isShared = address !== '' && (holders.get(address) ?? 0) > 1;
      const fault = isShared
        ? 'another employee of the file has the same "company_email" (personal)'
        : faultOf(values, this.#config);
      if (fault !== undefined) faults.set(id, fault);
    }
    return faults;
  }

  /** By identifier, so that equal employees make equal files. */
  inOrder(table: Table): Iterable<readonly string[]> {
    const records = [...table.records()];
    this.rows = records.length;
    return records.toSorted((a, b) => (table.idOf(a) < table.idOf(b) ? -1 : 1));
  }

  #byAddress(table: Table): ReadonlyMap<string, number> {
    const holders = new Map<string, number>();
    for (const record of table.records()) {
      const address = addressOf(this.#valuesOf(table, record));
      holders.set(address, (holders.get(address) ?? 0) + 1);
    }
    return holders;
  }

  #valuesOf(table: Table, record: readonly string[]): Values {
    return (attribute) => {
      const column = this.#columns.get(attribute);
      const at = column === undefined ? undefined : table.column(column.header);
      return column === undefined || at === undefined ? null : (column.cell(record[at] ?? '') ?? null);
    };
  }
}

function addressOf(values: Values): string {
  const address = values('company_email');
  return typeof address === 'string' ? address.trim().toLowerCase() : '';
}
