import type { ASTNode } from '@marcbachmann/cel-js';
import { innerName } from './functions/all.ts';
import { firstOf } from './first-of.ts';
import { fastLeaf } from './fast-leaf.ts';
import { isChoice, needsOf } from './needs.ts';
import { absence } from './record-fault.ts';
import { isNullVariable, type Shared, type Variables } from './resolution.ts';
import { balanced, type Brackets } from './text-ranges.ts';

/**
 * Runs on what `variables` holds. Gives `absence` where the result depends on what is absent (a part run by CEL may
 * also throw it), and throws faults.
 */
export type Program = (variables: Variables) => unknown;

/**
 * Makes the program of a resolved and checked text.
 *
 * The logic on top (`||`, `&&`, `!`, `?:`, the choices) is run here and its parts by CEL, for two reasons: what is absent is known
 * before a part is run, which costs a look instead of an exception, and what made a clause undecided is told exactly.
 */
export function programOf(root: ASTNode, text: string, brackets: Brackets, shared: Shared): Program {
  const build = (node: ASTNode): Program => {
    if (node.op === '||') return decided(true, build(node.args[0]), build(node.args[1]), shared);
    if (node.op === '&&') return decided(false, build(node.args[0]), build(node.args[1]), shared);
    if (node.op === '!_') return negated(build(node.args));
    if (node.op === '?:') return chosen(build(node.args[0]), build(node.args[1]), build(node.args[2]));
    if (isChoice(node))
      return first(node.args[1].map(build), node.args[0] === innerName('firstValid'), shared);
    return isNullVariable(node) ? () => null : leaf(node, text, brackets, shared);
  };
  return build(root);
}

/**
 * One side that is `decisive` decides, whatever the other is. Otherwise an error outweighs an absence: it stays when
 * the value comes.
 */
function decided(decisive: boolean, left: Program, right: Program, shared: Shared): Program {
  const { absences } = shared;
  return (variables) => {
    const mark = absences.names.length;
    let fault: unknown;
    for (const side of [left, right]) {
      try {
        const value = side(variables);
        if (value === absence) fault ??= absence;
        if (value !== decisive) continue;
        absences.forget(mark);
        return decisive;
      } catch (error) {
        if (fault === undefined || fault === absence) fault = error;
      }
    }
    if (fault === undefined) return !decisive;
    if (fault === absence) return absence;
    throw fault;
  };
}

function negated(inner: Program): Program {
  return (variables) => {
    const value = inner(variables);
    return value === absence ? absence : value !== true;
  };
}

function chosen(condition: Program, yes: Program, no: Program): Program {
  return (variables) => {
    const which = condition(variables);
    if (which === absence) return absence;
    return which === true ? yes(variables) : no(variables);
  };
}

function first(candidates: readonly Program[], skipsFaults: boolean, { absences }: Shared): Program {
  return (variables) => firstOf(candidates, variables, skipsFaults, absences);
}

function leaf(node: ASTNode, text: string, brackets: Brackets, shared: Shared): Program {
  const { start, end } = balanced(node, brackets);
  const parsed = shared.cel.parse(text.slice(start, end));
  // Checked once here, so that no evaluation has to.
  parsed.check();
  const run: Program = fastLeaf(node, shared) ?? parsed;
  const needs = needsOf(node);
  if (needs.length === 0) return run;
  return (variables) => {
    if (!shared.records.havePresent(variables.record, needs)) return absence;
    return run(variables);
  };
}
