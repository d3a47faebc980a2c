import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCompiler } from '../../src/expression/compiler.ts';
import type { AttributeSpec } from '../../src/model/attribute.ts';
import { checkCron } from '../../src/schedule/cron.ts';
import type { Catalog, ConnectorFacts } from '../../src/spec/catalog.ts';
import type { CompiledSpecs } from '../../src/spec/compiled.ts';
import { loadAndCompile } from '../../src/spec/load.ts';
import type { Rules } from './rules.ts';

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

export const sourceAttributes: readonly AttributeSpec[] = [
  'id',
  'first_name',
  'last_name',
  'email',
  'department',
  'phone',
  'manager',
  'status',
  'start_date',
  'last_day',
].map((name) => ({ name, type: /_da(te|y)$/.test(name) ? 'date' : 'text', class: 'personal' }));

export const targetAttributes: readonly AttributeSpec[] = [
  text('first_name', { required: true }),
  text('last_name', { required: true }),
  text('email', { required: true, unique: true, rename: true }),
  text('login', { required: true, unique: true, rename: true }),
  text('department'),
  text('phone'),
  text('manager'),
  text('hris_id'),
  text('password', { writeOnly: true }),
];

function text(name: string, more: Partial<AttributeSpec> = {}): AttributeSpec {
  return { name, type: 'text', class: 'personal', write: 'always', ...more };
}

const catalog: Catalog = {
  connectors: new Map(
    [connector('simulated-hr', sourceAttributes), connector('simulated-lms', targetAttributes)].map(
      (facts) => [facts.name, facts],
    ),
  ),
};

function connector(name: string, attributes: readonly AttributeSpec[]): ConnectorFacts {
  return {
    name,
    source: name === 'simulated-hr',
    target: name === 'simulated-lms',
    credentials: [],
    parseConfig: (config) => ({ config }),
    attributes: () => attributes,
    hosts: () => [],
  };
}

const compiled = new Map<string, Promise<CompiledSpecs>>();

/** The specs as a person would write them, through the real loader and the real compiler. */
export function specsOf(rules: Rules, syncs: readonly string[]): Promise<CompiledSpecs> {
  const written = textOf(rules, syncs);
  const known = compiled.get(written) ?? compile(written);
  compiled.set(written, known);
  return known;
}

async function compile(written: string): Promise<CompiledSpecs> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterd-simulated-'));
  try {
    await writeFile(join(folder, 'specs.yaml'), written);
    return (await loadAndCompile({ folder, catalog, createCompiler, checkCron })).specs;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function textOf(rules: Rules, syncs: readonly string[]): string {
  const connections = [`simulated-lms as lms`, ...syncs.map((sync) => `simulated-hr as hr-${sync}`)].map(
    (one) => {
      const [kind, name] = one.split(' as ');
      return `apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: ${name} }
spec: { connector: ${kind} }
`;
    },
  );
  return [...connections, ...syncs.map((sync) => syncText(rules, sync))].join('---\n');
}

function syncText(rules: Rules, sync: string): string {
  const department = rules.department === 'upper case' ? 'upper(source.department)' : 'source.department';
  return `apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: ${sync} }
spec:
  direction: { from: hr-${sync}, to: lms }
  mode: ${rules.mode}
  who: ['source.department != "Board"']
  identity: { hris_id: source.id }
  match: [{ email: source.email }]
  attributes:
    first_name: source.first_name
    last_name: source.last_name
    email: lower(source.email)
    login: { value: lower(source.email), policy: seed }
    department: ${department}
    phone: { value: source.phone, onNull: ${rules.phoneOnNull} }
    manager: { person: source.manager }
    password: { generate: secret }
  status: { value: source.status, here: [active], away: [leave], left: [inactive] }
  dates: { starts: source.start_date, lastDay: source.last_day }
  then:
    away: ${rules.away}
    outOfScope: ${rules.outOfScope}
    vanished: { after: 2d, then: ${rules.vanished} }
  limits: ${JSON.stringify(limits)}
`;
}
