import type { ASTNode } from '@marcbachmann/cel-js';
import type { ValueType } from '../model/value.ts';
import type { ExpressionFault } from './expression.ts';
import { isNullVariable, type Resolution } from './resolution.ts';
import { balanced } from './text-ranges.ts';
import { inOurWords, valueTypeOf } from './value-types.ts';

/** The type of a checked expression, or what is wrong with it where `expected` asks for another. */
export function resultType(
  celType: string,
  expected: ValueType | 'any',
  resolved: string,
  resolution: Resolution,
): ValueType | readonly ExpressionFault[] {
  const types = resolution.hasNull ? typesBesideNull(resolved, resolution) : [celType];
  const [first, other] = types;
  if (first === undefined) return expected === 'any' ? 'text' : expected;
  if (other !== undefined)
    return fault(`its results have several types: ${inOurWords(types.join(', '))}`, resolution);
  if (first === 'list' || first === 'list<T>') return emptyList(expected, resolution);
  const type = valueTypeOf(first);
  if (type === undefined) return fault(noValue(first), resolution);
  if (expected === 'any' || type === expected || isWider(expected, type)) return type;
  return fault(`it gives ${type}, and ${expected} is needed here${hintFor(type, expected)}`, resolution);
}

/** CEL takes null for any type, so the results beside it are checked one by one. */
function typesBesideNull(resolved: string, { shared, brackets }: Resolution): readonly string[] {
  const types = new Set<string>();
  const collect = (node: ASTNode): void => {
    if (node.op === '?:') [node.args[1], node.args[2]].forEach(collect);
    else if (!isNullVariable(node)) {
      const { start, end } = balanced(node, brackets);
      types.add(shared.cel.check(resolved.slice(start, end)).type ?? 'dyn');
    }
  };
  collect(shared.cel.parse(resolved).ast);
  return [...types];
}

function emptyList(
  expected: ValueType | 'any',
  resolution: Resolution,
): ValueType | readonly ExpressionFault[] {
  if (expected === 'any') return 'list<text>';
  return expected.startsWith('list<')
    ? expected
    : fault(`it gives a list, and ${expected} is needed here`, resolution);
}

function noValue(celType: string): string {
  const what = inOurWords(celType);
  if (celType.startsWith('optional')) return `it gives ${what}; end it with .orValue(…), or leave the .? out`;
  return `it gives ${what}, which no attribute can hold`;
}

/** A whole number is a decimal, too. */
function isWider(expected: ValueType, type: ValueType): boolean {
  return (expected === 'decimal' && type === 'int') || (expected === 'list<decimal>' && type === 'list<int>');
}

function hintFor(type: ValueType, expected: ValueType): string {
  if (type === 'picture' || type.startsWith('list<') || expected.startsWith('list<')) return '';
  if (expected === 'text') return '; text(x) converts';
  if (expected === 'date' && (type === 'text' || type === 'instant')) return '; date(x) converts';
  return expected === 'int' && type !== 'bool' ? '; int(x) converts' : '';
}

function fault(message: string, { text }: Resolution): readonly ExpressionFault[] {
  return [{ code: 'expression/type', message, start: 0, end: text.length }];
}
