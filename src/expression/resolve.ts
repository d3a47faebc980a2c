import type { ASTNode } from '@marcbachmann/cel-js';
import { notOutermost } from './candidates.ts';
import { celMacros, innerName } from './functions/all.ts';
import type { FunctionDefinition } from './functions/definition.ts';
import { functions, insteadOfFunction, insteadOfMethod, methodNames, methods } from './known-names.ts';
import { columnOf, resolveColumn } from './lookup-column.ts';
import { nearest } from '../model/nearest.ts';
import type { Resolution } from './resolution.ts';
import { type Access, attributeAt, isAccess, sourcePathOf } from './source-path.ts';
import { balanced, filling, type Range } from './text-ranges.ts';

/** Where in the expression a node stands. */
interface Place {
  /** Variables of the comprehensions around it. */
  readonly bound: ReadonlySet<string>;
  readonly depth: number;
  /** Its value is the value of the whole expression. */
  readonly isResult: boolean;
}

/** Walks the tree and collects reads, faults and edits; the edits make the text that CEL checks and runs. */
export function resolve(root: ASTNode, into: Resolution): void {
  visit(root, { bound: new Set(), depth: 0, isResult: true }, into);
}

function visit(node: ASTNode, place: Place, into: Resolution): void {
  const inner: Place = place.isResult ? { ...place, isResult: false } : place;
  if (node.op === 'value') visitConstant(node, place, into);
  else if (node.op === 'id') visitName(node, node.args, place, into);
  else if (node.op === 'call') visitCall(node, node.args[0], node.args[1], inner, into);
  else if (node.op === 'rcall') visitMethod(node, ...node.args, inner, into);
  else if (node.op === '!_' || node.op === '-_') visit(node.args, inner, into);
  else if (node.op === 'map') visitAll(node.args.flat(), inner, into);
  else if (node.op === '?:') {
    visit(node.args[0], inner, into);
    visitAll(node.args.slice(1), place, into);
  } else if (isAccess(node)) visitAccess(node, inner, into);
  else {
    if (node.op === '+') into.countSum(node, inner.depth);
    visitAll(node.args, inner, into);
  }
}

function visitAll(nodes: readonly ASTNode[], place: Place, into: Resolution): void {
  for (const node of nodes) visit(node, place, into);
}

function visitConstant(node: ASTNode, place: Place, into: Resolution): void {
  const value: unknown = node.args;
  if (value === null && place.isResult) return into.readNull(node);
  if (value === null) {
    into.fault('null', node, 'null stands only as a result; has(source.x) asks whether there is a value');
  } else if (typeof value === 'object') {
    into.fault('type', node, 'unsigned numbers and bytes are not part of the dialect');
  } else return;
  into.giveUp(node);
}

function visitName(node: ASTNode, name: string, place: Place, into: Resolution): void {
  if (place.bound.has(name)) return;
  if (name === 'today') return into.readToday();
  if (name === 'source') return visitAttribute(node, into);
  const attribute = into.shared.attributes.nearestTo(name);
  const variable = nearest(name, ['source', 'today', ...place.bound]) ?? attribute;
  const hint = variable === undefined ? 'the variables are source and today' : `did you mean ${variable}?`;
  into.fault('unknown-name', node, `there is no variable "${name}"`, hint);
  into.giveUp(node);
}

function visitAccess(node: Access, place: Place, into: Resolution): void {
  if (!place.bound.has('source') && sourcePathOf(node) !== undefined) return visitAttribute(node, into);
  const column = columnOf(node);
  if (column !== undefined) {
    resolveColumn(column, into);
    return visitAll(column.call.args[1].slice(1), place, into);
  }
  visit(node.args[0], place, into);
  if (node.op === '[]' || node.op === '[?]') visit(node.args[1], place, into);
}

function visitAttribute(node: ASTNode, into: Resolution): void {
  const path = sourcePathOf(node);
  if (path === undefined) return;
  const range = balanced(node, into.brackets);
  const found = attributeAt(path, node, into.shared.attributes);
  if (typeof found === 'number')
    return into.readAttribute(found, path.optional ? 'optional' : 'value', range);
  into.faults.push(found);
  into.giveUp(range);
}

