import type { ASTNode, Environment } from '@marcbachmann/cel-js';
import { innerName } from './functions/all.ts';
import { firstOf } from './first-of.ts';
import { absence, type Absences } from './record-fault.ts';

/** How many candidates `firstPresent` and `firstValid` may have. */
const mostCandidates = 16;

interface Checker {
  check(node: ASTNode, context: unknown): { readonly name: string };
  createError(code: string, message: string, node: ASTNode): Error;
}

interface Run {
  readonly evaluator: { run(node: ASTNode, context: unknown): unknown };
  readonly context: unknown;
}

/** Registers both macros for each number of arguments. */
export function registerChoices(cel: Environment, absences: Absences): void {
  for (let count = 1; count <= mostCandidates; count += 1) {
    const parameters = Array.from({ length: count }, () => 'ast').join(', ');
    for (const name of ['firstPresent', 'firstValid']) {
      const expand = ({ args }: { args: ASTNode[] }) => macro(name, args, absences);
      cel.registerFunction(`${innerName(name)}(${parameters}): dyn`, expand, { async: false });
    }
  }
}

function macro(name: string, args: readonly ASTNode[], absences: Absences) {
  const candidates = args.map(
    (node) =>
      ({ evaluator, context }: Run) =>
        evaluator.run(node, context),
  );
  const skipsFaults = name === 'firstValid';
  return {
    async: false,
    typeCheck: (checker: Checker, _macro: unknown, context: unknown) =>
      commonType(name, checker, args, context),
    evaluate: (evaluator: Run['evaluator'], _macro: unknown, context: unknown) => {
      const found = firstOf(candidates, { evaluator, context }, skipsFaults, absences);
      if (found === absence) throw absence;
      return found;
    },
  };
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
