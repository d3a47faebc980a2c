import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCompiler } from '../../src/expression/compiler.ts';
import { checkCron } from '../../src/schedule/cron.ts';
import type { CompiledSpecs } from '../../src/spec/compiled.ts';
import { loadAndCompile } from '../../src/spec/load.ts';
import { catalog } from './attributes.ts';
import type { Company, Rules } from './rules.ts';

/** Time between the two readings that lack a person before they count as gone (ms). */
export const vanishedAfterMs = 2 * 24 * 60 * 60 * 1000;

/** Limits of every sync of the simulator, and what the claims count by. */
export const limits = {
  leave: { fraction: 0.1, floor: 3 },
  remove: { fraction: 0.05, floor: 2 },
  update: { fraction: 0.3, floor: 6 },
  rename: { fraction: 0.1, floor: 2 },
  clear: { fraction: 0.02, floor: 2 },
} as const;

export function revisionOf(written: string): string {
  return createHash('sha256').update(written).digest('hex').slice(0, 12);
}

const compiled = new Map<string, Promise<CompiledSpecs>>();

/** Specs as a person would write them, through the real loader and the real compiler. Rejects with `Invalid`. */
export function compile(written: string): Promise<CompiledSpecs> {
  const known = compiled.get(written) ?? load(written);
  compiled.set(written, known);
  return known;
}

async function load(written: string): Promise<CompiledSpecs> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterd-simulated-'));
  try {
    await writeFile(join(folder, 'specs.yaml'), written);
    const revision = { kind: 'folder', id: revisionOf(written) } as const;
    return (await loadAndCompile({ folder, revision, catalog, createCompiler, checkCron })).specs;
  } finally {
    await rm(folder, { recursive: true });
  }
}

export function textOf(company: Company): string {
  const hrs = new Set([...company.values()].map(({ hr }) => hr));
  const connections = [
    connectionText('lms', 'simulated-lms'),
    ...[...hrs].map((hr) => connectionText(hr, 'simulated-hr')),
  ];
  return [...connections, ...[...company].map(([sync, rules]) => syncText(sync, rules))].join('---\n');
}

function connectionText(name: string, connector: string): string {
  return `apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: ${name} }
spec: { connector: ${connector} }
`;
}

function syncText(sync: string, rules: Rules): string {
  const { mode } = rules;
  const department = rules.department === 'upper case' ? 'upper(source.department)' : 'source.department';
  const site = rules.site === undefined ? '' : `, 'source.site == "${rules.site}"'`;
  return `apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: ${sync} }
spec:
  direction: { from: ${rules.hr}, to: lms }
  mode: ${mode}
${rules.precedence === undefined ? '' : `  precedence: ${rules.precedence}\n`}  who: ['source.department != "Board"'${site}]
  identity: { hris_id: source.id }
  match: [{ email: source.email }]
  attributes:
    first_name: source.first_name
    last_name: source.last_name
    email: lower(source.email)
    login: { value: lower(source.email), policy: seed }
    department: ${department}
    unit: source.department
    phone: { value: source.phone, onNull: ${rules.phoneOnNull} }
    manager: { person: source.manager }
    password: { generate: secret }
  status: { value: source.status, here: [active], away: [leave], left: [inactive] }
  dates: { starts: source.start_date, lastDay: source.last_day, timezone: ${rules.zone} }
  then:
    starting: { createBefore: ${mode === 'create-only' ? 0 : rules.createBefore}d }
    left: { ${rules.deleteAfter === 0 ? '' : `deleteAfter: ${rules.deleteAfter}d`} }
    returned: ${rules.returned}
    away: ${rules.away}
    outOfScope: ${rules.outOfScope}
    vanished: { after: 2d, then: ${rules.vanished} }
  limits: ${JSON.stringify(limits)}
`;
}

/** Mistakes that people make in specs. Each spoils one sync, and none may be taken over for any. */
export const mistakes: readonly ((written: string) => string)[] = [
  (written) => written.replace('mode: ', 'mode: almost-'),
  (written) => written.replace('source.first_name', 'source.firstname'),
  (written) => written.replace('to: lms', 'to: elsewhere'),
  (written) => written.replace('attributes:', 'atributes:'),
  (written) => written.replace('identity: { hris_id: source.id }', 'identity: {'),
  (written) => written.replace('lower(source.email)', 'lower(source.email'),
  (written) => written.replace('after: 2d', 'after: 2 dogs'),
  () => '',
  () => '<html><body>sign in</body></html>',
];
