/** A stretch of an expression's text, the end not included. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A stretch and the text of the same length that takes its place. */
export interface Edit extends Range {
  readonly text: string;
}

/** The places of brackets that belong together, in an expression that parses. */
export type Brackets = readonly Range[];

/** Finds the brackets outside strings and comments. */
export function bracketsOf(text: string): Brackets {
  const found: Range[] = [];
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"' || sign === "'") at = endOfString(text, at) - 1;
    else if (sign === '/' && text[at + 1] === '/') at = endOfLine(text, at);
    else if (sign === '(') open.push(at);
    else if (sign === ')') {
      const start = open.pop();
      if (start !== undefined) found.push({ start, end: at + 1 });
    }
  }
  return found;
}

/**
 * The stretch widened until every bracket in it has its partner: a node of the syntax tree begins behind the brackets
 * around its first part, as in `(a || b) && c`.
 */
export function balanced(range: Range, brackets: Brackets): Range {
  let { start, end } = range;
  for (let changed = true; changed;) {
    changed = false;
    for (const pair of brackets) {
      const opens = pair.start >= start && pair.start < end;
      const closes = pair.end > start && pair.end <= end;
      if (opens === closes) continue;
      [start, end, changed] = [Math.min(start, pair.start), Math.max(end, pair.end), true];
    }
  }
  return { start, end };
}

/** Applies edits of the same length; one that lies within another is dropped. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = edits.toSorted((a, b) => a.start - b.start || b.end - a.end);
  let result = '';
  let from = 0;
  for (const edit of sorted) {
    if (edit.start < from) continue;
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}

/** `word` filled up with underscores to the length of the range. */
export function filling(word: string, { start, end }: Range): Edit {
  return { start, end, text: word.padEnd(end - start, '_') };
}

export function blank({ start, end }: Range): Edit {
  return { start, end, text: ' '.repeat(end - start) };
}

function endOfString(text: string, start: number): number {
  const quote = text[start] ?? '"';
  const delimiter = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  for (let at = start + delimiter.length; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text.startsWith(delimiter, at)) return at + delimiter.length;
  }
  return text.length;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}
