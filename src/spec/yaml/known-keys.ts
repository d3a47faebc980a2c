import { z } from 'zod';
import type { Path } from './yaml-document.ts';

/** The keys that a schema allows in the map at this path, for suggestions. Empty where it allows any. */
export function knownKeys(schema: z.ZodType, path: Path): readonly string[] {
  let nodes: readonly JsonSchema[] = branches(
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }),
  );
  for (const step of path) {
    nodes = nodes
      .flatMap((node) => [
        typeof step === 'number' ? node.items : (node.properties?.[step] ?? node.additionalProperties),
      ])
      .filter((node): node is JsonSchema => typeof node === 'object')
      .flatMap((node) => branches(node));
  }
  return [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))];
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

function branches(node: unknown): readonly JsonSchema[] {
  const { anyOf } = node as JsonSchema;
  return anyOf === undefined ? [node as JsonSchema] : anyOf.flatMap((branch) => branches(branch));
}
