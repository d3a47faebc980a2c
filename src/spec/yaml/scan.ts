import { Lexer } from 'yaml';

/** A fault of the text itself, found before anything is built from it. */
export interface TextFault {
  readonly offset: number;
  readonly code: string;
  readonly message: string;
  readonly suggestion?: string;
}

/** What one file may hold. Measured: 50,000 values are parsed in under a second, and every count is linear. */
export const textLimits = { depth: 100, values: 50_000, marks: 200_000, documents: 1_000 } as const;

/**
 * Reads the text as tokens only, in one linear pass: refuses what must never reach the parser (nesting that would
 * exhaust the stack, more values than a person writes, anchors and aliases, tags, control characters). An empty
 * result means that parsing is cheap and bounded.
 */
export function scanText(text: string): readonly TextFault[] {
  // The lexer marks its own tokens with control characters, so none may come from the file.
  const control = controlCharacter.exec(text);
  if (control !== null) return [controlFault(control)];
  const faults: TextFault[] = [];
  const depth = new Depth();
  const counts = { values: 0, marks: 0, documents: 0 };
  let offset = text.startsWith('\uFEFF') ? 1 : 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    if (token === '\u001F') {
      isScalar = true;
      counts.values += 1;
    }
    if (token === '\u001F' || token === '\u0002' || token === '\u0018' || token === '\uFEFF') continue;
    if (token === '---') counts.documents += 1;
    if (!/^[\s#]/.test(token)) counts.marks += 1;
    depth.token(token);
    const fault =
      (isScalar ? undefined : refusedToken(token, offset)) ?? overLimit(counts, depth.levels, offset);
    isScalar = false;
    if (fault !== undefined) faults.push(fault);
    if (fault?.code === 'spec/too-large' || faults.length === mostFaults) return faults;
    offset += token.length;
  }
  return faults;
}

const mostFaults = 100;
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const controlCharacter = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u200B\u2060]/;

function controlFault(match: RegExpExecArray): TextFault {
  const hex = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return {
    offset: match.index,
    code: 'spec/control-character',
    message: `the character U+${hex} is not allowed in specs`,
    suggestion: 'remove it; inside double quotes it can be written as an escape',
  };
}

/** How deep lists and maps are nested at the current token; never less than the parser would nest. */
class Depth {
  #flow = 0;
  /** Columns at which a block list or map may have begun. */
  readonly #columns: number[] = [];
  #column = 0;

  get levels(): number {
    return this.#flow + this.#columns.length;
  }

  token(token: string): void {
    const first = token[0];
    if (token === '[' || token === '{') this.#flow += 1;
    else if (token === ']' || token === '}') this.#flow = Math.max(0, this.#flow - 1);
    else if (this.#flow === 0 && first !== ' ' && first !== '\n' && first !== '\r' && first !== '#')
      this.#begin();
    const end = token.lastIndexOf('\n');
    this.#column = end === -1 ? this.#column + token.length : token.length - end - 1;
  }

  #begin(): void {
    while ((this.#columns.at(-1) ?? -1) >= this.#column) this.#columns.pop();
    this.#columns.push(this.#column);
  }
}

function refusedToken(token: string, offset: number): TextFault | undefined {
  const first = token[0];
  if (first === '&' || first === '*') {
    const what = first === '&' ? 'anchors' : 'aliases';
    return {
      offset,
      code: 'spec/alias',
      message: `YAML ${what} (${token}) are not allowed in specs`,
      suggestion: `use a Mapping, Filter or Schedule to share, or quote text that begins with ${first}`,
    };
  }
  if (first === '%') {
    return { offset, code: 'spec/directive', message: `YAML directives (${token}) are not allowed in specs` };
  }
  if (first !== '!') return undefined;
  return {
    offset,
    code: 'spec/tag',
    message: `YAML tags (${token}) are not allowed in specs`,
    suggestion: 'quote text that begins with !',
  };
}

function overLimit(
  counts: { readonly values: number; readonly marks: number; readonly documents: number },
  depth: number,
  offset: number,
): TextFault | undefined {
  const code = 'spec/too-large';
  if (depth > textLimits.depth) {
    return { offset, code, message: `more than ${textLimits.depth} levels of lists and maps` };
  }
  if (counts.documents > textLimits.documents) {
    return { offset, code, message: `more than ${textLimits.documents} documents in one file` };
  }
  if (counts.values <= textLimits.values && counts.marks <= textLimits.marks) return undefined;
  return {
    offset,
    code,
    message: `more than ${textLimits.values} values in one file`,
    suggestion: 'split it; a large table belongs in a CSV file that a Lookup names',
  };
}
