import { carriedBy } from '../../connectors/connector.ts';
import type { CliContext } from '../context.ts';
import { Exit, type ExitCode } from '../exit.ts';
import { table } from '../output.ts';

/** Connections of the specs, and the capability table of every connector. */
export async function run(_options: object, { out, workspace }: CliContext): Promise<ExitCode> {
  const opened = await workspace();
  const connections =
    opened.config.specs === undefined ? [] : [...(await opened.loadSpecs()).specs.connections.values()];
  const connectors = [...opened.connectors.values()].map((connector) => {
    const { name, title, source, target, entities, targetEntities = entities, capabilities } = connector;
    const carries = { read: entities, written: target ? targetEntities : [] };
    return { name, title, source, target, entities: carries, carries: carriedBy(connector), ...capabilities };
  });
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
  const rows = connectors.map(({ name, carries, read, write, untested }) => [
    name,
    carries,
    read,
    write,
    untested,
  ]);
  out.print(table([['CONNECTOR', 'CARRIES', 'READS', 'WRITES', 'UNTESTED'], ...rows]));
  return Exit.settled;
}
