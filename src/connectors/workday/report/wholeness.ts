import type { JsonObject } from '../../json.ts';
import type { ReportConfig } from '../schema.ts';
import { valueOf } from '../values.ts';
import { cellOf } from './columns.ts';

/**
 * What shows that a report is whole, besides its last bracket: RaaS has no total and no pages. Nobody comes twice, and
 * what the config expects of the number of rows holds.
 */
export class Wholeness {
  readonly #expected: ReportConfig['complete'];
  readonly #doubt: (what: string) => Error;
  readonly #seen = new Set<string>();
  #records = 0;
  #total: number | undefined;

  /** `doubt` makes the error of half a sentence. */
  constructor(expected: ReportConfig['complete'], doubt: (what: string) => Error) {
    this.#expected = expected;
    this.#doubt = doubt;
  }

  /** One more row. A record without an id is that record's error, and somebody else's judgement. */
  take(id: string, entry: JsonObject): void {
    this.#records += 1;
    if (id !== '' && this.#seen.has(id)) {
      throw this.#doubt(
        'two rows with one id; let the report have one row for each worker (a column of several instances makes more)',
      );
    }
    this.#seen.add(id);
    const { totalColumn } = this.#expected;
    if (totalColumn === undefined) return;
    const total = valueOf(cellOf(entry, totalColumn), 'int');
    if (typeof total !== 'number' || total !== (this.#total ?? total)) {
      throw this.#doubt(
        `no number of rows, or two, in the column "${totalColumn}" (config.complete.totalColumn)`,
      );
    }
    this.#total = total;
  }

  /** The last row was taken. */
  end(): { readonly records: number; readonly total: number | undefined; readonly end: string } {
    const { atLeast = 0, totalColumn } = this.#expected;
    const rows = `${String(this.#records)} rows`;
    if (this.#total !== undefined && this.#total !== this.#records) {
      throw this.#doubt(`${rows} where its column "${totalColumn ?? ''}" says ${String(this.#total)}`);
    }
    if (this.#records < atLeast)
      throw this.#doubt(`${rows}, fewer than config.complete.atLeast (${String(atLeast)})`);
    const also = [
      ...(this.#total === undefined ? [] : ['as many rows as its column says']),
      ...(atLeast === 0 ? [] : ['at least as many rows as expected']),
    ];
    return {
      records: this.#records,
      total: this.#total,
      end: ['the last bracket of the report', ...also].join(', '),
    };
  }
}
