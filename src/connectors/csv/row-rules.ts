import type { Table } from './table.ts';

/** What whoever imports a list asks of its rows, besides what the columns of the config say. */
export interface RowRules {
  /**
   * Why rows with these ids would be refused, with all of them in the table; only of these. A sentence for each, without
   * anybody's values.
   */
  faultsOf(table: Table, ids: ReadonlySet<string>): ReadonlyMap<string, string>;
  /** The rows in the order in which they are wanted; as they stand where there is none. */
  inOrder(table: Table): Iterable<readonly string[]> | undefined;
}
