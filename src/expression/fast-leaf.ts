import type { ASTNode } from '@marcbachmann/cel-js';
import { metered } from './environment.ts';
import { allFunctions, innerName } from './functions/all.ts';
import type { Program } from './program.ts';
import { attributeOfVariable, type Shared } from './resolution.ts';

/**
 * A program without CEL for the two commonest parts, `source.x` and `f(source.x)`; undefined for all others. It reads
 * and calls the very same functions that CEL would; a property test holds both against each other.
 */
export function fastLeaf(node: ASTNode, shared: Shared): Program | undefined {
  const read = readOf(node, shared);
  if (read !== undefined || node.op !== 'call') return read?.run;
  const [name, [argument, ...others]] = node.args;
  const inner = argument === undefined || others.length > 0 ? undefined : readOf(argument, shared);
  const definition = allFunctions.find((one) => innerName(one.name) === name && one.form === 'function');
  const signature = definition?.signatures.find(
    ({ parameters }) => parameters.length === 1 && parameters[0]?.type === inner?.type,
  );
  if (inner === undefined || signature?.call === undefined) return undefined;
  const call = metered(signature, shared.meter);
  const { run } = inner;
  return (variables) => call(run(variables));
}

function readOf(node: ASTNode, { attributes, records }: Shared): { run: Program; type: string } | undefined {
  const id = node.op === 'id' ? attributeOfVariable(node.args) : undefined;
  const type = id === undefined ? undefined : attributes.all[id]?.type;
  if (id === undefined || type === undefined) return undefined;
  return { run: (variables) => records.read(variables.record, id), type };
}
