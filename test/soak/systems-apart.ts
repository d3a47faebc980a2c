import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Systems, Tally } from './systems.ts';

/** The same in another process. */
export async function startSystemsApart(count: number): Promise<Systems> {
  const child = fork(fileURLToPath(new URL('systems-child.ts', import.meta.url)), [String(count)]);
  const [urls] = (await once(child, 'message')) as [readonly string[]];
  return {
    urls,
    async tally() {
      const answer = once(child, 'message');
      child.send('tally');
      const [tally] = (await answer) as [Tally];
      return tally;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
