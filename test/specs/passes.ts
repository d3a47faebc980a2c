import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { openWorkspace } from '../../src/compose.ts';
import type { RunSummary } from '../../src/model/run.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import { look } from '../../src/reconcile/look.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import { cached, endOf, type Ended } from '../cli/bench.ts';
import { seededRandom } from '../contract/context.ts';
import { describeChange } from '../../src/plan/describe.ts';
import { WorkClock } from '../crash/clock.ts';

const main = resolve(import.meta.dirname, '../../src/main.ts');
const never = new AbortController().signal;

/** A folder of specs, and passes over it as the daemon makes them. */
export interface Passes {
  readonly clock: WorkClock;
  /** A command as a user runs it there, after what the passes have kept is closed; nothing else runs afterwards. */
  readonly command: (...args: readonly string[]) => Promise<Ended>;
  /** One line for each change that a plan has, as people read it. Nothing is written. */
  readonly plan: (sync: string) => Promise<readonly string[]>;
  readonly sync: (name: string) => Promise<RunSummary>;
}

/** Opens the specs on this machine's loopback: `secrets` are environment variables by name, `files` texts by path. */
export async function openPasses(options: {
  readonly files: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}): Promise<Passes> {
  const clock = new WorkClock(Date.parse('2026-11-20T08:00:00Z'));
  const folder = await mkdtemp(join(tmpdir(), 'rosterd-passes-'));
  const files = { 'rosterd.config.yaml': operatorConfig(Object.keys(options.secrets)), ...options.files };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const workspace = await openWorkspace({ cwd: folder, env: options.secrets, clock, random: seededRandom() });
  onTestFinished(async () => {
    await workspace.close();
    await rm(folder, { recursive: true, force: true });
  });
  const env = { ...cached, ...options.secrets, PATH: process.env['PATH'], HOME: folder };
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
    clock,
    async command(...args) {
      await workspace.close();
      return await endOf(spawn(process.execPath, [main, ...args], { cwd: folder, env }));
    },
    plan: (name) =>
      withPass(name, async (deps) => (await look(deps, never)).plan.changes.map(describeChange)),
    sync: (name) => withPass(name, async (deps) => (await reconcile(deps, never)).summary),
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
