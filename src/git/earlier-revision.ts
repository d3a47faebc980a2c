import { realpath } from 'node:fs/promises';
import { relative } from 'node:path';
import { Stalled, SyncError } from '../model/error.ts';
import { openGit, type Git } from './git-command.ts';
import { openRevisions } from './revisions.ts';
import type { Checkout } from './revision-source.ts';
import { readTree } from './tree.ts';

interface Options {
  /** A specs folder inside a repository of this machine. */
  readonly folder: string;
  /** What git takes for a commit: a branch, a tag, a hash, `HEAD~1`. */
  readonly revision: string;
  /** Folder of our own: what is read is put below it. */
  readonly data: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The specs of an earlier commit of the repository that a folder lies in: of the newest commit that both the revision and
 * `HEAD` come from, so that what others have merged meanwhile is not taken for this branch's doing. Reads objects, checks
 * nothing out. Rejects with `Stalled` where there is no repository, no such revision, or too little history.
 */
export async function earlierRevision(options: Options, signal: AbortSignal): Promise<Checkout> {
  const { revision, data, environment } = options;
  if (!/^[A-Za-z0-9_][\w./@{}^~+-]*$/.test(revision)) throw noRevision(revision);
  const folder = await realpath(options.folder);
  const address = { url: folder, host: '', protocols: 'file' };
  const git = openGit({ address, token: undefined, username: '', environment }, folder, signal);
  const top = await topOf(git, folder);
  const asked = await commitOf(git, revision);
  const commit = await commonAncestor(git, asked);
  const below = relative(await realpath(top), folder);
  const files = await readTree(git, commit, below.split('\\').join('/'));
  const id = below === '' ? commit : `${commit}-${Buffer.from(below).toString('hex').slice(0, 32)}`;
  return await openRevisions(data, folder).write({ kind: 'commit', id }, files);
}

async function topOf(git: Git, folder: string): Promise<string> {
  try {
    return (await git.text(['rev-parse', '--show-toplevel'])).trim();
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    const message = `${folder} lies in no Git repository: --base compares with an earlier commit of it`;
    throw new Stalled('NoRepository', message, { cause: error });
  }
}

async function commitOf(git: Git, revision: string): Promise<string> {
  try {
    return (
      await git.text(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
    ).trim();
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    throw noRevision(revision, error);
  }
}

async function commonAncestor(git: Git, commit: string): Promise<string> {
  try {
    return (await git.text(['merge-base', commit, 'HEAD'])).trim();
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    const message =
      'this clone does not reach back to where the branch began; fetch its history first (git fetch --unshallow, or fetch-depth: 0)';
    throw new Stalled('HistoryMissing', message, { cause: error });
  }
}

function noRevision(revision: string, cause?: unknown): Stalled {
  const message = `this repository has no revision ${JSON.stringify(revision)}; fetch it first, or name a branch, a tag or a commit that is here`;
  return new Stalled('NoSuchRevision', message, { cause });
}
