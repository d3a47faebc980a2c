import { refuseLongerText } from '../limits.ts';
import { faultOfPattern, patternOf } from '../patterns.ts';
import { parameter, type FunctionDefinition } from './definition.ts';

const x = parameter('x', 'text');
/** Each character may meet each step of the pattern; 64 such meetings are one unit. */
const work = (text: string, source: string): number => (text.length * patternOf(source).programSize()) >> 6;
const pattern = parameter('pattern', 'text', faultOfPattern);

/** Patterns in RE2 syntax: time grows linearly with the text, whatever the pattern. */
export const patternFunctions: readonly FunctionDefinition[] = [
  {
    name: 'matches',
    family: 'patterns',
    form: 'method',
    signatures: [{ parameters: [x, pattern], result: 'bool', call: matches, work }],
    meaning: 'Whether the pattern is found anywhere in it; anchor it with `^` and `$` for the whole.',
    examples: [{ text: '"K-1042".matches("^K-[0-9]+$")', gives: true }],
    entra: ['REGEX MATCH'],
  },
  {
    name: 'replacePattern',
    family: 'patterns',
    form: 'function',
    signatures: [
      { parameters: [x, pattern, parameter('by', 'text')], result: 'text', call: replacePattern, work },
    ],
    meaning: 'Every match replaced by `by`, which is taken literally.',
    examples: [{ text: 'replacePattern("+49 (0)30 123", "[^0-9+]", "")', gives: '+49030123' }],
    entra: ['Replace'],
  },
];

function matches(text: string, source: string): boolean {
  return patternOf(source).test(text);
}

function replacePattern(text: string, source: string, by: string): string {
  const matcher = patternOf(source).matcher(text);
  let result = '';
  let from = 0;
  while (matcher.find()) {
    result += text.slice(from, matcher.start()) + by;
    from = matcher.end();
    refuseLongerText(result.length);
  }
  return result + text.slice(from);
}
