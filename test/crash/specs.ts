import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogOf, connectors } from '../../src/connectors/registry.ts';
import { createCompiler } from '../../src/expression/compiler.ts';
import { checkCron } from '../../src/schedule/cron.ts';
import { fieldsPath, renderFields } from '../../src/spec/compile/saved-fields.ts';
import type { CompiledSpecs } from '../../src/spec/compiled.ts';
import { loadAndCompile } from '../../src/spec/load.ts';
import type { Target } from './target.ts';

/** From a list to the target, with a limit that holds every rename and every value that is taken away. */
export async function compiledSpecs(folder: string, target: Target): Promise<CompiledSpecs> {
  await writeFile(join(folder, 'rosterd.yaml'), specsText(target));
  if (target.fields !== undefined) {
    await mkdir(join(folder, 'fields'), { recursive: true });
    await writeFile(join(folder, fieldsPath('target')), renderFields('target', target.fields));
  }
  const { specs } = await loadAndCompile({
    folder,
    catalog: catalogOf(connectors),
    createCompiler,
    checkCron,
  });
  return specs;
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
  status: { value: source.status, here: [active], left: [left] }
  limits:
    rename: { fraction: 0, floor: 0 }
    clear: { fraction: 0, floor: 0 }
  notify:
    - mail: { to: [people-ops@example.com] }
      events: [summary, failure, held, drift]
`;
}
