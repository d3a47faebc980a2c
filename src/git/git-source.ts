import { createHash } from 'node:crypto';

import type { Clock } from '../model/effects.ts';
import { Waiting } from '../model/error.ts';
import type { Secret } from '../model/secret.ts';
import { checkBranch, normalizeFolder, parseGitUrl } from './address.ts';
import { openGit, type GitOptions } from './git-command.ts';
import { openRevisions } from './revisions.ts';
import type { Checkout, RevisionSource } from './revision-source.ts';
import { readTree } from './tree.ts';

export interface GitSourceOptions {
  /** `https://…`, `ssh://…` or `git@host:path`, without credentials. */
  readonly url: string;
  readonly branch: string;
  /** Folder of the specs in the repository; the whole repository when left out. */
  readonly path?: string;
  readonly pollMs: number;
  readonly token?: Secret;
  /** The user that goes with the token. */
  readonly username?: string;
  /** Folder of our own: `revisions/` and `last-good.json` are kept in it. */
  readonly data: string;
  /** Permits `http:` and `file:`, for tests and the demo. */
  readonly allowLocal?: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

/** A whole fetch, however busily the other side talks. */
const fetchMs = 5 * 60_000;

/**
 * Specs from a branch of a Git repository, asked by `ls-remote` and fetched one commit deep only when it has moved. A
 * branch that was rewritten is simply another revision. Throws `Stalled` at once for options that are not allowed.
 */
export function createGitSource(options: GitSourceOptions): RevisionSource {
  const { branch, clock } = options;
  const address = parseGitUrl(options.url, options.allowLocal === true);
  checkBranch(branch);
  const folder = normalizeFolder(options.path);
  const git: GitOptions = {
    address,
    token: options.token,
    username: options.username ?? 'x-access-token',
    environment: options.environment,
  };
  const revisions = openRevisions(options.data, `${address.url} ${branch} ${folder}`);

  async function fetch(signal: AbortSignal): Promise<Checkout> {
    return await revisions.scratch(async (scratch) => {
      const remote = openGit(git, scratch, signal);
      await remote.text(['init', '--quiet', '--bare']);
      const head = await newestCommit((args) => remote.text(args));
      const known = await revisions.find(revisionOf(head));
      if (known !== undefined) return known;
      const refspec = `+refs/heads/${branch}:refs/rosterd/head`;
      await remote.text([...fetchOneCommit, '--', address.url, refspec]);
      // The branch may have moved since it was asked.
      const commit = (await remote.text(['rev-parse', '--verify', 'refs/rosterd/head^{commit}'])).trim();
      return await revisions.write(revisionOf(commit), await readTree(remote, commit, folder));
    });
  }

  async function newestCommit(run: (args: readonly string[]) => Promise<string>): Promise<string> {
    const listing = await run(['ls-remote', '--', address.url, `refs/heads/${branch}`]);
    const line = listing.split('\n').find((candidate) => candidate.endsWith(`\trefs/heads/${branch}`));
    const commit = /^[0-9a-f]{40}(?:[0-9a-f]{24})?(?=\t)/.exec(line ?? '')?.[0];
    if (commit !== undefined) return commit;
    // git takes a page of HTML with status 200 for a repository without branches.
    throw new Waiting(
      'BranchMissing',
      `${address.url} answers, but has no branch ${branch}: the branch is gone, the repository is empty, ` +
        `or this is the address of something else`,
    );
  }

  function revisionOf(commit: string): Checkout['revision'] {
    // Another folder of the same commit is another set of specs.
    const suffix = folder === '' ? '' : `-${createHash('sha256').update(folder).digest('hex').slice(0, 8)}`;
    return { kind: 'commit', id: `${commit}${suffix}` };
  }

  async function watch(onChange: () => void, signal: AbortSignal): Promise<void> {
    await poll(options.pollMs, clock, onChange, signal);
  }

  return {
    fetch: (signal) => withDeadline(clock, signal, fetch, address.url),
    lastGood: revisions.lastGood,
    markGood: revisions.markGood,
    watch,
  };
}

const fetchOneCommit = [
  'fetch',
  '--quiet',
  '--depth=1',
  '--no-tags',
  '--no-recurse-submodules',
  '--no-write-fetch-head',
];

/** Calls back every `pollMs` until the signal ends it. */
export async function poll(
  pollMs: number,
  clock: Clock,
  onChange: () => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(pollMs, signal).catch(() => undefined);
    if (!signal.aborted) onChange();
  }
}

async function withDeadline<T>(
  clock: Clock,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  url: string,
): Promise<T> {
  const late = new AbortController();
  const done = new AbortController();
  clock.sleep(fetchMs, done.signal).then(
    () => late.abort(new Waiting('SpecsUnreachable', `${url} takes more than ${fetchMs / 60_000} minutes`)),
    () => undefined,
  );
  try {
    return await work(AbortSignal.any([signal, late.signal]));
  } finally {
    done.abort();
  }
}
