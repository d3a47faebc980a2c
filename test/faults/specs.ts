import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogOf, connectors } from '../../src/connectors/registry.ts';
import { createCompiler } from '../../src/expression/compiler.ts';
import { checkCron } from '../../src/schedule/cron.ts';
import { fieldsPath, renderFields } from '../../src/spec/compile/saved-fields.ts';
import type { CompiledSpecs } from '../../src/spec/compiled.ts';
import { loadAndCompile } from '../../src/spec/load.ts';
import type { Target } from '../crash/target.ts';
import type { Source } from './sources.ts';

/** The sync `staff` from `hr` to `target`, whose vendor is reached at `url`. */
export async function compiledSpecs(
  folder: string,
  source: Source,
  target: Target,
  url: string,
): Promise<CompiledSpecs> {
  const config = target.config.replace(target.loopback.url, url);
  await writeFile(join(folder, 'rosterd.yaml'), specsText(source, target, config));
  if (target.fields !== undefined) {
    await mkdir(join(folder, 'fields'), { recursive: true });
    await writeFile(join(folder, fieldsPath('target')), renderFields('target', { person: target.fields }));
  }
  const catalog = catalogOf(connectors);
  const { specs } = await loadAndCompile({ folder, catalog, createCompiler, checkCron });
  return specs;
}

function specsText(source: Source, target: Target, config: string): string {
  const flow = target.flow.replaceAll(/source\.(\w+)/g, (text, word: string) => source.words[word] ?? text);
  const who = source.who === undefined ? '' : `\n  who: [${source.who}]`;
  // Edits are no question here; who vanishes and who leaves is, and has the limits that a spec has by itself.
  return `
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: hr }
spec:
  connector: ${source.connector}
  config: ${source.config}
  credentials: ${credentials(source.secrets)}
---
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: target }
spec:
  connector: ${target.connector}
  config: ${config}
  credentials: ${credentials(target.secrets)}
---
apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: staff }
spec:
  direction: { from: hr, to: target }
  mode: full${who}${flow}
  status: ${source.status}
  limits: { update: { floor: 1000 }, rename: { floor: 1000 }, clear: { floor: 1000 } }
`;
}

function credentials(secrets: Readonly<Record<string, string>>): string {
  const lines = Object.keys(secrets).map((name) => `${name}: { env: ${name.toUpperCase()} }`);
  return `{ ${lines.join(', ')} }`;
}
