import type { AttributeSpec } from '../model/attribute.ts';
import type { Value } from '../model/value.ts';
import { parseDate } from './calendar.ts';
import type { RecordBinder } from './expression.ts';
import { intakeOf, type Intake } from './intake.ts';
import type { Meter } from './limits.ts';
import type { Absences } from './record-fault.ts';

/** One bound record. Nothing is converted before an expression reads it. */
export class BoundRecord {
  readonly owner: Records;
  /** For each attribute of the environment its place in `values`, or -1. */
  readonly places: Int32Array;
  values: readonly (Value | undefined)[] = [];
  today = '';

  constructor(owner: Records, places: Int32Array) {
    this.owner = owner;
    this.places = places;
  }

  /** The value of an attribute by its id; undefined when it is absent or null. */
  raw(id: number): Value | undefined {
    return this.values[this.places[id] ?? -1] ?? undefined;
  }
}

/** Makes records for one environment, and reads them. */
export class Records {
  readonly #attributes: readonly AttributeSpec[];
  readonly #intakes: readonly Intake[];
  readonly #absences: Absences;
  readonly #meter: Meter;

  constructor(attributes: readonly AttributeSpec[], absences: Absences, meter: Meter) {
    this.#attributes = attributes;
    this.#intakes = attributes.map(intakeOf);
    this.#absences = absences;
    this.#meter = meter;
  }

  /** A binder for rows with these columns; the same record object is filled anew for each row. */
  binder(columns: readonly string[]): RecordBinder {
    const byName = new Map(columns.map((name, place) => [name, place]));
    const places = Int32Array.from(this.#attributes, ({ name }) => byName.get(name) ?? -1);
    const record = new BoundRecord(this, places);
    const view = { opaque: record };
    return {
      bind(values, today) {
        record.values = values;
        record.today = today;
        return view;
      },
    };
  }

  /** What CEL works with. @throws RecordFault, or `absence` after noting the attribute. */
  read(record: BoundRecord, id: number): unknown {
    const value = record.raw(id);
    if (value === undefined) return this.#absences.fail(this.#attributes[id]?.name ?? '');
    return this.#take(value, id);
  }

  /** Like `read`, with undefined for absent. */
  readIfPresent(record: BoundRecord, id: number): unknown {
    const value = record.raw(id);
    return value === undefined ? undefined : this.#take(value, id);
  }

  /** True when all are present; otherwise notes those that are not. */
  havePresent(record: BoundRecord, ids: readonly number[]): boolean {
    let all = true;
    for (const id of ids) {
      if (record.raw(id) !== undefined) continue;
      all = false;
      this.#absences.names.push(this.#attributes[id]?.name ?? '');
    }
    return all;
  }

  today(record: BoundRecord): unknown {
    const found = parseDate(record.today);
    if (found === undefined) throw new TypeError('a record was bound with a "today" that is not YYYY-MM-DD');
    return found;
  }

  #take(value: Value, id: number): unknown {
    const taken = this.#intakes[id]?.(value);
    if (Array.isArray(taken)) this.#meter.weigh(taken);
    return taken;
  }
}
