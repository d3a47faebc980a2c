import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogOf, connectors } from '../../src/connectors/registry.ts';
import { createCompiler } from '../../src/expression/compiler.ts';
import { checkCron } from '../../src/schedule/cron.ts';
import { fieldsPath, renderFields } from '../../src/spec/compile/saved-fields.ts';
import type { CompiledSpecs } from '../../src/spec/compiled.ts';
import { loadAndCompile } from '../../src/spec/load.ts';
import type { Target } from './target.ts';

/** What the sync says besides who is who: a limit that holds every rename and every value that is taken away. */
const holding = (events: string) => `
  limits:
    rename: { fraction: 0, floor: 0 }
    clear: { fraction: 0, floor: 0 }
  notify:
    - mail: { to: [people-ops@example.com] }
      events: [${events}]`;

/** `events` is what people are mailed about. */
export async function compiledSpecs(
  folder: string,
  target: Target,
  events = 'summary, failure, held, drift',
): Promise<CompiledSpecs> {
  await writeSpecs(folder, target, holding(events));
  const catalog = catalogOf(connectors);
  const { specs } = await loadAndCompile({ folder, catalog, createCompiler, checkCron });
  return specs;
}

/** From a list, `staff.csv`, to the target. */
export async function writeSpecs(folder: string, target: Target, more = ''): Promise<void> {
  await writeFile(join(folder, 'rosterd.yaml'), `${specsText(target)}${more}\n`);
  if (target.fields === undefined) return;
  await mkdir(join(folder, 'fields'), { recursive: true });
  await writeFile(join(folder, fieldsPath('target')), renderFields('target', { person: target.fields }));
}

function specsText({ connector, config, flow, secrets }: Target): string {
  const credentials = Object.keys(secrets).map((name) => `${name}: { env: ${name.toUpperCase()} }`);
  return `
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: hr }
spec:
  connector: csv
  config:
    file: staff.csv
    id: id
    columns: { id: {}, first: {}, last: {}, email: {}, department: {}, phone: {}, manager: {}, status: {} }
---
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: target }
spec:
  connector: ${connector}
  config: ${config}
  credentials: { ${credentials.join(', ')} }
---
apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: staff }
spec:
  direction: { from: hr, to: target }
  mode: full${flow}
  status: { value: source.status, here: [active], left: [left] }`;
}