function visitCall(
  node: ASTNode,
  name: string,
  args: readonly ASTNode[],
  place: Place,
  into: Resolution,
): void {
  if (name === 'has') return visitHas(node, args, into);
  const range = { start: node.start, end: node.start + name.length };
  const definition = functions.get(name);
  visitAll(args, place, into);
  if (name === 'lookup') {
    into.fault('unknown-column', node, 'a lookup gives a row; name a column: lookup("table", key).column');
    return into.giveUp(balanced(node, into.brackets));
  }
  if (name === 'unique') {
    into.fault('unique', range, notOutermost);
    return into.giveUp(balanced(node, into.brackets));
  }
  if (definition === undefined || definition.form === 'variable') {
    const hint = insteadOfFunction(name);
    into.fault('unknown-function', range, `there is no function "${name}"`, hint);
    return into.giveUp(balanced(node, into.brackets));
  }
  checkConstants(definition, args, into);
  into.edits.push(filling(innerName(name), range));
}

function visitHas(node: ASTNode, args: readonly ASTNode[], into: Resolution): void {
  const [arg] = args;
  const path = arg === undefined || args.length > 1 ? undefined : sourcePathOf(arg);
  if (arg === undefined || path === undefined) {
    into.fault('type', node, 'has() takes one attribute, such as has(source.email)');
    return into.giveUp(balanced(node, into.brackets));
  }
  const found = attributeAt(path, arg, into.shared.attributes);
  if (typeof found === 'number') return into.readAttribute(found, 'present', balanced(node, into.brackets));
  into.faults.push(found);
  into.giveUp(balanced(node, into.brackets));
}

function visitMethod(
  node: ASTNode,
  name: string,
  receiver: ASTNode,
  args: readonly ASTNode[],
  place: Place,
  into: Resolution,
): void {
  visit(receiver, place, into);
  const range = methodRange(name, receiver, args, into);
  if ((celMacros as readonly string[]).includes(name)) return visitComprehension(args, range, place, into);
  visitAll(args, place, into);
  const definition = methods.get(name);
  if (definition === undefined && !methodNames.includes(name)) {
    const hint = insteadOfMethod(name);
    into.fault('unknown-function', range, `there is no function "${name}" behind a dot`, hint);
    return into.giveUp(balanced(node, into.brackets));
  }
  if (definition === undefined) return;
  checkConstants(definition, [receiver, ...args], into);
  into.edits.push(filling(innerName(name), range));
}

/** Between the receiver, with the brackets around it, and the bracket of the arguments. */
function methodRange(name: string, receiver: ASTNode, args: readonly ASTNode[], into: Resolution): Range {
  let from = receiver.end;
  for (let dot = from; into.text[dot] !== '.' && dot < into.text.length; dot += 1) from = dot + 1;
  const limit = args[0]?.start ?? into.text.length;
  const start = into.text.indexOf(name, from);
  return start < 0 || start > limit ? receiver : { start, end: start + name.length };
}

function visitComprehension(args: readonly ASTNode[], range: Range, place: Place, into: Resolution): void {
  const [variable, ...bodies] = args;
  const depth = place.depth + 1;
  into.enterComprehension(depth, range);
  if (variable?.op !== 'id') return visitAll(args, place, into);
  const name = variable.args;
  if (name === 'source' || name === 'today' || name.startsWith('_')) {
    into.fault('unknown-name', variable, `"${name}" cannot name an element; take a name such as "x"`);
  }
  visitAll(bodies, { ...place, depth, bound: new Set([...place.bound, name]) }, into);
}

/** Patterns, formats and tables that stand there as constants are judged when the spec is. */
function checkConstants(definition: FunctionDefinition, args: readonly ASTNode[], into: Resolution): void {
  const signature = definition.signatures.find(({ parameters }) => parameters.length === args.length);
  args.forEach((arg, index) => {
    const parameter = signature?.parameters[index];
    if (parameter?.faultOf === undefined || arg.op !== 'value' || typeof arg.args !== 'string') return;
    const wrong = parameter.faultOf(arg.args);
    if (wrong !== undefined) into.fault('constant', arg, `${parameter.name} of ${definition.name}: ${wrong}`);
  });
}
