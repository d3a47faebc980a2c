import type { Probe } from '../../connectors/connector.ts';
import type { Workspace } from '../../compose/workspace.ts';
import { nounOf, type Entity } from '../../model/entity.ts';
import { Stalled, SyncError } from '../../model/error.ts';
import type { CompiledConnection } from '../../spec/compiled.ts';
import type { CliContext } from '../context.ts';
import { Exit, gravest, type ExitCode } from '../exit.ts';

interface Tested {
  readonly connection: string;
  readonly ok: boolean;
  readonly probe?: Probe;
  readonly error?: { readonly reason: string; readonly message: string };
}

/** Asks each system who we are and what we may see. Writes nothing there. */
export async function run(
  { names, entity }: { readonly names: readonly string[]; readonly entity: Entity },
  context: CliContext,
): Promise<ExitCode> {
  const { out, workspace } = context;
  const connections = await (await workspace()).loadConnections();
  const chosen =
    names.length === 0 ? [...connections.values()] : names.map((name) => connectionNamed(name, connections));
  const tested: Tested[] = [];
  for (const connection of chosen) {
    const one = await test(connection, entity, context);
    tested.push(one);
    if (out.format !== 'json') out.print(lines(one).join('\n'));
  }
  if (out.format === 'json') out.print(JSON.stringify(tested, null, 2));
  return gravest(
    tested.map(({ ok, error }) => (ok ? Exit.settled : error === undefined ? Exit.held : Exit.unread)),
  );
}

export function connectionNamed(
  name: string,
  all: ReadonlyMap<string, CompiledConnection>,
): CompiledConnection {
  const found = all.get(name);
  if (found !== undefined) return found;
  throw new Stalled(
    'NoSuchConnection',
    `no connection is named "${name}"; the specs have: ${[...all.keys()].join(', ')}`,
  );
}

/** Throws `Stalled` where the connector has no such records. */
export function refuseUnoffered(
  { name, connector }: CompiledConnection,
  entity: Entity,
  opened: Workspace,
): void {
  const offered = opened.connectors.get(connector)?.entities ?? [];
  if (offered.includes(entity)) return;
  const names = offered.map((one) => nounOf(one)).join(', ');
  const message = `connection ${name}: ${connector} reads no ${nounOf(entity)}; it reads ${names}`;
  throw new Stalled('NotOffered', message, { connection: name });
}

async function test(
  connection: CompiledConnection,
  entity: Entity,
  { workspace, signal }: CliContext,
): Promise<Tested> {
  const { name } = connection;
  try {
    const opened = await workspace();
    refuseUnoffered(connection, entity, opened);
    const reader = await opened.openReader(connection, entity);
    try {
      const probe = await reader.probe(signal);
      return { connection: name, ok: probe.missing.length === 0, probe };
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    return { connection: name, ok: false, error: { reason: error.reason, message: error.message } };
  }
}

function lines({ connection, ok, probe, error }: Tested): readonly string[] {
  if (error !== undefined) return [`${connection}: ${error.message} [${error.reason}]`];
  const account = probe?.account === undefined ? '' : `, account ${probe.account}`;
  const cost = probe?.cost;
  const limit = cost?.limitPerHour === undefined ? '' : ` of ${cost.limitPerHour} an hour`;
  return [
    `${connection}: ${ok ? 'ready' : 'reached, but something is missing'}${account}, ${probe?.fields.length ?? 0} readable attributes`,
    ...(cost === undefined
      ? []
      : [
          `  a full pass costs about ${cost.requests} ${cost.requests === 1 ? 'request' : 'requests'}${limit}`,
        ]),
    ...(cost?.forPictures === undefined || cost.forPictures === 0
      ? []
      : [`  pictures, where a sync wants them, cost ${cost.forPictures} more at first`]),
    ...(probe?.missing ?? []).map((missing) => `  missing: ${missing}`),
    ...(probe?.notes ?? []).map((note) => `  note: ${note}`),
  ];
}
