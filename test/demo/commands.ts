import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';

/** How a command ended, and what it said. */
export interface Ended {
  readonly code: number;
  /** Data. */
  readonly stdout: string;
  /** Talk. */
  readonly stderr: string;
}

export const repository = resolve(import.meta.dirname, '../..');
/** What `npx rosterd` runs after `npm ci`, without the build. */
export const rosterdMain = join(repository, 'src/main.ts');

/** Runs `rosterd` as a user does: a process of its own, in this folder. */
export async function rosterd(args: readonly string[], folder: string, signal: AbortSignal): Promise<Ended> {
  return await run(process.execPath, [rosterdMain, ...args], folder, signal);
}

/** Runs git without the machine's and the user's settings, so that hooks and signing keys of theirs stay out. */
export async function git(args: readonly string[], folder: string): Promise<string> {
  const { code, stdout, stderr } = await run('git', args, folder, undefined, {
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  });
  if (code !== 0) throw new Error(`git ${args[0] ?? ''} failed: ${stderr.trim()}`);
  return stdout.trim();
}

async function run(
  program: string,
  args: readonly string[],
  cwd: string,
  signal: AbortSignal | undefined,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return await new Promise((done, fail) => {
    const options = {
      cwd,
      env: { ...process.env, NO_COLOR: '1', ...env },
      maxBuffer: 100_000_000,
      ...(signal === undefined ? {} : { signal }),
    };
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) done({ code: 0, stdout, stderr });
      else if (typeof error.code === 'number') done({ code: error.code, stdout, stderr });
      else fail(error);
    });
  });
}
