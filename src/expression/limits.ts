import { RecordFault } from './record-fault.ts';

/** What keeps the cost of one expression bounded; printed in docs/expressions.md. */
export const limits = {
  /** Characters of an expression's own text. */
  expressionLength: 10_000,
  /** Nodes of its syntax tree. */
  nodes: 2_000,
  /** Brackets within brackets. */
  depth: 100,
  /** `all`, `exists`, `exists_one`, `filter`, `map` within each other. */
  comprehensionDepth: 2,
  /** How many of them an expression may hold. */
  comprehensions: 10,
  /** `+` in an expression; and within `all`, `exists`, `exists_one`, `filter`, `map`. */
  sums: 100,
  sumsInComprehension: 10,
  /** Elements of a list, read, made on the way, or as the result. */
  listLength: 1_000,
  /** Elements of a list that is handed on as the record has it. */
  wholeList: 10_000,
  /** Characters of a text, likewise. */
  textLength: 10_000,
  /** Characters of a pattern. */
  patternLength: 1_000,
  /** Units of work of one evaluation; a call costs one, and one more for each 64 characters or element. */
  work: 200_000,
} as const;

/** Counts the work of one evaluation and refuses what is too long; one for each compiler, started anew each time. */
export class Meter {
  #left: number = limits.work;

  start(): void {
    this.#left = limits.work;
  }

  /** Takes `units` from what is left. @throws RecordFault when nothing is left. */
  spend(units: number): void {
    this.#left -= units;
    if (this.#left < 0) throw RecordFault.of('it takes too much work for this record', true);
  }

  /** Accounts for a value that a function takes or gives. @throws RecordFault when it is too long. */
  weigh(value: unknown): void {
    if (typeof value === 'string') {
      if (value.length > limits.textLength) throw tooLong('text', limits.textLength, 'characters');
      this.spend(1 + (value.length >> 6));
    } else if (Array.isArray(value)) {
      if (value.length > limits.listLength) throw tooLong('list', limits.listLength, 'elements');
      this.spend(1 + value.length);
    }
  }
}

/** For a function that knows how long its result will be before it makes it. @throws RecordFault when too long. */
export function refuseLongerText(length: number): void {
  if (length > limits.textLength) throw tooLong('text', limits.textLength, 'characters');
}

/** The fault of a value that is longer than the limits allow. */
export function tooLong(what: string, most: number, unit: string, where = ''): RecordFault {
  return RecordFault.of(`${where}a ${what} is too long: at most ${most.toLocaleString('en')} ${unit}`);
}
