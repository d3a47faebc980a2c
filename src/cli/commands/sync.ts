import { connectToDaemon } from '../../server/client.ts';
import type { CliContext } from '../context.ts';
import { exitOfResult, type ExitCode } from '../exit.ts';

/** Asks the running daemon for a pass now and waits for its outcome. */
export async function run(
  { name, person }: { readonly name: string; readonly person?: readonly string[] | undefined },
  { out, workspace }: CliContext,
): Promise<ExitCode> {
  const client = await connectToDaemon((await workspace()).config.data);
  out.say(`asked the daemon for a pass of ${name}`);
  const { run: record, summary } = await client.run(name, person);
  if (out.format === 'json') out.print(JSON.stringify({ run: record, summary }, null, 2));
  else out.print(`${name}: ${summary.result}: ${summary.message} (run ${record.id})`);
  return exitOfResult(summary);
}
