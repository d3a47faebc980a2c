import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runHere } from '../cli/in-process.ts';
import { wordsOf } from './rosterd-line.ts';
import { repository } from './shell-lines.ts';

/** How a command ended, and everything it said. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly all: string;
}

/** A person's terminal: a folder, an environment, and programs that go on in the background. */
export interface Terminal {
  /** Runs one line of shell; `cd` and `export` last. */
  run(line: string): Promise<Ended>;
  /** Starts what does not end, and resolves with the first match in what it says. */
  keepRunning(line: string, until: RegExp): Promise<RegExpExecArray>;
  /** Ends what goes on, and waits for it. */
  close(): Promise<void>;
}

interface TerminalOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** Commands of rosterd run in this process (the default), or each in one of its own as in life. */
  readonly here?: boolean;
}

/**
 * Opens a terminal in which `npx rosterd` runs the sources and `npx node` the Node of the tests: what `npm ci` makes of
 * them, without the build. `bin` is a folder that may be written to.
 */
export async function openTerminal(
  folder: string,
  bin: string,
  { settings = {}, here = true }: TerminalOptions = {},
): Promise<Terminal> {
  await writeNpx(bin);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NO_COLOR: '1',
    // The sources are compiled once and not for each command.
    NODE_COMPILE_CACHE: join(repository, 'node_modules/.cache/rosterd-docs'),
    ...settings,
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
  };
  const going: ChildProcess[] = [];
  let cwd = folder;

  async function run(line: string): Promise<Ended> {
    const assignments = [...line.matchAll(/(\w+)=(\S+)/g)];
    if (line.startsWith('export ')) {
      for (const [, name = '', value] of assignments) env[name] = value;
      return { code: 0, stdout: '', all: '' };
    }
    if (line.startsWith('cd ')) {
      cwd = resolve(cwd, line.slice(3));
      return { code: 0, stdout: '', all: '' };
    }
    const words = here ? wordsOf(line) : undefined;
    if (words !== undefined) return await runHere(words, cwd, env);
    return await ended(spawn('bash', ['-c', line], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  async function keepRunning(line: string, until: RegExp): Promise<RegExpExecArray> {
    const child = spawn('bash', ['-c', `exec ${line}`], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    going.push(child);
    return await said(child, line, until);
  }

  async function close(): Promise<void> {
    await Promise.all(
      going
        .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
        .map(async (child) => {
          const over = once(child, 'exit');
          child.kill('SIGTERM');
          await over;
        }),
    );
  }

  return { run, keepRunning, close };
}

async function writeNpx(bin: string): Promise<void> {
  const main = join(repository, 'src/main.ts');
  const script = `#!/bin/sh
case "$1" in
  rosterd) shift; exec "${process.execPath}" "${main}" "$@" ;;
  node) shift; exec "${process.execPath}" "$@" ;;
esac
echo "npx $1: not something that npm ci brings" >&2
exit 127
`;
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'npx'), script);
  await chmod(join(bin, 'npx'), 0o755);
}

async function ended(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let all = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    all += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    all += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, stdout, all };
}

async function said(child: ChildProcess, line: string, until: RegExp): Promise<RegExpExecArray> {
  return await new Promise((done, fail) => {
    let text = '';
    const look = (more: string) => {
      text += more;
      const match = until.exec(text);
      if (match !== null) done(match);
    };
    child.stdout?.setEncoding('utf8').on('data', look);
    child.stderr?.setEncoding('utf8').on('data', look);
    child.once('close', () => fail(new Error(`${line} ended without being ready:\n${text}`)));
  });
}
