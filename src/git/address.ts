import { Stalled } from '../model/error.ts';

export interface GitAddress {
  readonly url: string;
  /** `git.example.com` or `127.0.0.1:8080`. */
  readonly host: string;
  /** For `GIT_ALLOW_PROTOCOL`. */
  readonly protocols: string;
}

/**
 * Checks what the operator wrote. Throws `Stalled` for a scheme other than https and ssh (`file`, and `http` to this
 * machine, only with `allowLocal`), for a user or password in an https address, and for anything that git could take for an option.
 * Nothing it says repeats the address, because it may hold a password.
 */
export function parseGitUrl(url: string, allowLocal: boolean): GitAddress {
  const scp = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)[\w./~-]+$/.exec(url);
  if (scp?.[1] !== undefined && !url.startsWith('-')) return { url, host: scp[1], protocols: 'ssh' };
  if (!URL.canParse(url)) throw refused('is no address; write https://host/path or ssh://git@host/path');
  const { protocol, username, password, host, hostname, search, hash } = new URL(url);
  const scheme = protocol.slice(0, -1);
  const local = scheme === 'http' || scheme === 'file';
  if (scheme !== 'https' && scheme !== 'ssh' && !(local && allowLocal)) {
    throw refused(`begins with ${scheme}:, which is not allowed; write https: or ssh:`);
  }
  // Everywhere else the token and the specs would travel in the clear.
  if (scheme === 'http' && !/^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(hostname)) {
    throw refused('begins with http:, which is for this machine only; write https:');
  }
  if (password !== '' || (username !== '' && scheme !== 'ssh')) {
    throw refused('holds a user or password; give the token by reference instead');
  }
  if (search !== '' || hash !== '' || host.startsWith('-'))
    throw refused('has parts that no repository needs');
  return { url, host, protocols: scheme };
}

/** Throws `Stalled` for a name that git would not take for a branch, or could take for something else. */
export function checkBranch(branch: string): void {
  const sound =
    /^[A-Za-z0-9_][A-Za-z0-9_./+-]*$/.test(branch) && !/\.\.|\/\/|\/\.|\.lock(\/|$)|[./]$/.test(branch);
  if (!sound)
    throw new Stalled('GitBranchRefused', `the branch name ${JSON.stringify(branch)} is not allowed`);
}

/** The sub-folder without slashes at its ends; empty for the whole repository. Throws `Stalled` when it leads elsewhere. */
export function normalizeFolder(path: string | undefined): string {
  const parts = (path ?? '').split('/').filter((part) => part !== '' && part !== '.');
  const bad = parts.some(
    (part) => part === '..' || part.toLowerCase() === '.git' || !/^[\w .+@-]+$/.test(part),
  );
  if (bad) throw new Stalled('GitFolderRefused', `the specs folder ${JSON.stringify(path)} is not allowed`);
  return parts.join('/');
}

function refused(fault: string): Stalled {
  return new Stalled('GitUrlRefused', `the address of the specs repository ${fault}`);
}
