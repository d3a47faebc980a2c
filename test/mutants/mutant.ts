/** One mistake that somebody could make in the code, and what it would do to people. */
export interface Mutant {
  readonly name: string;
  /** Below `src`. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly text: string;
  readonly instead: string;
  readonly harm: string;
  /** Why no test can tell it from the real code; it counts as a survivor all the same. */
  readonly same?: string;
}

type Said = readonly [name: string, text: string, instead: string, harm: string, same?: string];

/** The mistakes in one file. */
export function inFile(file: string, ...mistakes: readonly Said[]): readonly Mutant[] {
  return mistakes.map(([name, text, instead, harm, same]) => ({
    name,
    file,
    text,
    instead,
    harm,
    ...(same === undefined ? {} : { same }),
  }));
}
