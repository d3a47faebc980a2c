import type { ASTNode } from '@marcbachmann/cel-js';
import { celMacros, innerName } from './functions/all.ts';
import { attributeOfVariable } from './resolution.ts';

const choices = ['firstPresent', 'firstValid'].map(innerName);
const lazyMethods: readonly string[] = [...celMacros, 'or', 'orValue'];

/** `firstPresent` and `firstValid`: of their candidates the first that there is counts. */
export function isChoice(node: ASTNode): node is ASTNode & { readonly op: 'call' } {
  return node.op === 'call' && choices.includes(node.args[0]);
}

/** Attributes without which a part of a resolved expression has no value, whatever the others are. */
export function needsOf(node: ASTNode): readonly number[] {
  const found = new Set<number>();
  collect(node, found);
  return [...found];
}

function collect(node: ASTNode, found: Set<number>): void {
  const { op } = node;
  if (op === 'value' || op === '||' || op === '&&') return;
  if (op === 'id') {
    const id = attributeOfVariable(node.args);
    if (id !== undefined) found.add(id);
  } else if (op === '?:' || op === '.' || op === '.?') collect(node.args[0], found);
  else if (op === '!_' || op === '-_') collect(node.args, found);
  else if (op === 'map') collectAll(node.args.flat(), found);
  else if (op === 'call') {
    if (!choices.includes(node.args[0])) collectAll(node.args[1], found);
  } else if (op === 'rcall') {
    collect(node.args[1], found);
    if (!lazyMethods.includes(node.args[0])) collectAll(node.args[2], found);
  } else collectAll(node.args, found);
}

function collectAll(nodes: readonly ASTNode[], found: Set<number>): void {
  for (const node of nodes) collect(node, found);
}
