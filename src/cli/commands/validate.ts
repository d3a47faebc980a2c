import { formatFinding, Invalid } from '../../model/error.ts';
import type { Finding } from '../../model/error.ts';
import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { table } from '../output.ts';

/** Checks the specs and prints every finding with its place, then what they say in one line per sync. */
export async function run(_options: object, { out, workspace }: CliContext): Promise<ExitCode> {
  const opened = await workspace();
  let warnings: readonly Finding[];
  try {
    const loaded = await opened.loadSpecs();
    warnings = loaded.warnings;
    const syncs = [...loaded.specs.syncs.values()].map(({ name, direction, mode }) => ({
      name,
      direction,
      mode,
    }));
    if (out.format === 'json') {
      out.print(
        JSON.stringify({ valid: true, revision: loaded.specs.revision, syncs, findings: warnings }, null, 2),
      );
    } else {
      for (const warning of warnings) out.print(formatFinding(warning));
      out.print(table(syncs.map(({ name, direction, mode }) => [name, direction, mode])));
      const { size } = loaded.specs.connections;
      out.say(`valid: ${counted(size, 'connection')}, ${counted(syncs.length, 'sync')}`);
    }
    return Exit.settled;
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    if (out.format === 'json') out.print(JSON.stringify({ valid: false, findings: error.findings }, null, 2));
    else for (const finding of error.findings) out.print(formatFinding(finding));
    const errors = error.findings.filter(({ severity }) => severity === 'error').length;
    out.say(
      `${errors} ${errors === 1 ? 'fault' : 'faults'} in the specs; nothing was read and nothing was written`,
    );
    return Exit.fault;
  }
}

function counted(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}
