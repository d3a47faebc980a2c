import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { CliContext } from '../../src/cli/context.ts';
import { openWorkspace } from '../../src/compose.ts';
import { systemClock, systemRandom } from '../../src/effects/system.ts';
import type { Outcome } from '../../src/model/run.ts';
import type { PassDeps } from '../../src/reconcile/deps.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';

/** A command as `src/cli/commands` has it. */
type Body<Options> = (options: Options, context: CliContext) => Promise<number>;

const patience = new AbortController().signal;

/** A folder of specs and one of lists, and passes of its syncs as the daemon makes them, with a real store. */
export interface House {
  /** One pass: how it ended, and what it did in one line. */
  pass(sync: string): Promise<string>;
  /** `as`: with something else in the place of what the pass would work with. */
  outcome(sync: string, as?: (deps: PassDeps) => PassDeps): Promise<Outcome>;
  /** What a command prints, line by line; its words to people on stderr first. */
  command<Options>(body: Body<Options>, options: Options): Promise<readonly string[]>;
  /** A list as it stands in its file. */
  text(list: string): Promise<string>;
  put(list: string, text: string): Promise<void>;
  /** A file of the specs. */
  spec(file: string): Promise<string>;
}

/** @param env variables that credentials and addresses may come from */
export async function openHouse(
  specs: string,
  lists: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Promise<House> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rosterd-training-'));
  const folders = { specs: path.join(folder, 'specs'), lists: path.join(folder, 'lists') };
  for (const one of Object.values(folders)) await mkdir(one);
  await writeFile(path.join(folders.specs, 'specs.yaml'), specs);
  await writeFile(path.join(folder, 'rosterd.config.yaml'), configWith(Object.keys(env)));
  const put = (list: string, text: string) => writeFile(path.join(folders.lists, `${list}.csv`), text);
  for (const [list, text] of Object.entries(lists)) await put(list, text);
  const workspace = await openWorkspace({
    cwd: folder,
    env: { LISTS: folders.lists, ...env },
    clock: systemClock,
    random: systemRandom,
  });
  onTestFinished(async () => {
    await workspace.close();
    await rm(folder, { recursive: true, force: true });
  });
  const outcome = async (name: string, as = (deps: PassDeps) => deps) => {
    const { specs: compiled } = await workspace.loadSpecs();
    const sync = compiled.syncs.get(name);
    if (sync === undefined) throw new Error(`the specs have no sync "${name}"`);
    const pass = await workspace.openPass(sync, compiled, 'cli');
    try {
      return await reconcile(as(pass.deps), patience);
    } finally {
      await pass.close();
    }
  };
  const command = async <Options>(body: Body<Options>, options: Options) => {
    const lines: string[] = [];
    const print = (text: string) => void lines.push(...text.split('\n'));
    await body(options, {
      out: { format: 'text', print, say: print, progress: () => undefined, colour: false },
      global: { output: 'text', show: 'internal' },
      workspace: () => Promise.resolve(workspace),
      env: {},
      cwd: folder,
      signal: patience,
      clock: systemClock,
      random: systemRandom,
    });
    return lines;
  };
  return {
    outcome,
    command,
    pass: async (name) => told(await outcome(name)),
    text: (list) => readFile(path.join(folders.lists, `${list}.csv`), 'utf8'),
    spec: (file) => readFile(path.join(folders.specs, file), 'utf8'),
    put,
  };
}

function told({ summary }: Outcome): string {
  const { undecided = 0 } = summary.people;
  const done = summary.changes.map(({ kind, outcome, count }) => `${kind} ${count} ${outcome}`);
  const waiting = undecided > 0 ? [`${undecided} undecided`] : [];
  const why = summary.result === 'settled' || summary.result === 'applied' ? [] : [summary.message ?? ''];
  return [summary.result, ...done, ...waiting, ...why].join(', ');
}

function configWith(names: readonly string[]): string {
  const secrets = names.map((name) => `    - { env: ${name}, hosts: [127.0.0.1] }\n`).join('');
  return `installation: training
specs: specs
data: data
files: { folders: [{ env: LISTS }], write: [{ env: LISTS }] }
environment: [LISTS${names.map((name) => `, ${name}`).join('')}]
network: { private: [127.0.0.0/8], http: true }
${secrets === '' ? '' : `secrets:\n  allow:\n${secrets}`}`;
}

/** A connection to lists: of people, and of what else the system has. */
export function listsOf(name: string, config: string): string {
  return `---\napiVersion: rosterd.dev/v1\nkind: Connection\nmetadata: { name: ${name} }\nspec:\n  connector: csv\n  config:\n${config}`;
}

export function syncOf(name: string, spec: string): string {
  return `---\napiVersion: rosterd.dev/v1\nkind: Sync\nmetadata: { name: ${name} }\nspec:\n  mode: full\n${spec}`;
}
