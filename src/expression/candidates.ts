import type { ASTNode } from '@marcbachmann/cel-js';
import type { ExpressionFault } from './expression.ts';
import type { Program } from './program.ts';
import { absence, type Absences } from './record-fault.ts';

/** `unique([…])` around a whole expression: what it chooses from. */
export interface UniqueCall {
  /** The list alone, at its place in a text of the same length. */
  readonly list: string;
  readonly counter: boolean;
}

export const notOutermost =
  'unique stands only around the whole value of an attribute: which candidate is free is decided with the target in view';

const usage =
  'unique takes a list of candidates, and "counter" where the last may get a number: unique([a, b], "counter")';

/** The call that an expression consists of, what is wrong with it, or undefined for any other expression. */
export function uniqueCallOf(root: ASTNode, text: string): UniqueCall | ExpressionFault | undefined {
  if (root.op !== 'call' || root.args[0] !== 'unique') return undefined;
  const [list, counter, ...others] = root.args[1];
  const isCounter = counter?.op === 'value' && counter.args === 'counter';
  const isEmpty = list?.op === 'list' && list.args.length === 0;
  if (list === undefined || isEmpty || others.length > 0 || (counter !== undefined && !isCounter)) {
    return { code: 'expression/type', message: usage, start: root.start, end: root.end };
  }
  // The brackets around the arguments and around the list stay with the call: what is between them is the list.
  const start = text.indexOf('(', root.start + 'unique'.length) + 1;
  const end = counter === undefined ? text.lastIndexOf(')', root.end) : text.lastIndexOf(',', counter.start);
  const kept = text.slice(start, end);
  return { list: kept.padStart(end, ' ').padEnd(text.length, ' '), counter: isCounter };
}

/** Every candidate that there is; one that is absent is passed over. */
export function allOf(candidates: readonly Program[], absences: Absences): Program {
  return (variables) => {
    const found: unknown[] = [];
    for (const candidate of candidates) {
      try {
        const value = candidate(variables);
        if (value !== absence) found.push(value);
      } catch (error) {
        if (error !== absence) throw error;
      }
    }
    if (found.length === 0) return absence;
    absences.forget(0);
    return found;
  };
}
