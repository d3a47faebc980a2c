import type { Scalar } from 'yaml';

/**
 * Where the character at `offset` of a scalar's value stands in the file: value and source are read side by side, so
 * quotes, escapes, line breaks and indentation are stepped over. `undefined` where they can't be brought together.
 */
export function sourceOffset(scalar: Scalar, text: string, offset: number): number | undefined {
  const { value, range, type } = scalar;
  if (typeof value !== 'string' || range === null || range === undefined) return undefined;
  let at = bodyStart(type, text, range[0]);
  const end = range[1];
  const indent = isBlock(type) ? indentation(text, at) : 0;
  for (let index = 0; index <= Math.min(offset, value.length); index += 1) {
    if (indent > 0 && text[at - 1] === '\n') at += Math.min(indent, indentation(text, at));
    if (index === offset) return Math.min(at, end);
    const width = widthOf(type, text, at, value[index] ?? '');
    if (width === undefined) return undefined;
    at += width;
  }
  return Math.min(at, end);
}

type ScalarType = Scalar['type'];

function isBlock(type: ScalarType): boolean {
  return type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
}

function bodyStart(type: ScalarType, text: string, start: number): number {
  if (isBlock(type)) return text.indexOf('\n', start) + 1 || text.length;
  return type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? start + 1 : start;
}

/** Blanks at the start of a line. */
function indentation(text: string, lineStart: number): number {
  let at = lineStart;
  while (text[at] === ' ') at += 1;
  return at - lineStart;
}

/** How many characters of the source make this one character of the value. */
function widthOf(type: ScalarType, text: string, at: number, wanted: string): number | undefined {
  const found = text[at];
  if (found === '\\' && type === 'QUOTE_DOUBLE') return escapeWidth(text, at);
  if (found === "'" && type === 'QUOTE_SINGLE') return text[at + 1] === "'" ? 2 : undefined;
  if (found === wanted && wanted !== ' ') return 1;
  // A folded line break is a blank in the value: blanks, the break and the next line's indentation are one.
  const fold = /[ \t]*\r?\n[ \t]*/y;
  fold.lastIndex = at;
  const folded = wanted === ' ' ? fold.exec(text) : null;
  if (folded !== null) return folded[0].length;
  return found === wanted ? 1 : undefined;
}

function escapeWidth(text: string, at: number): number | undefined {
  const kind = text[at + 1];
  if (kind === '\n' || kind === '\r' || kind === 'U') return undefined;
  if (kind === 'x') return 4;
  return kind === 'u' ? 6 : 2;
}
