import { readFileSync } from 'node:fs';
import { renderCapabilities } from '../src/connectors/capability-table.ts';
import { connectors } from '../src/connectors/registry.ts';
import { documented } from '../src/plan/document.ts';
import { operatorJsonSchema, renderOperatorReference } from '../src/operator/reference.ts';
import { kinds } from '../src/spec/documents/kinds.ts';
import { schemaFile, schemaOf, schemaOfAny } from '../src/spec/json-schema.ts';
import { renderReference } from '../src/spec/reference.ts';

/** A file that is made from the code and kept in the repository. */
export interface GeneratedFile {
  /** Relative to the repository's root. */
  readonly file: string;
  readonly render: () => string;
}

/** Written by hand around the tables that are made from the code. */
const lifecycle = new URL('../docs/lifecycle.md', import.meta.url);

/** Everything that `npm run generate` writes; `test/spec/generated.test.ts` fails when one of them is stale. */
export const generatedFiles: readonly GeneratedFile[] = [
  ...kinds.map((kind) => ({ file: `schemas/${schemaFile(kind)}`, render: () => json(schemaOf(kind)) })),
  { file: 'schemas/rosterd.json', render: () => json(schemaOfAny()) },
  { file: 'schemas/config.json', render: () => json(operatorJsonSchema()) },
  { file: 'docs/specs.md', render: renderReference },
  { file: 'docs/connectors/README.md', render: () => renderCapabilities(connectors) },
  { file: 'docs/configuration.md', render: renderOperatorReference },
  { file: 'docs/lifecycle.md', render: () => documented(readFileSync(lifecycle, 'utf8')) },
];

function json(data: unknown): string {
  return `${JSON.stringify(data, null, 2)}\n`;
}
