import { expect } from 'vitest';
import { createCompiler } from '../../src/expression/compiler.ts';
import type {
  Evaluation,
  Expression,
  ExpressionFault,
  LookupTable,
} from '../../src/expression/expression.ts';
import type { AttributeSpec } from '../../src/model/attribute.ts';
import type { Value, ValueType } from '../../src/model/value.ts';

/** What an invented HR system publishes about people. */
export const attributes: readonly AttributeSpec[] = [
  { name: 'id', type: 'text', class: 'internal' },
  { name: 'email', type: 'text', class: 'personal' },
  { name: 'first_name', type: 'text', class: 'personal' },
  { name: 'status', type: 'text', class: 'internal' },
  { name: 'department', type: 'text', class: 'public' },
  { name: 'country', type: 'text', class: 'internal' },
  { name: 'cost_center', type: 'text', class: 'internal' },
  { name: 'salary', type: 'int', class: 'sensitive' },
  { name: 'weekly_hours', type: 'decimal', class: 'internal' },
  { name: 'remote', type: 'bool', class: 'internal' },
  { name: 'hire_date', type: 'date', class: 'internal' },
  { name: 'last_day', type: 'date', class: 'sensitive' },
  { name: 'created_at', type: 'instant', class: 'internal' },
  { name: 'tags', type: 'list<text>', class: 'internal' },
  { name: 'scores', type: 'list<int>', class: 'internal' },
  { name: 'office.name', type: 'text', class: 'internal' },
  { name: 'office.timezone', type: 'text', class: 'internal' },
  { name: 'custom.Hire date', type: 'text', class: 'personal' },
  { name: 'custom.No. of kids', type: 'int', class: 'sensitive' },
];

const divisions: LookupTable = {
  name: 'divisions',
  columns: ['name', 'Cost center'],
  rows: new Map([['4711', { name: 'Sales', 'Cost center': '' }]]),
};

export type Row = Readonly<Record<string, Value>>;

export const today = '2026-11-22';
export const compiler = createCompiler({ source: attributes, lookups: new Map([['divisions', divisions]]) });
const columns = attributes.map(({ name }) => name);
const binder = compiler.bindColumns(columns);

/** The compiled expression; the test fails with its faults where it has some. */
export function compiled(text: string, expected: ValueType | 'any' = 'any'): Expression {
  const made = compiler.compile(text, expected);
  if (!('evaluate' in made)) expect.unreachable(`${text}: ${made.map(({ message }) => message).join('; ')}`);
  return made;
}

export function evaluate(text: string, row: Row = {}): Evaluation {
  return compiled(text).evaluate(
    binder.bind(
      columns.map((name) => row[name]),
      today,
    ),
  );
}

/** The value; or `absent: a, b`; or `error`. */
export function outcome(text: string, row: Row = {}): Value {
  const evaluation = evaluate(text, row);
  if (evaluation.kind === 'value') return evaluation.value;
  return evaluation.kind === 'absent' ? `absent: ${evaluation.attributes.join(', ')}` : 'error';
}

export function faultsOf(text: string, expected: ValueType | 'any' = 'any'): readonly ExpressionFault[] {
  const made = compiler.compile(text, expected);
  return 'evaluate' in made ? [] : made;
}

/** Each fault as its code, and the part of the text that it points at. */
export function pointed(text: string, expected: ValueType | 'any' = 'any'): readonly string[] {
  return faultsOf(text, expected).map(
    ({ code, start, end }) => `${code.replace('expression/', '')}: ${text.slice(start, end)}`,
  );
}
