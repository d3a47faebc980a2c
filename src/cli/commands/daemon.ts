import { runDaemon } from '../../compose/daemon.ts';
import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';

/** Follows the specs and keeps their syncs until it is told to stop. */
export async function run(_options: object, context: CliContext): Promise<ExitCode> {
  const { out, workspace, signal } = context;
  await runDaemon(await workspace({ log: true }), signal, (url) => out.say(`listening on ${url}`));
  return Exit.settled;
}
