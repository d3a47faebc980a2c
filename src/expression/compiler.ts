import { type ASTNode, ParseError, type ParseResult } from '@marcbachmann/cel-js';
import { highestClass, type ValueType } from '../model/value.ts';
import { Attributes } from './attributes.ts';
import { allOf, type UniqueCall, uniqueCallOf } from './candidates.ts';
import { makeCel } from './environment.ts';
import { evaluator } from './evaluation.ts';
import { fallbacksOf } from './fallbacks.ts';
import type { Environment, Expression, ExpressionCompiler, ExpressionFault } from './expression.ts';
import { limits, Meter } from './limits.ts';
import { pictureFault } from './picture-mark.ts';
import { programOf } from './program.ts';
import { Absences } from './record-fault.ts';
import { Records } from './record.ts';
import { Resolution, type Shared } from './resolution.ts';
import { resolve } from './resolve.ts';
import { resultType } from './result-type.ts';
import { applyEdits, bracketsOf } from './text-ranges.ts';
import { checkTypes } from './type-check.ts';
import { wholeList } from './whole-list.ts';

/**
 * The compiler for one environment. Compiling costs some tens of microseconds; expressions of one compiler share their
 * working memory and are evaluated one at a time, as everything here is synchronous.
 */
export function createCompiler(environment: Environment): ExpressionCompiler {
  const shared = shareFor(environment);
  return {
    compile: (text, expected) => compile(text, expected, shared),
    bindColumns: (columns) => shared.records.binder(columns),
  };
}

function shareFor({ source, lookups }: Environment): Shared {
  const absences = new Absences();
  const meter = new Meter();
  return {
    cel: makeCel(meter, absences),
    attributes: new Attributes(source),
    lookups,
    records: new Records(source, absences, meter),
    absences,
    meter,
    columnFunctions: new Map(),
    variables: {},
  };
}

function compile(
  text: string,
  expected: ValueType | 'any',
  shared: Shared,
): Expression | readonly ExpressionFault[] {
  const parsed = parse(text, shared);
  if ('code' in parsed) return [parsed];
  const call = uniqueCallOf(parsed.ast, text);
  if (call === undefined) return compileParsed(parsed, text, expected, shared);
  return 'code' in call ? [call] : compileCandidates(call, text, shared);
}

/** The list is checked as an expression of its own, at its own place. */
function compileCandidates(
  { list, counter }: UniqueCall,
  text: string,
  shared: Shared,
): Expression | readonly ExpressionFault[] {
  const parsed = parse(list, shared);
  if ('code' in parsed) return [parsed];
  const compiled = compileParsed(parsed, list, 'list<text>', shared, true);
  return Array.isArray(compiled)
    ? (compiled as readonly ExpressionFault[])
    : { ...(compiled as Expression), text, type: 'text', candidates: { counter } };
}

function compileParsed(
  parsed: ParseResult,
  text: string,
  expected: ValueType | 'any',
  shared: Shared,
  givesCandidates = false,
): Expression | readonly ExpressionFault[] {
  const resolution = new Resolution(text, shared);
  resolve(parsed.ast, resolution);
  const resolved = applyEdits(text, resolution.edits);
  const checked = checkTypes(shared.cel, resolved, resolution);
  const picture = pictureFault(parsed.ast, resolution);
  if (picture !== undefined) return sorted([...resolution.faults, picture]);
  const faults = [...resolution.faults, ...checked.faults];
  // A part that was given up may be of any type; whether the whole fits is then not known.
  if (checked.type === undefined || (faults.length > 0 && checked.type.includes('dyn')))
    return sorted(faults);
  const type = resultType(checked.type, expected, resolved, resolution);
  if (typeof type === 'object') faults.push(...type);
  if (typeof type === 'object' || faults.length > 0) return sorted(faults);
  return expressionOf(text, type, resolved, resolution, givesCandidates);
}

function parse(text: string, { cel }: Shared): ParseResult | ExpressionFault {
  if (text.length > limits.expressionLength) {
    const message = `an expression has at most ${limits.expressionLength.toLocaleString('en')} characters`;
    return { code: 'expression/cost', message, start: limits.expressionLength, end: text.length };
  }
  try {
    return cel.parse(text);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return syntaxFault(error, text);
  }
}

function syntaxFault(error: ParseError, text: string): ExpressionFault {
  const { start, end } = error.range ?? { start: 0, end: text.length };
  const tooMuch = error.code === 'limit_exceeded';
  const message = tooMuch ? `it is too large: ${error.summary.replace('Exceeded ', '')}` : error.summary;
  return { code: tooMuch ? 'expression/cost' : 'expression/syntax', message, start, end };
}

function expressionOf(
  text: string,
  type: ValueType,
  resolved: string,
  resolution: Resolution,
  givesCandidates: boolean,
): Expression {
  const { shared } = resolution;
  const specs = [...resolution.reads].flatMap((id) => shared.attributes.all[id] ?? []);
  const reads = specs.map(({ name }) => name).toSorted();
  const root = shared.cel.parse(resolved).ast;
  const programFor = (node: ASTNode) => programOf(node, resolved, bracketsOf(resolved), shared);
  const program =
    givesCandidates && root.op === 'list'
      ? allOf(root.args.map(programFor), shared.absences)
      : programFor(root);
  const fallbacks = fallbacksOf(root, shared.attributes);
  return {
    text,
    type,
    reads,
    ...(fallbacks === undefined ? {} : { fallbacks }),
    lookups: [...resolution.lookups].toSorted(),
    readsToday: resolution.readsToday,
    class: highestClass(specs.map((spec) => spec.class)),
    evaluate: wholeList(root, shared) ?? evaluator(program, reads, shared),
  };
}

function sorted(faults: readonly ExpressionFault[]): readonly ExpressionFault[] {
  return faults.toSorted((a, b) => a.start - b.start || a.end - b.end);
}
