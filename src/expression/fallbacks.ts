import type { ASTNode } from '@marcbachmann/cel-js';
import type { Attributes } from './attributes.ts';
import type { Fallbacks } from './expression.ts';
import { isChoice, needsOf } from './needs.ts';

/** What follows where an attribute is missing, as the ids that it reads: none for what has nothing to follow. */
type Following = readonly (readonly number[])[];

/**
 * Attributes of a resolved expression which `firstPresent` or `firstValid` passes over where they are missing, wherever they are
 * read, with what may follow. A constant that follows is not one: it would be everybody's value, and says nothing of them.
 */
export function fallbacksOf(root: ASTNode, attributes: Attributes): Fallbacks | undefined {
  const places = new Map<number, Following[]>();
  visit(root, new Map(), places);
  const passedOver = [...places].filter(([, following]) => following.every(({ length }) => length > 0));
  if (passedOver.length === 0) return undefined;
  const names = (ids: readonly number[]) => ids.flatMap((id) => attributes.all[id]?.name ?? []);
  return new Map(
    passedOver.flatMap(([id, following]) =>
      names([id]).map((name) => [name, following.map((one) => one.map(names))]),
    ),
  );
}

/** `outer`: what follows around this part, by the attributes without which it comes to nothing. */
function visit(node: ASTNode, outer: ReadonlyMap<number, Following>, places: Map<number, Following[]>): void {
  const id = attributeReadAt(node);
  if (id !== undefined) {
    const known = places.get(id) ?? [];
    places.set(id, [...known, outer.get(id) ?? []]);
  }
  if (!isChoice(node)) {
    for (const child of childrenOf(node)) visit(child, outer, places);
    return;
  }
  const candidates = flattened(node);
  candidates.forEach((candidate, index) => {
    const following = candidates
      .slice(index + 1)
      .map(readsIn)
      .filter(({ length }) => length > 0);
    const inner = new Map(outer);
    for (const need of needsOf(candidate)) inner.set(need, [...following, ...(outer.get(need) ?? [])]);
    visit(candidate, inner, places);
  });
}

/** A choice that is itself a candidate gives its own, in its place. */
function flattened(node: ASTNode): readonly ASTNode[] {
  return isChoice(node) ? node.args[1].flatMap(flattened) : [node];
}

function readsIn(node: ASTNode): readonly number[] {
  const id = attributeReadAt(node);
  return [...(id === undefined ? [] : [id]), ...childrenOf(node).flatMap(readsIn)];
}

/** By its value, as an optional, or in a test whether it is there: see `Resolution`. */
function attributeReadAt(node: ASTNode): number | undefined {
  const digits = node.op === 'id' ? /^_[aoh](\d+)_*$/.exec(node.args)?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
}

function childrenOf(node: ASTNode): readonly ASTNode[] {
  const { op } = node;
  if (op === 'value' || op === 'id') return [];
  if (op === '!_' || op === '-_') return [node.args];
  if (op === '.' || op === '.?') return [node.args[0]];
  if (op === 'map') return node.args.flat();
  if (op === 'call') return node.args[1];
  return op === 'rcall' ? [node.args[1], ...node.args[2]] : node.args;
}
