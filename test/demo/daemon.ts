import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectToDaemon, type DaemonClient } from '../../src/server/client.ts';
import { rosterdMain } from './commands.ts';
import type { DemoFolder } from './folder.ts';

/** `rosterd daemon` as a process of its own, as it runs anywhere else. */
export interface DaemonProcess {
  /** `http://127.0.0.1:PORT`: health, metrics and API. */
  readonly url: string;
  readonly pid: number;
  /** Where its log goes. */
  readonly log: string;
  readonly client: DaemonClient;
  /** Aborted when it ends, for whatever reason, with a sentence. */
  readonly gone: AbortSignal;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
}

const startMs = 60_000;

export async function startDaemon(folder: DemoFolder, signal: AbortSignal): Promise<DaemonProcess> {
  const log = join(folder.root, 'daemon.log');
  const child = spawn(process.execPath, [rosterdMain, 'daemon', '--config', folder.config], {
    cwd: folder.root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = createWriteStream(log);
  child.stdout.pipe(lines, { end: false });
  child.stderr.pipe(lines, { end: false });
  const over = new AbortController();
  const ended = endOf(child, log, over);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended.catch(() => undefined);
    lines.end();
  };
  try {
    const url = await Promise.race([listening(child), ended, tooLate(signal)]);
    const client = await connectToDaemon(folder.data);
    return { url, pid: child.pid ?? 0, log, client, gone: over.signal, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Rejects when the process has ended, and aborts. */
async function endOf(child: ChildProcess, log: string, over: AbortController): Promise<never> {
  const [code, signal] = await new Promise<[number | null, string | null]>((done) => {
    child.once('close', (...how) => done(how));
    child.once('error', () => done([null, 'not started']));
  });
  const error = new Error(
    `the daemon has ended (${signal ?? `exit code ${code ?? '?'}`}); its log is ${log}`,
  );
  over.abort(error);
  throw error;
}

/** The address that it says it listens on. */
async function listening(child: ChildProcess): Promise<string> {
  let said = '';
  return await new Promise((done) => {
    child.stderr?.on('data', (part: Buffer) => {
      said += part.toString();
      const url = /listening on (http:\S+)/.exec(said)?.[1];
      if (url !== undefined) done(url);
    });
  });
}

async function tooLate(signal: AbortSignal): Promise<never> {
  await pause(startMs, undefined, { signal, ref: false });
  throw new Error(`the daemon does not listen after ${startMs / 1000} s`);
}
