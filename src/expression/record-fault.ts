/**
 * A fault of one record, met while an expression is evaluated. The message holds no person's value, so there are few
 * messages; each has one object for all records, and a column of rubbish costs no stack trace for each person.
 */
export class RecordFault extends Error {
  override readonly name = 'RecordFault';
  /** No other candidate is tried after it: the evaluation has used up its work. */
  readonly final: boolean;

  private constructor(message: string, final: boolean) {
    super(message);
    this.final = final;
  }

  static of(message: string, final = false): RecordFault {
    const known = faults.get(message);
    if (known !== undefined) return known;
    const made = new RecordFault(message, final);
    faults.set(message, made);
    return made;
  }
}

const faults = new Map<string, RecordFault>();

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
