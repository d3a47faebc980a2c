import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import { main } from '../../src/cli/program.ts';

/** What a command said, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Of a command in this process, which always has a code; `all` is everything in the order in which it was said. */
export interface EndedHere extends Ended {
  readonly code: number;
  readonly all: string;
}

/**
 * A command line as the process would run it, from its arguments to its exit code, without the half a second that a process
 * takes to begin. Signals, streams that break and the exit code of the process itself are for tests that start one.
 */
export async function runHere(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<EndedHere> {
  let all = '';
  const [stdout, stderr] = [1, 2].map(() => new Collected((part) => (all += part)));
  const emitter = new EventEmitter();
  const process = Object.assign(emitter, { stdout, stderr, env: { ...env }, cwd: () => cwd });
  const code = await main(args, process as unknown as NodeJS.Process);
  return { code, stdout: stdout?.text ?? '', stderr: stderr?.text ?? '', all };
}

class Collected extends Writable {
  text = '';
  readonly isTTY = false;
  readonly #tell: (part: string) => void;

  constructor(tell: (part: string) => void) {
    super();
    this.#tell = tell;
  }

  override _write(part: Buffer | string, _encoding: string, done: () => void): void {
    this.text += part.toString();
    this.#tell(part.toString());
    done();
  }
}
