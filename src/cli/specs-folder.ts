import { mkdir, writeFile } from 'node:fs/promises';
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

/** Writes a document that is not there yet, with its folder. `alreadyThere` is the error for one that is. */
export async function writeNew(file: string, text: string, alreadyThere: () => Error): Promise<void> {
  let isFolder = false;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    isFolder = true;
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const code = String((error as { readonly code?: unknown }).code);
    if (isFolder && code === 'EEXIST') throw alreadyThere();
    const hint = 'make its folder writable or name another with --dir';
    throw new Stalled('NotWritable', `${file} cannot be written (${code}): ${hint}`);
  }
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
