import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { parse } from 'yaml';

import { Document, type OpenApiCheck } from './openapi-document.ts';
import type { Tree } from './openapi-schema.ts';

const folder = new URL('../../../shared/vendors/openapi/', import.meta.url);
const documents = new Map<string, OpenApiCheck>();
let said = false;

/**
 * The check for one document of `../shared/vendors/openapi`. Without that folder `undefined`, said once on stderr;
 * with `ROSTERD_REQUIRE_SHARED=1` an error, so that a build cannot pass without it unnoticed.
 */
export function openDocument(file: string): OpenApiCheck | undefined {
  const known = documents.get(file);
  if (known !== undefined) return known;
  const path = fileURLToPath(new URL(file, folder));
  if (!existsSync(path)) {
    if (process.env.ROSTERD_REQUIRE_SHARED === '1') throw new Error(`vendor document ${file} is missing`);
    if (!said)
      console.error(
        `vendor document ${file} is missing: requests are checked by the servers' own rules only`,
      );
    said = true;
    return undefined;
  }
  const text = readFileSync(path, 'utf8');
  // JSON is YAML too, and takes that parser twenty times as long.
  const tree: unknown = file.endsWith('.json') ? JSON.parse(text) : parse(text, { maxAliasCount: -1 });
  const opened = new Document(file, tree as Tree);
  documents.set(file, opened);
  return opened;
}
