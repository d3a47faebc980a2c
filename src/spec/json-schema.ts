import { z } from 'zod';
import type { Json } from '../model/value.ts';
import { documentSchemas, kinds } from './documents/kinds.ts';
import type { Kind } from './documents/kinds.ts';

/** Draft 2020-12 of one kind, for editors and for checks outside rosterd. */
export function schemaOf(kind: Kind): Json {
  const schema = z.toJSONSchema(documentSchemas[kind], {
    io: 'input',
    target: 'draft-2020-12',
    unrepresentable: 'any',
  });
  return { title: `rosterd ${kind}`, ...(schema as Readonly<Record<string, Json>>) };
}

/** Any document of a specs folder: the kind decides which schema holds. */
export function schemaOfAny(): Json {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'rosterd document',
    type: 'object',
    required: ['apiVersion', 'kind'],
    properties: { kind: { enum: [...kinds] } },
    allOf: kinds.map((kind) => ({
      if: { properties: { kind: { const: kind } } },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema, never awaited
      then: { $ref: `#/$defs/${kind}` },
    })),
    $defs: Object.fromEntries(kinds.map((kind) => [kind, withoutDialect(schemaOf(kind))])),
  };
}

/** Name of the file below `schemas/`. */
export function schemaFile(kind: Kind): string {
  return `${kind.toLowerCase()}.json`;
}

function withoutDialect(schema: Json): Json {
  const { $schema: _, ...rest } = schema as Readonly<Record<string, Json>>;
  return rest;
}
