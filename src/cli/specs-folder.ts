import path from 'node:path';
import { simpleGit } from 'simple-git';
import { Stalled } from '../model/error.ts';
import type { CliContext } from './context.ts';

/** Where a command writes documents: `--dir`, or this folder below the specs. */
export async function folderInSpecs(
  name: string,
  dir: string | undefined,
  { workspace, cwd }: Pick<CliContext, 'workspace' | 'cwd'>,
): Promise<string> {
  if (dir !== undefined) return path.resolve(cwd, dir);
  const { specs } = (await workspace()).config;
  if (specs?.kind === 'folder') return path.join(specs.folder, name);
  throw new Stalled(
    'WhereToWrite',
    'the specs lie in a remote repository: say with --dir where its checkout has them',
  );
}

/** Who is at the keyboard, as git knows them. */
export async function gitEmail(cwd: string): Promise<string | undefined> {
  const email = (
    await simpleGit(cwd)
      .getConfig('user.email')
      .catch(() => undefined)
  )?.value;
  return email === undefined || email === null || email === '' ? undefined : email;
}
