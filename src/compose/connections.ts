import { keptTokensOf } from './kept-tokens.ts';
import type { Workspace } from './workspace.ts';
import type {
  Connecting,
  Connector,
  ConnectorContext,
  ConnectWith,
  Reader,
  Writer,
} from '../connectors/connector.ts';
import type { HttpFactory } from '../http/client.ts';
import { createHttp } from '../http/create.ts';
import type { HostPolicy } from '../http/connect.ts';
import { createSockets } from '../http/socket.ts';
import { listOf, type Entity } from '../model/entity.ts';
import { Stalled } from '../model/error.ts';
import type { Secret } from '../model/secret.ts';
import { fileAccess, fileToWrite, lookupFile } from '../operator/files.ts';
import { networkPolicy } from '../operator/network.ts';
import type { OperatorConfig } from '../operator/config.ts';
import { resolveSecret } from '../operator/secrets.ts';
import type { CompiledConnection, SecretReference } from '../spec/compiled.ts';
import type { Store } from '../store/store.ts';

/** Opens connections of specs with the operator's secrets, networks and files. */
export interface Connections {
  /** `folder`: absolute path that files in the connection's config are relative to. */
  reader(connection: CompiledConnection, entity: Entity, folder: string): Reader;
  writer(connection: CompiledConnection, entity: Entity, folder: string): Writer;
  /** Rejects with `Stalled` where there is nothing to connect. */
  connect(
    connection: CompiledConnection,
    how: ConnectWith,
    folder: string,
    signal: AbortSignal,
  ): Promise<Connecting>;
  /** Whether it was away the last time: then no request to it is repeated until it has answered one. */
  expect(connection: string, isAway: boolean): void;
}

export function openConnections(workspace: Workspace, store: Store): Connections {
  // One for the life of the process: readers, writers and later passes share what the other side has left of its limits.
  const factories = new Map<string, HttpFactory>();
  const away = new Set<string>();
  const httpOf = (connection: CompiledConnection): HttpFactory => {
    const key = `${connection.name} ${connection.digest}`;
    const factory = factories.get(key) ?? createFactory(workspace, connection, away);
    factories.set(key, factory);
    return factory;
  };
  const contextOf = (connection: CompiledConnection, entity: Entity, folder: string) =>
    contextWith(workspace, store, connection, entity, folder, httpOf(connection));
  return {
    reader(connection, entity, folder) {
      return connectorOf(workspace, connection).openReader(contextOf(connection, entity, folder));
    },
    writer(connection, entity, folder) {
      const connector = connectorOf(workspace, connection);
      if (connector.openWriter !== undefined)
        return connector.openWriter(contextOf(connection, entity, folder));
      const message = `connection ${connection.name}: ${connection.connector} can only be read`;
      throw new Stalled('CannotWrite', message, { connection: connection.name });
    },
    async connect(connection, how, folder, signal) {
      const { connect, entities } = connectorOf(workspace, connection);
      const { name, connector, config } = connection;
      const why = connect === undefined ? `${connector} takes only credentials` : connect.whyNot?.(config);
      if (connect === undefined || why !== undefined) {
        const message = `connection ${name}: there is no page to connect it by: ${why}`;
        throw new Stalled('NothingToConnect', message, { connection: name });
      }
      return await connect.begin(contextOf(connection, entities[0] ?? 'person', folder), how, signal);
    },
    expect(connection, isAway) {
      if (isAway) away.add(connection);
      else away.delete(connection);
    },
  };
}

function connectorOf({ connectors }: Workspace, { connector, name }: CompiledConnection): Connector {
  const found = connectors.get(connector);
  if (found !== undefined) return found;
  throw new Stalled('NoSuchConnector', `connection ${name}: there is no connector "${connector}"`);
}

function createFactory(
  { config, options, telemetry }: Workspace,
  connection: CompiledConnection,
  away: Set<string>,
): HttpFactory {
  const { name, requests } = connection;
  const { metrics, log } = telemetry;
  const factory = createHttp({
    connection: name,
    clock: options.clock,
    random: options.random,
    isAway: () => away.has(name),
    checkHost: checkHostOf(config),
    hooks: {
      request: (method, status) => {
        metrics.requests.inc({ connection: name, method, status: String(status) });
        if (status > 0 && status < 500) away.delete(name);
      },
      throttled: (ms) => metrics.throttledSeconds.inc({ connection: name }, ms / 1000),
      trace: (attempt) => log.debug({ connection: name, ...attempt }, 'request'),
    },
  });
  const own = requests.perMinute === undefined ? [] : [{ requests: requests.perMinute, perMs: 60_000 }];
  return (httpOptions) =>
    factory({
      ...httpOptions,
      limits: [...(httpOptions.limits ?? []), ...own],
      ...(requests.concurrency === undefined ? {} : { concurrency: requests.concurrency }),
    });
}

function contextWith(
  { config, options, connectors }: Workspace,
  store: Store,
  connection: CompiledConnection,
  entity: Entity,
  folder: string,
  http: HttpFactory,
): ConnectorContext {
  const { clock, random, env } = options;
  const webhook = connectors.get(connection.connector)?.webhook;
  return {
    connection: connection.name,
    entity,
    config: connection.config,
    secrets: secretsOf(connection, webhook?.credential, config, env),
    fields: connection.fields?.[entity],
    http,
    sockets: createSockets({ connection: connection.name, checkHost: checkHostOf(config) }),
    tokens: keptTokensOf(connection.name, { store, clock, holder: () => random.id() }),
    details: store.details(listOf(connection.name, entity)),
    refreshDetailsMs: connection.refreshDetailsMs,
    clock,
    random,
    files: (file) =>
      named(connection.name, () =>
        typeof file === 'string' ? fileAccess(config, env, folder)(file) : lookupFile(config, env)(file),
      ),
    filesToWrite: (file) => named(connection.name, () => fileToWrite(config, env, folder)(file)),
  };
}

function checkHostOf(config: OperatorConfig): HostPolicy {
  const policy = networkPolicy(config);
  return (hostname, addresses, protocol) => policy.check(hostname, addresses, protocol);
}

/** A refusal that names the connection. */
function named(connection: string, resolve: () => string): string {
  try {
    return resolve();
  } catch (error) {
    if (!(error instanceof Stalled)) throw error;
    const message = `connection ${connection}: ${error.message}`;
    throw new Stalled(error.reason, message, { connection, cause: error });
  }
}

/**
 * All but the secret of its webhooks, which no pass needs: whoever only plans need not have it. Throws `Stalled` that names
 * connection and credential.
 */
function secretsOf(
  { name: connection, credentials }: CompiledConnection,
  ofWebhooks: string | undefined,
  config: OperatorConfig,
  env: NodeJS.ProcessEnv,
): Readonly<Record<string, Secret>> {
  const secretOf = ([name, reference]: readonly [string, SecretReference]): [string, Secret] => {
    try {
      return [name, resolveSecret(reference, config, env)];
    } catch (error) {
      if (!(error instanceof Stalled)) throw error;
      const message = `connection ${connection}, credential ${name}: ${error.message}`;
      throw new Stalled(error.reason, message, { cause: error, connection });
    }
  };
  const needed = Object.entries(credentials).filter(([name]) => name !== ofWebhooks);
  return Object.fromEntries(needed.map(secretOf));
}
