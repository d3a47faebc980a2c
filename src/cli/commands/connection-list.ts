import { capabilitiesOf, type Capabilities } from '../../connectors/capabilities.ts';
import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { table } from '../output.ts';

/** Connections of the specs, and the capability table of every connector. */
export async function run(_options: object, { out, workspace }: CliContext): Promise<ExitCode> {
  const opened = await workspace();
  const connections =
    opened.config.specs === undefined ? [] : [...(await opened.loadSpecs()).specs.connections.values()];
  const connectors = [...opened.connectors.values()].map(capabilitiesOf);
  if (out.format === 'json') {
    const listed = connections.map(({ name, connector, owner, suspend, expiresAt }) => ({
      name,
      connector,
      owner: owner ?? null,
      suspended: suspend !== undefined,
      expiresAt: expiresAt ?? null,
    }));
    out.print(JSON.stringify({ connections: listed, connectors }, null, 2));
    return Exit.settled;
  }
  if (connections.length > 0) {
    const rows = connections.map(({ name, connector, owner, suspend }) => [
      name,
      connector,
      owner ?? '',
      suspend === undefined ? '' : `suspended: ${suspend.reason}`,
    ]);
    out.print(table([['CONNECTION', 'CONNECTOR', 'OWNER', ''], ...rows]));
    out.print('');
  }
  const rows = connectors.map((one) => [
    one.name,
    sideOf(one),
    one.carries,
    one.read,
    one.write,
    besides(one),
    one.untested,
  ]);
  out.print(table([['CONNECTOR', 'SIDE', 'CARRIES', 'READS', 'WRITES', 'BESIDES', 'UNTESTED'], ...rows]));
  return Exit.settled;
}

function sideOf({ source, target }: Capabilities): string {
  return source && target ? 'source, target' : source ? 'source' : 'target';
}

function besides({ webhooks, connect, subprocessor }: Capabilities): string {
  const words = [
    ...(webhooks ? ['webhooks'] : []),
    ...(connect ? ['connect'] : []),
    ...(subprocessor === null ? [] : [`through ${subprocessor}`]),
  ];
  return words.join(', ');
}
