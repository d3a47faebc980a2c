import type { ASTNode } from '@marcbachmann/cel-js';
import { spelling, type Attributes } from './attributes.ts';
import type { ExpressionFault } from './expression.ts';
import type { Range } from './text-ranges.ts';

/** A constant path: `source.custom["Hire date"]` is two segments. */
interface SourcePath {
  readonly segments: readonly Segment[];
  /** With `.?` or `[?]` somewhere: the value is an optional. */
  readonly optional: boolean;
}

interface Segment extends Range {
  readonly name: string;
}

/** A node that reads a part of another: `a.b`, `a.?b`, `a[b]`, `a[?b]`. */
export type Access = ASTNode & { readonly op: '.' | '.?' | '[]' | '[?]' };

export function isAccess(node: ASTNode): node is Access {
  return node.op === '.' || node.op === '.?' || node.op === '[]' || node.op === '[?]';
}

/** The path that a node reads, or undefined where it is no constant path from `source`. */
export function sourcePathOf(node: ASTNode): SourcePath | undefined {
  if (node.op === 'id') return node.args === 'source' ? { segments: [], optional: false } : undefined;
  if (!isAccess(node)) return undefined;
  const segment = segmentOf(node);
  const rest = segment === undefined ? undefined : sourcePathOf(node.args[0]);
  if (segment === undefined || rest === undefined) return undefined;
  const optional = rest.optional || node.op === '.?' || node.op === '[?]';
  return { segments: [...rest.segments, segment], optional };
}

/** The key of an access when it is a constant text, with its place. */
export function segmentOf(node: Access): Segment | undefined {
  if (node.op === '.' || node.op === '.?') {
    return { name: node.args[1], start: node.pos, end: node.end };
  }
  const [, key] = node.args;
  return key.op === 'value' && typeof key.args === 'string'
    ? { name: key.args, start: key.start, end: key.end }
    : undefined;
}

/** The attribute's id, or the fault with the offsets of the first segment that leads nowhere. */
export function attributeAt(
  path: SourcePath,
  whole: Range,
  attributes: Attributes,
): number | ExpressionFault {
  let name = '';
  for (const [index, segment] of path.segments.entries()) {
    const parent = name;
    name = index === 0 ? segment.name : `${name}.${segment.name}`;
    if (attributes.isGroup(name)) continue;
    const id = attributes.idOf(name);
    const next = path.segments[index + 1];
    if (id === undefined) return unknown(path, parent, segment, attributes);
    if (next === undefined) return id;
    return fault(next, `${spelling(name)} is ${attributes.all[id]?.type} and has no part "${next.name}"`);
  }
  return attributes.idOf(name) ?? groupRead(name, whole, attributes);
}

function unknown(
  path: SourcePath,
  parent: string,
  segment: Segment,
  attributes: Attributes,
): ExpressionFault {
  const wanted = path.segments.map(({ name }) => name).join('.');
  const near = attributes.nearestTo(wanted);
  const where = parent === '' ? 'this source' : spelling(parent);
  const message = `${where} has no attribute "${segment.name}"`;
  return fault(segment, message, near === undefined ? undefined : `did you mean ${near}?`);
}

function groupRead(name: string, whole: Range, attributes: Attributes): ExpressionFault {
  if (name === '')
    return fault(whole, '"source" is the whole record; name one of its attributes by a constant');
  const inside = attributes.within(name).join(', ');
  return fault(
    whole,
    `${spelling(name)} is a group; name one of its attributes by a constant`,
    `for example ${inside}`,
  );
}

function fault({ start, end }: Range, message: string, suggestion?: string): ExpressionFault {
  const code = 'expression/unknown-attribute';
  return { code, message, start, end, ...(suggestion === undefined ? {} : { suggestion }) };
}
