import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Stalled } from '../../model/error.ts';
import type { CliContext } from '../context.ts';
import type { ExitCode } from '../exit.ts';

/** What the demo's own module must offer: it lies beside the vendor servers, in the tests, and is not in the package. */
interface Demo {
  readonly playDemo: (options: {
    readonly once: boolean;
    readonly signal: AbortSignal;
    readonly say: (text: string) => void;
  }) => Promise<ExitCode>;
}

/** Plays the whole story on this machine. Needs a checkout: the vendor servers are those of the tests. */
export async function run(
  { once }: { readonly once: boolean },
  { out, signal }: CliContext,
): Promise<ExitCode> {
  const module = new URL('../../../test/demo/main.ts', import.meta.url);
  if (!existsSync(fileURLToPath(module))) {
    throw new Stalled(
      'NoCheckout',
      'the demo runs from a checkout of rosterd: clone the repository, then npm ci && npm run demo',
    );
  }
  const { playDemo } = (await import(module.href)) as Demo;
  return await playDemo({ once, signal, say: (text) => out.print(text) });
}
