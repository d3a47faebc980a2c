import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';

/** Forgets what a system gave this connection to keep, also where the specs have no such connection any more. */
export async function run({ name }: { readonly name: string }, context: CliContext): Promise<ExitCode> {
  const { out, workspace } = context;
  const forgotten = await (await (await workspace()).store()).keptTokens(name).forget();
  if (out.format === 'json') out.print(JSON.stringify({ connection: name, forgotten }));
  const kept = `nothing was kept for ${name}`;
  const gone = `${name} is disconnected: what it was given is forgotten here, and links and memory stay. Take the consent back in the system as well; to connect again: rosterd connection connect ${name}`;
  out.say(forgotten === 0 ? kept : gone);
  return Exit.settled;
}
