import type { Environment as Cel } from '@marcbachmann/cel-js';
import type { ExpressionFault } from './expression.ts';
import { allFunctions, innerName } from './functions/all.ts';
import { celName, inOurWords } from './value-types.ts';
import { applyEdits, balanced, bracketsOf, filling, type Range } from './text-ranges.ts';
import type { Resolution } from './resolution.ts';

const mostFaults = 20;
const publicNames = new Map(allFunctions.map(({ name }) => [innerName(name), name]));

/** What the checker of CEL says about a text. */
interface Checked {
  readonly faults: readonly ExpressionFault[];
  /** CEL's name of the result's type; undefined where it cannot be told. */
  readonly type: string | undefined;
}

/**
 * Checks the types of a resolved text. CEL stops at the first fault; so each faulty part is taken for a value of any
 * type and the text is checked again.
 */
export function checkTypes(cel: Cel, resolved: string, resolution: Resolution): Checked {
  const { longer } = resolution;
  const brackets = bracketsOf(resolved);
  const faults: ExpressionFault[] = [];
  let text = resolved;
  for (let round = 0; round < mostFaults; round += 1) {
    const { valid, type, error } = cel.check(text);
    if (valid) return { faults, type };
    const range = error?.range ?? { start: 0, end: text.length };
    const told = messageOf(error?.code ?? '', error?.summary ?? '');
    // Once something was given up, what any type does not fit is a consequence and no fault of its own.
    const consequence = /\bany\b/.test(told) && (text !== resolved || resolution.faults.length > 0);
    if (!consequence) faults.push({ code: codeOf(error?.code), message: told, ...extended(range, longer) });
    const whole = balanced(range.end > range.start ? range : { start: 0, end: text.length }, brackets);
    const next = applyEdits(text, [filling('_', whole)]);
    if (next === text) break;
    resolution.declareAny(whole);
    text = next;
  }
  return { faults, type: undefined };
}

/** Where a node really ends: a column behind a lookup is blank in the resolved text. */
function extended(range: Range, longer: ReadonlyMap<number, number>): Range {
  return { start: range.start, end: longer.get(range.end) ?? range.end };
}

function codeOf(code = ''): string {
  return code === 'limit_exceeded' ? 'expression/cost' : 'expression/type';
}

/** CEL's summary in our words. It comes from the expression alone, so no person's value can be in it. */
function messageOf(code: string, summary: string): string {
  const call = /^found no matching overload for '(?:(.*)\.)?(\w+)\((.*)\)'$/.exec(summary);
  if (call !== null) return callMessage(call[1], call[2] ?? '', call[3] ?? '');
  const operator = /^no such overload: (.*)$/.exec(summary)?.[1];
  if (operator !== undefined) return `there is no ${inOurWords(operator)}${operatorHint(operator)}`;
  if (code === 'optional_expected')
    return `${inOurWords(summary)}; write .? before the name of what may be absent`;
  return inOurWords(summary);
}

function callMessage(receiver: string | undefined, inner: string, given: string): string {
  const name = publicNames.get(inner) ?? inner;
  const definition = allFunctions.find((one) => one.name === name);
  const types = inOurWords([receiver, given].filter((part) => part !== undefined && part !== '').join(', '));
  const takes = definition?.signatures.map(({ parameters }) => {
    return `(${parameters.map((one) => inOurWords(celName(one.type))).join(', ')})`;
  });
  return `${name} does not take (${types})${takes === undefined ? '' : `; it takes ${takes.join(' or ')}`}`;
}

function operatorHint(operator: string): string {
  const types = new Set(operator.split(' ').filter((word) => /^[a-z]/.test(word) && word !== 'in'));
  if (types.size !== 2) return '';
  if (types.has('int') && types.has('double')) return '; decimal(x) converts';
  if (types.has('string') && types.has('date')) return '; date(x) makes a date of a text';
  return types.has('string') ? '; text(x) converts' : '';
}
