import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { openWorkspace } from '../../../src/compose.ts';
import type { RunSummary } from '../../../src/model/run.ts';
import { look } from '../../../src/reconcile/look.ts';
import { reconcile } from '../../../src/reconcile/reconcile.ts';
import type { PassDeps } from '../../../src/reconcile/deps.ts';
import type { CompiledSpecs } from '../../../src/spec/compiled.ts';
import { seededRandom } from '../../contract/context.ts';
import { WorkClock } from '../../crash/clock.ts';
import { startTalentHr } from '../../vendors/talenthr/server.ts';
import type { SeedEmployee, TalentHr } from '../../vendors/talenthr/state.ts';
import { startTalentLms } from '../../vendors/talentlms/server.ts';
import type { SeedField, SeedUser, TalentLms, VendorUser } from '../../vendors/talentlms/state.ts';

const examples = resolve(import.meta.dirname, '../../../specs/examples/talenthr-talentlms');
const keys = { TALENTHR_API_KEY: 'invented-hr-key', TALENTLMS_API_KEY: 'invented-lms-key' };
const never = new AbortController().signal;

/** Both systems, and the shipped specs of one direction between them as they lie in the repository. */
export interface Pair {
  readonly hr: TalentHr;
  readonly lms: TalentLms;
  readonly clock: WorkClock;
  /** What a plan would change, `create 3` or `update 3: city, email`, nothing written. */
  plan(sync: string): Promise<readonly string[]>;
  /** One pass. */
  sync(name: string): Promise<RunSummary>;
  /** Passes write what there is to write; then every plan is empty. Answers with how the passes ended. */
  settle(...syncs: readonly string[]): Promise<readonly string[]>;
  /** The user of the portal with this address. */
  user(email: string): VendorUser | undefined;
  /** A custom field of a user, as the portal shows it. */
  custom(email: string, name: string): string | undefined;
  /** A list of what people learn, as it stands in its file. */
  list(name: 'employees' | 'courses' | 'training'): Promise<string>;
  /** Requests other than reads that both systems have had. */
  writes(): readonly string[];
  /** Changes text of a spec; fails where it is not there. */
  edit(file: string, before: string, after: string): Promise<void>;
  /** Commits an approval of what is held. */
  approve(sync: string, digest: string | null | undefined): Promise<void>;
}

export async function openPair(
  direction: 'from-hr-to-lms' | 'from-lms-to-hr' | 'two-way',
  people: { readonly hr?: readonly SeedEmployee[]; readonly lms?: readonly SeedUser[] } = {},
): Promise<Pair> {
  const clock = new WorkClock(Date.parse('2026-11-20T08:00:00Z'));
  const now = () => clock.now();
  const hr = await startTalentHr({
    apiKey: keys.TALENTHR_API_KEY,
    now,
    employees: [owner, ...(people.hr ?? [])],
  });
  const admin = {
    login: 'ceo',
    name: 'Rhea',
    surname: 'Stavrou',
    email: owner.email,
    userType: 'SuperAdmin',
  };
  const portal = { apiKey: keys.TALENTLMS_API_KEY, now, admin, customFields, branches: ['emea'] };
  const lms = await startTalentLms({ ...portal, users: people.lms ?? [] });
  const root = await mkdtemp(join(tmpdir(), 'rosterd-pair-'));
  const [folder, lists] = [join(root, 'specs'), join(root, 'lists')];
  await cp(join(examples, direction), folder, { recursive: true });
  await mkdir(lists);
  let loaded: CompiledSpecs | undefined;
  const edit: Pair['edit'] = async (file, before, after) => {
    loaded = undefined;
    const text = await readFile(join(folder, file), 'utf8');
    if (!text.includes(before)) throw new Error(`${file} does not say "${before}"`);
    await writeFile(join(folder, file), text.replace(before, after));
  };
  await edit('connections.yaml', 'domain: acme.talentlms.com', `baseUrl: "${lms.url}"`);
  await edit(
    'connections.yaml',
    'timezone: Europe/Athens',
    `timezone: Europe/Athens\n    baseUrl: "${hr.url}"`,
  );

  // What the operator allows: these two, on this machine.
  await edit('rosterd.config.yaml', 'pubapi.talenthr.io', new URL(hr.url).host);
  await edit('rosterd.config.yaml', 'acme.talentlms.com', new URL(lms.url).host);
  await edit('rosterd.config.yaml', 'specs: .', 'specs: .\nnetwork: { private: [127.0.0.1], http: true }');
  const workspace = await openWorkspace({
    cwd: folder,
    env: { ...keys, TRAINING_FOLDER: lists },
    clock,
    random: seededRandom(),
  });
  onTestFinished(async () => {
    await workspace.close();
    await Promise.all([hr.close(), lms.close()]);
    await rm(root, { recursive: true, force: true });
  });

  const withPass = async <T>(name: string, use: (deps: PassDeps) => Promise<T>): Promise<T> => {
    // Longer than the time for which single records are trusted.
    clock.pass(5 * 60_000);
    const specs = (loaded ??= (await workspace.loadSpecs()).specs);
    const sync = specs.syncs.get(name);
    if (sync === undefined) throw new Error(`the example has no sync ${name}`);
    const pass = await workspace.openPass(sync, specs, 'schedule');
    try {
      return await use(pass.deps);
    } finally {
      await pass.close();
    }
  };
  const pair: Pair = {
    hr,
    lms,
    clock,
    edit,
    plan: (name) => withPass(name, async (deps) => (await look(deps, never)).plan.changes.map(described)),
    sync: (name) => withPass(name, async (deps) => (await reconcile(deps, never)).summary),
    async settle(...syncs) {
      const results: string[] = [];
      for (const name of syncs) results.push((await pair.sync(name)).result);
      for (const name of syncs) {
        const planned = await pair.plan(name);
        if (planned.length > 0) throw new Error(`${name} is not in line: ${planned.join('; ')}`);
      }
      return results;
    },
    user: (email) => [...lms.users.values()].find((one) => one.email === email),
    custom(email, name) {
      const index = lms.fields.find((field) => field.name === name)?.index ?? 0;
      return pair.user(email)?.custom.get(index);
    },
    list: (name) => readFile(join(lists, `${name}.csv`), 'utf8'),
    writes: () =>
      [...hr.loopback.writes(), ...lms.loopback.writes()].map(({ method, path }) => `${method} ${path}`),
    async approve(sync, digest) {
      const approval = `apiVersion: rosterd.dev/v1\nkind: Approval\nmetadata: { name: yes-${sync} }\nspec: { sync: ${sync}, digest: "${digest ?? ''}", by: owner@example.com, expires: 2026-12-31 }\n`;
      await writeFile(join(folder, `approval-${sync}.yaml`), approval);
      loaded = undefined;
    },
  };
  return pair;
}

function described({
  kind,
  personId,
  attributes,
}: {
  kind: string;
  personId: string;
  attributes: readonly { name: string }[];
}) {
  const names = kind === 'update' ? `: ${attributes.map(({ name }) => name).join(', ')}` : '';
  return `${kind} ${personId}${names}`;
}

/** The owner of both: an administrator there, whom nothing touches. */
export const owner: SeedEmployee = {
  first_name: 'Rhea',
  last_name: 'Stavrou',
  email: 'rhea@example.com',
  role: 'owner',
};

const text = (name: string): SeedField => ({ name, type: 'text' });
const customFields: readonly SeedField[] = [
  { name: 'hireDate', type: 'date' },
  { name: 'dateOfBirth', type: 'date' },
  ...['ssn', 'city', 'country', 'jobTitle', 'department', 'location', 'division', 'hris_id'].map(text),
];
