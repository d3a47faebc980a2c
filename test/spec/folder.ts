import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { createCompiler } from '../../src/expression/compiler.ts';
import { formatFinding, Invalid } from '../../src/model/error.ts';
import { checkCron } from '../../src/schedule/cron.ts';
import { loadAndCompile } from '../../src/spec/load.ts';
import type { LoadOptions } from '../../src/spec/load.ts';
import { catalog } from './catalog.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder with these files, gone when the test ends. */
export async function folderWith(files: Files): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rosterd-specs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return folder;
}

/** Loads a folder with the invented systems and the real compiler. */
export function load(folder: string, options: Partial<LoadOptions> = {}) {
  return loadAndCompile({ folder, catalog, createCompiler, checkCron, ...options });
}

/** What is wrong with these files, as people read it; warnings are marked. */
export async function findingsOf(
  files: Files,
  options: Partial<LoadOptions> = {},
): Promise<readonly string[]> {
  const folder = await folderWith(files);
  const findings = await load(folder, options).then(
    ({ warnings }) => warnings,
    (error: unknown) => {
      if (error instanceof Invalid) return error.findings;
      throw error;
    },
  );
  return findings.map(
    (finding) => `${finding.severity === 'warning' ? 'warning: ' : ''}${formatFinding(finding)}`,
  );
}

/** Two sound connections; 13 lines, so that a sync after them begins in line 14. */
export const connections = `apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: personio }
spec:
  connector: personio
  credentials: { clientId: { env: ID }, clientSecret: { env: SECRET } }
---
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: lms }
spec: { connector: talentlms, config: { domain: acme }, credentials: { apiKey: { env: KEY } } }
---
`;

/** A sound sync of its own, with more keys of `spec` after it. */
export function syncWith(spec: string, attributes = ''): string {
  return `apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: staff }
spec:
  direction: { from: personio, to: lms }
  identity: { custom.hris_id: source.id }
  attributes:
    first_name: source.first_name
    last_name: source.last_name
    email: source.email
    login: source.email
${attributes}${spec}`;
}
