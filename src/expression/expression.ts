import type { AttributeSpec } from '../model/attribute.ts';
import type { DataClass, Value, ValueType } from '../model/value.ts';

/** What an expression may see. */
export interface Environment {
  /** Attributes of the variable `source`, nested by the dots in their names. */
  readonly source: readonly AttributeSpec[];
  /** Tables for `lookup("name", key).column`. */
  readonly lookups: ReadonlyMap<string, LookupTable>;
}

/** A table for expressions: rows by key, columns all text. */
export interface LookupTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** A fault at offsets of the expression's own text; the loader adds the place in the file. */
export interface ExpressionFault {
  /** `expression/syntax`, `expression/unknown-attribute`, `expression/type`, `expression/cost`, … */
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly suggestion?: string;
}

export interface Expression {
  readonly text: string;
  readonly type: ValueType;
  /** Attributes of `source` that it reads, sorted. */
  readonly reads: readonly string[];
  /** Those of `reads` that something else follows where they are missing; left out where there are none. */
  readonly fallbacks?: Fallbacks;
  readonly lookups: readonly string[];
  readonly readsToday: boolean;
  /** The highest class of what it reads. */
  readonly class: DataClass;
  /** Set for `unique([…])`: it gives a list of candidates for one text. With a counter the last may get a number. */
  readonly candidates?: { readonly counter: boolean };
  /** Pure, bounded, synchronous. */
  evaluate(record: RecordView): Evaluation;
}

/**
 * What the author says to take where an attribute is missing (`firstPresent`, `firstValid`): for each place that reads it the
 * candidates that follow, each as the attributes that it reads, at least one.
 */
export type Fallbacks = ReadonlyMap<string, readonly (readonly (readonly string[])[])[]>;

export type Evaluation =
  /** `null` only when the expression itself says null. */
  | { readonly kind: 'value'; readonly value: Value }
  /** The result depends on attributes that are absent (or null): these, sorted. For a clause: undecided. */
  | { readonly kind: 'absent'; readonly attributes: readonly string[] }
  /** A fault of this record (a date that is none); no person's value in the message. */
  | { readonly kind: 'error'; readonly message: string };

/** One person's record as expressions see it; made by a `RecordBinder`, valid until the next is made. */
export interface RecordView {
  readonly opaque: unknown;
}

/** Turns rows into what expressions see, once for each person; prepared once for each reading. */
export interface RecordBinder {
  /** `values` in the order of the columns given to `bindColumns`; `today` is `YYYY-MM-DD` in the person's zone. */
  bind(values: readonly (Value | undefined)[], today: string): RecordView;
}

/** The one module that knows CEL. Made once for each environment; compiling is not free. */
export interface ExpressionCompiler {
  /** `expected` is the type the result must have; `'any'` for whatever it is. Faults: all that are found. */
  compile(text: string, expected: ValueType | 'any'): Expression | readonly ExpressionFault[];
  bindColumns(attributes: readonly string[]): RecordBinder;
}
