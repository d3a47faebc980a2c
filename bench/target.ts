import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** What a target's server holds and how many requests other than reads it has handled. */
export interface Tally {
  readonly users: number;
  readonly writes: number;
}

/** A SCIM server in its own process, empty when it starts. */
export class Target {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  /** `delayMs`: how long every answer takes at least. */
  static async start(delayMs = 0): Promise<Target> {
    const child = fork(path.join(import.meta.dirname, 'scim-server.ts'), [String(delayMs)]);
    const [message] = (await once(child, 'message')) as [{ readonly url: string }];
    return new Target(message.url, child);
  }

  async tally(): Promise<Tally> {
    const answer = once(this.#child, 'message');
    this.#child.send('tally');
    const [tally] = (await answer) as [Tally];
    return tally;
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }
}
