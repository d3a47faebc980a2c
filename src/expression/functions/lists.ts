import { absence, RecordFault } from '../record-fault.ts';
import { parameter, type FunctionDefinition } from './definition.ts';

const list = parameter('list', 'list<A>');

/** Lists. CEL's own `in`, `[n]`, `+`, `all`, `exists`, `exists_one`, `filter` and `map` are there as well. */
export const listFunctions: readonly FunctionDefinition[] = [
  {
    name: 'size',
    family: 'lists',
    form: 'function',
    signatures: [
      { parameters: [parameter('x', 'text')], result: 'int', call: sizeOfText },
      {
        parameters: [list],
        result: 'int',
        call: (values: readonly unknown[]) => BigInt(values.length),
      },
    ],
    meaning: 'Characters (code points) of a text, elements of a list.',
    examples: [
      { text: 'size("Zoë")', gives: 3 },
      { text: 'size(["a", "b"])', gives: 2 },
    ],
    entra: ['Count', 'Len'],
  },
  {
    name: 'first',
    family: 'lists',
    form: 'function',
    signatures: [{ parameters: [list], result: 'A', call: first }],
    meaning: 'The first element; absent for an empty list.',
    examples: [
      { text: 'first(["a", "b"])', gives: 'a' },
      { text: 'first(split("", ","))', gives: { not: 'absent' } },
    ],
    entra: ['Item'],
  },
  {
    name: 'distinct',
    family: 'lists',
    form: 'function',
    signatures: [{ parameters: [list], result: 'list<A>', call: distinct }],
    meaning: 'Each element once, in the order of its first place.',
    examples: [{ text: 'distinct(["b", "a", "b"])', gives: ['b', 'a'] }],
    entra: ['RemoveDuplicates'],
  },
  {
    name: 'split',
    family: 'lists',
    form: 'function',
    signatures: [
      { parameters: [parameter('x', 'text'), parameter('by', 'text')], result: 'list<text>', call: split },
    ],
    meaning: 'The parts between `by`, each trimmed; an empty list for empty text.',
    examples: [{ text: 'split("Sales, Support", ",")', gives: ['Sales', 'Support'] }],
    entra: ['Split', 'Word'],
  },
  {
    name: 'join',
    family: 'lists',
    form: 'function',
    signatures: [
      { parameters: [parameter('list', 'list<text>'), parameter('by', 'text')], result: 'text', call: join },
    ],
    meaning: 'One text, with `by` between the elements.',
    examples: [{ text: 'join(["Sales", "Support"], "; ")', gives: 'Sales; Support' }],
    entra: ['Join'],
  },
];

function sizeOfText(text: string): bigint {
  let points = 0;
  for (const _ of text) points += 1;
  return BigInt(points);
}

function first(values: readonly unknown[]): unknown {
  const [found] = values;
  if (found === undefined) throw absence;
  return found;
}

function distinct(values: readonly unknown[]): readonly unknown[] {
  const seen = new Map<unknown, unknown>();
  for (const value of values) {
    const key = keyOf(value);
    if (!seen.has(key)) seen.set(key, value);
  }
  return [...seen.values()];
}

/** Dates and instants are objects; their text says which one it is. */
function keyOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'text' in value ? value.text : value;
}

function split(text: string, separator: string): readonly string[] {
  if (separator === '') throw RecordFault.of('split() was given empty text to split by');
  if (text === '') return [];
  return text.split(separator).map((piece) => piece.trim());
}

function join(values: readonly string[], separator: string): string {
  return values.join(separator);
}
