import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openWorkspace } from '../../src/compose.ts';
import type { Random } from '../../src/model/effects.ts';
import type { RunSummary } from '../../src/model/run.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import { look } from '../../src/reconcile/look.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import type { CompiledSpecs } from '../../src/spec/compiled.ts';
import { runHere, type Ended } from '../cli/in-process.ts';
import { seededRandom } from '../contract/context.ts';
import { describeChange } from '../../src/plan/describe.ts';
import { WorkClock } from '../crash/clock.ts';

const never = new AbortController().signal;

/** A folder of specs, and passes over it as the daemon makes them. */
export interface Passes {
  readonly folder: string;
  readonly specs: CompiledSpecs;
  readonly clock: WorkClock;
  /** A command as a user runs it there, after what the passes have kept is closed; `commit` opens it again. */
  readonly command: (...args: readonly string[]) => Promise<Ended>;
  /** One line for each change that a plan has, as people read it. Nothing is written. */
  readonly plan: (sync: string) => Promise<readonly string[]>;
  readonly sync: (name: string) => Promise<RunSummary>;
  /** The same installation once a commit has changed the specs: these files instead, those that are `null` gone. */
  readonly commit: (files: Readonly<Record<string, string | null>>) => Promise<Passes>;
}

/** Opens the specs on this machine's loopback: `secrets` are environment variables by name, `files` texts by path. */
export async function openPasses(options: {
  readonly files: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}): Promise<Passes> {
  const clock = new WorkClock(Date.parse('2026-11-20T08:00:00Z'));
  const folder = await mkdtemp(join(tmpdir(), 'rosterd-passes-'));
  onTestFinished(async () => await rm(folder, { recursive: true, force: true }));
  const config = operatorConfig(Object.keys(options.secrets));
  await write(folder, { 'rosterd.config.yaml': config, ...options.files });
  return await openFolder(folder, options.secrets, { clock, random: seededRandom() });
}

async function write(folder: string, files: Readonly<Record<string, string | null>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await (text === null ? rm(join(folder, path)) : writeFile(join(folder, path), text));
  }
}

async function openFolder(
  folder: string,
  secrets: Readonly<Record<string, string>>,
  effects: { readonly clock: WorkClock; readonly random: Random },
): Promise<Passes> {
  const { clock } = effects;
  const workspace = await openWorkspace({ cwd: folder, env: secrets, ...effects });
  onTestFinished(async () => await workspace.close());
  const env = { ...secrets, PATH: process.env['PATH'], HOME: folder };
  const { specs } = await workspace.loadSpecs();
  const withPass = async <T>(name: string, use: (deps: PassDeps) => Promise<T>): Promise<T> => {
    clock.pass(60_000);
    const sync = specs.syncs.get(name);
    if (sync === undefined) throw new Error(`the specs have no sync ${name}`);
    const pass = await workspace.openPass(sync, specs, 'schedule');
    try {
      return await use(pass.deps);
    } finally {
      await pass.close();
    }
  };
  return {
    folder,
    specs,
    clock,
    async command(...args) {
      await workspace.close();
      return await runHere(args, folder, env);
    },
    plan: (name) =>
      withPass(name, async (deps) => (await look(deps, never)).plan.changes.map(describeChange)),
    sync: (name) => withPass(name, async (deps) => (await reconcile(deps, never)).summary),
    async commit(files) {
      await workspace.close();
      await write(folder, files);
      return await openFolder(folder, secrets, effects);
    },
  };
}

function operatorConfig(secrets: readonly string[]): string {
  const allowed = secrets.map((env) => `    - { env: ${env}, hosts: [127.0.0.1] }`).join('\n');
  return `installation: passes
specs: .
data: .rosterd
secrets:
  allow:
${allowed}
network: { private: [127.0.0.1], http: true }
`;
}
