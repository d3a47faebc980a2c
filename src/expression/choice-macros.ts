import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { innerName } from './functions/all.ts';
import { absence, type Absences, RecordFault } from './record-fault.ts';

/** How many candidates `firstPresent` and `firstValid` may have. */
export const mostCandidates = 16;

interface Checker {
  check(node: ASTNode, context: unknown): { readonly name: string };
  createError(code: string, message: string, node: ASTNode): Error;
}

interface Evaluator {
  run(node: ASTNode, context: unknown): unknown;
}

/** Registers both macros for each number of arguments. */
export function registerChoices(cel: Environment, absences: Absences): void {
  for (let count = 1; count <= mostCandidates; count += 1) {
    const parameters = Array.from({ length: count }, () => 'ast').join(', ');
    for (const name of ['firstPresent', 'firstValid']) {
      const skipsFaults = name === 'firstValid';
      cel.registerFunction(
        `${innerName(name)}(${parameters}): dyn`,
        ({ args }: { args: ASTNode[] }) => ({
          typeCheck: (checker: Checker, _macro: unknown, context: unknown) =>
            commonType(name, checker, args, context),
          evaluate: (evaluator: Evaluator, _macro: unknown, context: unknown) =>
            firstOf((node) => evaluator.run(node, context), args, skipsFaults, absences),
          async: false,
        }),
        { async: false },
      );
    }
  }
}

function commonType(name: string, checker: Checker, args: readonly ASTNode[], context: unknown): unknown {
  let common: { readonly name: string } | undefined;
  for (const arg of args) {
    const type = checker.check(arg, context);
    if (common === undefined || common.name === 'dyn') common = type;
    if (type.name === common.name || type.name === 'dyn') continue;
    const message = `${name} takes arguments of one type; this is ${type.name}, the first is ${common.name}`;
    throw checker.createError('choice_of_types', message, arg);
  }
  return common;
}

function firstOf(
  run: (node: ASTNode) => unknown,
  candidates: readonly ASTNode[],
  skipsFaults: boolean,
  absences: Absences,
): unknown {
  const mark = absences.names.length;
  let fault: unknown;
  for (const candidate of candidates) {
    try {
      const value = run(candidate);
      if (value === '' || (Array.isArray(value) && value.length === 0)) continue;
      absences.forget(mark);
      return value;
    } catch (error) {
      if (error === absence) continue;
      if (!skipsFaults || (error instanceof RecordFault && error.final)) throw error;
      fault ??= error;
    }
  }
  // An error is more than an absence: with it, a target's value must not be cleared as if there were none.
  throw fault ?? absence;
}
