import { simpleGit } from 'simple-git';

import { messageOf, Stalled, Waiting, type SyncError } from '../model/error.ts';
import type { Secret } from '../model/secret.ts';
import type { GitAddress } from './address.ts';

export interface GitOptions {
  readonly address: GitAddress;
  /** Sent as the password to the repository's host only. */
  readonly token: Secret | undefined;
  /** The user that goes with the token; most forges accept any. */
  readonly username: string;
  /** The process's environment: `PATH`, `HOME` and what leads to ssh keys and proxies is handed on, nothing else. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Runs git in `folder`. Rejects with `Waiting` or `Stalled`, or with the signal's reason. */
export interface Git {
  text(args: readonly string[]): Promise<string>;
  /** The contents of objects, in order, by `git cat-file --batch`. */
  objects(ids: readonly string[]): Promise<Buffer>;
}

/** No single command stays silent for longer. */
const silenceMs = 60_000;

/** simple-git refuses these names in the environment; here they are all ours and make git stricter. */
const settingOurOwnEnvironment = {
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeHooksPath: true,
  allowUnsafeSshCommand: true,
};

export function openGit(options: GitOptions, folder: string, signal: AbortSignal): Git {
  const env = cleanEnvironment(options);
  let input: Buffer | undefined;
  const git = simpleGit({
    baseDir: folder,
    abort: signal,
    timeout: { block: silenceMs },
    allowEnvironment: Object.keys(env),
    unsafe: settingOurOwnEnvironment,
    input: () => input,
    // git says "no" by its exit status, at times without a word: simple-git alone takes that for a yes.
    errors: (error, result) =>
      error ?? (result.exitCode === 0 ? undefined : Buffer.concat([...result.stdErr, ...result.stdOut])),
  }).env(env);
  const run = async <T>(command: Promise<T>): Promise<T> => {
    try {
      return await command;
    } catch (error) {
      signal.throwIfAborted();
      throw judge(error, options);
    }
  };
  return {
    text: (args) => run(git.raw([...args])),
    async objects(ids) {
      input = Buffer.from(`${ids.join('\n')}\n`);
      return await run<Buffer>(git.binaryCatFile(['--batch']) as Promise<Buffer>);
    },
  };
}

/** Nothing of the machine's or the user's configuration counts, git asks nobody, and no program of a repository runs. */
function cleanEnvironment({ address, token, username, environment }: GitOptions): Record<string, string> {
  const config: [string, string][] = [
    ['core.hooksPath', '/dev/null'],
    ['transfer.fsckObjects', 'true'],
    ['submodule.recurse', 'false'],
    // A redirect could lead the token to another host.
    ['http.followRedirects', 'false'],
    ['gc.auto', '0'],
  ];
  if (token !== undefined && address.protocols !== 'ssh') {
    const basic = Buffer.from(`${username}:${token.reveal(address.host)}`).toString('base64');
    // By environment and not by option: options are shown in the list of processes.
    config.push([`http.${new URL(address.url).origin}/.extraHeader`, `Authorization: Basic ${basic}`]);
  }
  const env: Record<string, string> = {
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_PROTOCOL_FROM_USER: '0',
    GIT_ALLOW_PROTOCOL: address.protocols,
    GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
    GIT_CONFIG_COUNT: String(config.length),
    LC_ALL: 'C',
  };
  for (const [index, [key, value]] of config.entries()) {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  for (const name of handedOn) {
    const value = environment[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

const handedOn = [
  'PATH',
  'HOME',
  'SSH_AUTH_SOCK',
  'HTTPS_PROXY',
  'https_proxy',
  'NO_PROXY',
  'no_proxy',
  'SSL_CERT_FILE',
];

function judge(error: unknown, { address, token }: GitOptions): SyncError {
  const said = firstFault(messageOf(error));
  const secret = token?.allows(address.host) === true ? token.reveal(address.host) : '';
  const fault = secret === '' ? said : said.replaceAll(secret, '***');
  const where = `the specs repository ${address.url}`;
  if (
    /authentication failed|could not read (username|password)|permission denied|error: 40[13]/i.test(fault)
  ) {
    return new Stalled('AuthenticationFailed', `${where} refuses our token or key: ${fault}`);
  }
  if (/fsck error|transport .* not allowed/i.test(fault)) {
    return new Stalled('RevisionRefused', `${where} holds what git does not trust: ${fault}`);
  }
  return new Waiting('SpecsUnreachable', `${where} cannot be read now: ${fault}`);
}

/** The line in which git says what went wrong; what the server says (`remote:`) is left out. */
function firstFault(message: string): string {
  const lines = message.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('remote:'));
  const fault = lines.find((line) => /^(fatal|error):/.test(line)) ?? lines[0] ?? 'git said nothing';
  return fault
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 300);
}
