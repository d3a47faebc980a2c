/** A fault of one record, met while an expression is evaluated. The message holds no person's value. */
export class RecordFault extends Error {
  override readonly name = 'RecordFault';
  /** No other candidate is tried after it: the evaluation has used up its work. */
  readonly final: boolean;

  constructor(message: string, final = false) {
    // A column of rubbish makes one for each person, and nobody reads where it was thrown.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.final = final;
  }
}

/**
 * Thrown where a value is needed and there is none. One object for all, so that the usual case of an empty attribute
 * costs no stack trace; who throws it has noted the attribute in `Absences`.
 */
export const absence: Error = new Error('absent');

/** The attributes found absent during one evaluation. */
export class Absences {
  readonly names: string[] = [];

  /** Notes what is absent and throws `absence`. */
  fail(name: string): never {
    this.names.push(name);
    throw absence;
  }

  /** What was noted since `mark` (an earlier length of `names`) turned out not to matter. */
  forget(mark: number): void {
    this.names.length = mark;
  }

  sorted(): readonly string[] {
    return this.names.length === 1 ? [...this.names] : [...new Set(this.names)].toSorted();
  }
}
