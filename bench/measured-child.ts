import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import path from 'node:path';

/** What one run of a program took, from its start to its end. */
export interface Measured {
  readonly wallMs: number;
  /** User and system time of all its threads. */
  readonly cpuMs: number;
  /** Largest resident set, in MB of 1,000,000 bytes. */
  readonly peakMb: number;
}

const preload = path.join(import.meta.dirname, 'report-usage.ts');

/** Runs one program under this Node and measures it. Rejects when it does not end with 0, with what it said. */
export async function measure(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', preload, ...argv], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const ended = Promise.withResolvers<number | null>();
  child.once('error', ended.reject).once('exit', (code) => ended.resolve(code));
  const [said, complaints, usage, code] = await Promise.all([
    text(child.stdout as Readable),
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
    ended.promise,
  ]);
  const wallMs = performance.now() - start;
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}:\n${said}${complaints}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(usage) as NodeJS.ResourceUsage;
  return { wallMs, cpuMs: (userCPUTime + systemCPUTime) / 1_000, peakMb: (maxRSS * 1_024) / 1e6 };
}
