import { attributeOf, childrenOf, textIn, type XmlElement } from '../../xml.ts';

/** Alternatives, the first that leads to something counts. */
export type Path = readonly (readonly Step[])[];

type Step =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'child'; readonly name: string; readonly tests: readonly Test[] };

type Test =
  | { readonly kind: 'at'; readonly index: number }
  /** Something there has this text, whatever its case; without a text, something is there. */
  | { readonly kind: 'has'; readonly path: Path; readonly text: string | undefined };

/**
 * A path below Worker, in the part of XPath that the published lists of Workday's attributes mostly use: names, `@name`,
 * `[@name='text']`, `[a/b='text']`, `[1]`, `[last()]`, `|`. The prefix `wd:`, `Worker/` in front and `/text()` at the end
 * may stand there. Throws `SyntaxError` for anything else.
 */
export function parsePath(text: string): Path {
  const reader = new PathReader(text.replaceAll(/\bwd:/g, ''));
  const path = reader.alternatives();
  reader.end();
  return path.map((steps) => (isWorker(steps[0]) ? steps.slice(1) : steps));
}

export function isPath(text: string): boolean {
  try {
    return parsePath(text).length > 0;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** The texts that the path leads to, empty ones left out: of the first alternative that has any. */
export function textsAt(element: XmlElement, path: Path): readonly string[] {
  for (const steps of path) {
    const last = steps.at(-1);
    const elements = walk(element, last?.kind === 'attribute' ? steps.slice(0, -1) : steps);
    const texts = elements.map((one) =>
      last?.kind === 'attribute' ? attributeOf(one, last.name) : textIn(one),
    );
    const some = texts.filter((one) => one !== undefined && one !== '') as readonly string[];
    if (some.length > 0) return some;
  }
  return [];
}

/** Whether the path leads to any element or attribute, empty or not. */
export function leadsSomewhere(element: XmlElement, path: Path): boolean {
  return path.some((steps) => {
    const last = steps.at(-1);
    if (last?.kind !== 'attribute') return walk(element, steps).length > 0;
    return walk(element, steps.slice(0, -1)).some((one) => attributeOf(one, last.name) !== undefined);
  });
}

function walk(element: XmlElement, steps: readonly Step[]): readonly XmlElement[] {
  let now: readonly XmlElement[] = [element];
  for (const step of steps) {
    if (step.kind === 'attribute') return [];
    now = now.flatMap((one) => {
      let found = childrenOf(one, step.name);
      for (const test of step.tests)
        found = found.filter((child, index) => holds(test, child, index, found.length));
      return found;
    });
  }
  return now;
}

function holds(test: Test, element: XmlElement, index: number, count: number): boolean {
  if (test.kind === 'at') return index === (test.index < 0 ? count + test.index : test.index);
  const { path, text } = test;
  if (text === undefined) return leadsSomewhere(element, path);
  return textsAt(element, path).some((one) => one.toLowerCase() === text.toLowerCase());
}

function isWorker(step: Step | undefined): boolean {
  return step?.kind === 'child' && step.name === 'Worker' && step.tests.length === 0;
}

class PathReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  alternatives(): Path {
    const path = [this.#steps()];
    while (this.#take(/\|/y) !== undefined) path.push(this.#steps());
    return path;
  }

  end(): void {
    this.#take(/\s*/y);
    if (this.#at < this.#text.length) throw this.#fault();
  }

  #steps(): readonly Step[] {
    const steps = [this.#step()];
    while (this.#take(/\//y) !== undefined) {
      if (this.#take(/text\(\)/y) !== undefined) break;
      if (steps.at(-1)?.kind === 'attribute') throw this.#fault();
      steps.push(this.#step());
    }
    return steps;
  }

  #step(): Step {
    const attribute = this.#take(/@[\w.-]+/y);
    if (attribute !== undefined) return { kind: 'attribute', name: attribute.slice(1) };
    const name = this.#take(/[A-Za-z_][\w.-]*/y);
    if (name === undefined) throw this.#fault();
    const tests: Test[] = [];
    while (this.#take(/\[/y) !== undefined) {
      tests.push(this.#test());
      if (this.#take(/\]/y) === undefined) throw this.#fault();
    }
    return { kind: 'child', name, tests };
  }

  #test(): Test {
    const index = this.#take(/(?:position\(\)\s*=\s*)?[1-9]\d{0,3}(?=\s*\])/y);
    if (index !== undefined) return { kind: 'at', index: Number(/\d+$/.exec(index)?.[0]) - 1 };
    const last = this.#take(/last\(\)(?:\s*=\s*position\(\))?(?=\s*\])/y);
    if (last !== undefined) return { kind: 'at', index: -1 };
    const path = [this.#steps()];
    if (this.#take(/=/y) === undefined) return { kind: 'has', path, text: undefined };
    const text = this.#take(/'[^']*'|"[^"]*"|\d+/y);
    if (text === undefined) throw this.#fault();
    return { kind: 'has', path, text: text.replaceAll(/^['"]|['"]$/g, '') };
  }

  /** What matches here, after any space. */
  #take(pattern: RegExp): string | undefined {
    const space = /\s*/y;
    space.lastIndex = this.#at;
    space.test(this.#text);
    pattern.lastIndex = Math.max(this.#at, space.lastIndex);
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at = pattern.lastIndex;
    return found;
  }

  #fault(): SyntaxError {
    return new SyntaxError(`"${this.#text}" cannot be read as a path at character ${String(this.#at + 1)}`);
  }
}
