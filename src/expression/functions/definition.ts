/** Families in the order in which docs/expressions.md prints them. */
export const families = [
  'text',
  'names',
  'contact',
  'places',
  'patterns',
  'lists',
  'dates',
  'conversion',
  'choice',
  'lookups',
] as const;
export type Family = (typeof families)[number];

/**
 * One function of the dialect. The checker, the evaluator and docs/expressions.md are made from these, and every
 * example is run by a test.
 */
export interface FunctionDefinition {
  readonly name: string;
  readonly family: Family;
  /** `method`: written behind its first argument, `x.matches(p)`. */
  readonly form: 'function' | 'method' | 'macro' | 'variable';
  readonly signatures: readonly Signature[];
  /** One sentence, as it is printed. */
  readonly meaning: string;
  readonly examples: readonly Example[];
  /** Functions of Entra's expressions that it stands for. */
  readonly entra?: readonly string[];
}

export interface Signature {
  readonly parameters: readonly Parameter[];
  /** Result in words of `ValueType`; `A` is the element type of the arguments. */
  readonly result: string;
  /**
   * Pure. Texts are strings, ints bigints, decimals numbers, dates `CalendarDate`, instants `Instant`; throws
   * `RecordFault`. Left out where CEL itself or the compiler has it.
   */
  readonly call?: (...values: never[]) => unknown;
  /** Units of work beyond those for the size of its values (`limits.work`). */
  readonly work?: (...values: never[]) => number;
}

export interface Parameter {
  readonly name: string;
  readonly type: string;
  /** What is wrong with a constant, found when the spec is checked. */
  readonly faultOf?: (constant: string) => string | undefined;
}

export interface Example {
  readonly text: string;
  /** Result as `Value`; or what the evaluation is instead. */
  readonly gives:
    | string
    | number
    | boolean
    | readonly (string | number)[]
    | { readonly not: 'absent' | 'error' };
}

/** Shorthand for a parameter. */
export function parameter(name: string, type: string, faultOf?: Parameter['faultOf']): Parameter {
  return faultOf === undefined ? { name, type } : { name, type, faultOf };
}
