import { refuseLongerText } from '../limits.ts';
import { RecordFault } from '../record-fault.ts';
import { parameter, type FunctionDefinition } from './definition.ts';

const x = parameter('x', 'text');
const part = parameter('part', 'text');
const stringTests = {
  contains: (text: string, find: string) => text.includes(find),
  startsWith: (text: string, find: string) => text.startsWith(find),
  endsWith: (text: string, find: string) => text.endsWith(find),
};
type StringTest = keyof typeof stringTests;
const language = parameter('language', 'text', faultOfLanguage);

/** Text: case, blanks, parts. Positions count Unicode code points from zero. */
export const textFunctions: readonly FunctionDefinition[] = [
  {
    name: 'lower',
    family: 'text',
    form: 'function',
    signatures: [
      { parameters: [x], result: 'text', call: (text: string) => text.toLowerCase() },
      { parameters: [x, language], result: 'text', call: lowerIn },
    ],
    meaning: 'Small letters; with a language, by its rules.',
    examples: [
      { text: 'lower("ADA@Example.com")', gives: 'ada@example.com' },
      { text: 'lower("IŞIK", "tr")', gives: 'ışık' },
    ],
    entra: ['ToLower'],
  },
  {
    name: 'upper',
    family: 'text',
    form: 'function',
    signatures: [
      { parameters: [x], result: 'text', call: (text: string) => text.toUpperCase() },
      { parameters: [x, language], result: 'text', call: upperIn },
    ],
    meaning: 'Capital letters; with a language, by its rules.',
    examples: [{ text: 'upper("de")', gives: 'DE' }],
    entra: ['ToUpper'],
  },
  {
    name: 'trim',
    family: 'text',
    form: 'function',
    signatures: [{ parameters: [x], result: 'text', call: (text: string) => text.trim() }],
    meaning: 'Without blanks at both ends.',
    examples: [{ text: 'trim("  Ada ")', gives: 'Ada' }],
  },
  {
    name: 'collapse',
    family: 'text',
    form: 'function',
    signatures: [{ parameters: [x], result: 'text', call: collapse }],
    meaning: 'Like `trim`, and each run of blanks within is one space.',
    examples: [{ text: 'collapse(" Ada   King ")', gives: 'Ada King' }],
  },
  {
    name: 'replace',
    family: 'text',
    form: 'function',
    signatures: [{ parameters: [x, part, parameter('by', 'text')], result: 'text', call: replaceAll }],
    meaning: 'Every `part` replaced, taken literally; case counts.',
    examples: [{ text: 'replace("030/123/4", "/", "-")', gives: '030-123-4' }],
    entra: ['Replace'],
  },
  {
    name: 'before',
    family: 'text',
    form: 'function',
    signatures: [{ parameters: [x, part], result: 'text', call: before }],
    meaning: 'What stands before the first `part`; the whole text where there is none.',
    examples: [
      { text: 'before("ada@example.com", "@")', gives: 'ada' },
      { text: 'before("ada", "@")', gives: 'ada' },
    ],
    entra: ['Word', 'Left'],
  },
  {
    name: 'after',
    family: 'text',
    form: 'function',
    signatures: [{ parameters: [x, part], result: 'text', call: after }],
    meaning: 'What stands after the first `part`; empty text where there is none.',
    examples: [
      { text: 'after("ada@example.com", "@")', gives: 'example.com' },
      { text: 'after("ada", "@")', gives: '' },
    ],
    entra: ['Word', 'Mid'],
  },
  {
    name: 'substring',
    family: 'text',
    form: 'function',
    signatures: [
      { parameters: [x, parameter('start', 'int')], result: 'text', call: substring },
      {
        parameters: [x, parameter('start', 'int'), parameter('end', 'int')],
        result: 'text',
        call: substring,
      },
    ],
    meaning: 'From `start` up to, not including, `end`; positions beyond the text count as its end.',
    examples: [
      { text: 'substring("Müller", 0, 3)', gives: 'Mül' },
      { text: 'substring("Ada", 1)', gives: 'da' },
    ],
    entra: ['Mid', 'Left'],
  },
  {
    name: 'indexOf',
    family: 'text',
    form: 'function',
    signatures: [{ parameters: [x, part], result: 'int', call: indexOf }],
    meaning: 'Position of the first `part`, from zero; -1 where there is none.',
    examples: [{ text: 'indexOf("ada@example.com", "@")', gives: 3 }],
    entra: ['InStr'],
  },
  ...celStringTests(),
];

function celStringTests(): FunctionDefinition[] {
  return [
    stringTest('contains', 'Whether `part` stands in it; case counts.', '"Sales EMEA".contains("EMEA")'),
    stringTest('startsWith', 'Whether it begins with `part`.', '"DE-1042".startsWith("DE-")'),
    stringTest('endsWith', 'Whether it ends with `part`.', '"ada@example.com".endsWith("@example.com")'),
  ];
}

/** CEL has them as well; ours count the work, as texts can be long by then. */
function stringTest(name: StringTest, meaning: string, example: string): FunctionDefinition {
  return {
    name,
    family: 'text',
    form: 'method',
    signatures: [{ parameters: [x, part], result: 'bool', call: stringTests[name] }],
    meaning,
    examples: [{ text: example, gives: true }],
    ...(name === 'contains' ? { entra: ['InStr'] } : {}),
  };
}

function faultOfLanguage(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag).length === 1 ? undefined : 'it names no language';
  } catch {
    return 'it is no language tag such as "tr"';
  }
}

function lowerIn(text: string, tag: string): string {
  if (faultOfLanguage(tag) !== undefined)
    throw RecordFault.of('lower() was given a text that names no language');
  return text.toLocaleLowerCase(tag);
}

function upperIn(text: string, tag: string): string {
  if (faultOfLanguage(tag) !== undefined)
    throw RecordFault.of('upper() was given a text that names no language');
  return text.toLocaleUpperCase(tag);
}

function collapse(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

function replaceAll(text: string, find: string, by: string): string {
  if (find === '') throw RecordFault.of('replace() was told to replace empty text');
  const pieces = text.split(find);
  refuseLongerText(text.length + (pieces.length - 1) * (by.length - find.length));
  return pieces.join(by);
}

function before(text: string, separator: string): string {
  const at = text.indexOf(separator);
  return at < 0 ? text : text.slice(0, at);
}

function after(text: string, separator: string): string {
  const at = text.indexOf(separator);
  return at < 0 ? '' : text.slice(at + separator.length);
}

function substring(text: string, start: bigint, end?: bigint): string {
  if (start < 0n || (end !== undefined && end < start))
    throw RecordFault.of('substring() has an end before its start');
  const points = Array.from(text);
  return points.slice(Number(start), end === undefined ? undefined : Number(end)).join('');
}

function indexOf(text: string, find: string): bigint {
  const at = text.indexOf(find);
  return at < 0 ? -1n : BigInt(Array.from(text.slice(0, at)).length);
}
