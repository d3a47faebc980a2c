import { spawn, type ChildProcess } from 'node:child_process';
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { runHere, type Ended } from './in-process.ts';
import { startScim, type ScimServer } from '../vendors/scim/server.ts';

const repository = resolve(import.meta.dirname, '../..');
const main = join(repository, 'src/main.ts');

export type { Ended };

/** The shipped example csv-to-scim in a folder of its own, a SCIM server, and the command line as a user runs it there. */
export interface CliBench {
  /** Specs and configuration; the current folder of every command. */
  readonly folder: string;
  readonly scim: ScimServer;
  /** `rosterd …` in this process. */
  readonly rosterd: (...args: readonly string[]) => Promise<Ended>;
  /** With other variables; `undefined` takes one away. */
  readonly rosterdWith: (
    env: Readonly<Record<string, string | undefined>>,
    ...args: readonly string[]
  ) => Promise<Ended>;
  /** `node src/main.ts …`: a process of its own, to its end. */
  readonly process: (...args: readonly string[]) => Promise<Ended>;
  /** A process that goes on; ended with the test at the latest. */
  readonly start: (...args: readonly string[]) => ChildProcess;
  readonly startWith: (
    env: Readonly<Record<string, string | undefined>>,
    ...args: readonly string[]
  ) => ChildProcess;
  /** Changes text of a file in the folder; fails where it is not there. */
  readonly edit: (file: string, before: string, after: string) => Promise<void>;
}

/** Tests side by side each hand over their own `onTestFinished`. */
export async function openCliBench(finished: typeof onTestFinished = onTestFinished): Promise<CliBench> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterd-cli-'));
  await cp(join(repository, 'specs/examples/csv-to-scim'), folder, { recursive: true });
  await appendFile(join(folder, 'rosterd.config.yaml'), 'listen: 127.0.0.1:0\n');
  const scim = await startScim({ token });
  finished(async () => {
    await scim.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const env = { ...cached, SCIM_URL: scim.url, SCIM_TOKEN: token };
  const here = { PATH: process.env['PATH'], HOME: folder, ...env };
  const start = (args: readonly string[], more: Readonly<Record<string, string | undefined>> = {}) =>
    spawn(process.execPath, [main, ...args], {
      cwd: folder,
      env: { ...here, ...more },
    });
  const goingOn = (child: ChildProcess) => {
    finished(() => void child.kill('SIGKILL'));
    return child;
  };
  return {
    folder,
    scim,
    rosterd: async (...args) => await runHere(args, folder, here),
    rosterdWith: async (more, ...args) => await runHere(args, folder, { ...here, ...more }),
    process: async (...args) => await endOf(start(args)),
    start: (...args) => goingOn(start(args)),
    startWith: (more, ...args) => goingOn(start(args, more)),
    async edit(file, before, after) {
      const path = join(folder, file);
      const text = await readFile(path, 'utf8');
      if (!text.includes(before)) throw new Error(`${file} does not say "${before}"`);
      await writeFile(path, text.replace(before, after));
    },
  };
}

const token = 'invented-token';

/** Node keeps what it compiled, so that dozens of processes begin faster; sources that changed are compiled anew. */
export const cached = { NODE_COMPILE_CACHE: join(repository, 'node_modules/.cache/compiled') };

/** Everything that a process says, once it has ended. */
export async function endOf(child: ChildProcess): Promise<Ended> {
  const said = { stdout: '', stderr: '' };
  child.stdout?.on('data', (part: Buffer) => (said.stdout += part.toString()));
  child.stderr?.on('data', (part: Buffer) => (said.stderr += part.toString()));
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  return { code, ...said };
}

/** What differs from one run of a test to the next: the digest of the folder, ids of runs, moments. */
export function steady(text: string): string {
  return text
    .replaceAll(/"revision": "[0-9a-f]{64}"/g, '"revision": "REVISION"')
    .replaceAll(/(revision |at `)[0-9a-f]{9}\b/g, '$1REVISION')
    .replaceAll(/\b01[0-9a-z]{24}\b/g, 'RUN')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, 'MOMENT');
}
