import type { Workspace } from '../compose.ts';
import type { Connector, ConnectorContext, Reader, Writer } from '../connectors/connector.ts';
import { createHttp } from '../http/create.ts';
import { Stalled } from '../model/error.ts';
import type { Secret } from '../model/secret.ts';
import { fileAccess } from '../operator/files.ts';
import { networkPolicy } from '../operator/network.ts';
import { resolveSecret } from '../operator/secrets.ts';
import type { CompiledConnection } from '../spec/compiled.ts';
import type { Store } from '../store/store.ts';

/** Opens connections of specs with the operator's secrets, networks and files. */
export interface Connections {
  reader(connection: CompiledConnection): Reader;
  writer(connection: CompiledConnection): Writer;
}

export function openConnections(workspace: Workspace, store: Store): Connections {
  return {
    reader(connection) {
      return connectorOf(workspace, connection).openReader(contextOf(workspace, store, connection));
    },
    writer(connection) {
      const connector = connectorOf(workspace, connection);
      if (connector.openWriter === undefined) {
        throw new Stalled(
          'CannotWrite',
          `connection ${connection.name}: ${connection.connector} can only be read`,
          {
            connection: connection.name,
          },
        );
      }
      return connector.openWriter(contextOf(workspace, store, connection));
    },
  };
}

function connectorOf({ connectors }: Workspace, { connector, name }: CompiledConnection): Connector {
  const found = connectors.get(connector);
  if (found === undefined)
    throw new Stalled('NoSuchConnector', `connection ${name}: there is no connector "${connector}"`);
  return found;
}

function contextOf(workspace: Workspace, store: Store, connection: CompiledConnection): ConnectorContext {
  const { config, options, telemetry } = workspace;
  const { clock, random, env } = options;
  const { name, requests } = connection;
  const { metrics, log } = telemetry;
  const policy = networkPolicy(config);
  const http = createHttp({
    connection: name,
    clock,
    random,
    checkHost: (hostname, addresses, protocol) => policy.check(hostname, addresses, protocol),
    hooks: {
      request: (method, status) => metrics.requests.inc({ connection: name, method, status: String(status) }),
      throttled: (ms) => metrics.throttledSeconds.inc({ connection: name }, ms / 1000),
      trace: (attempt) => log.debug({ connection: name, ...attempt }, 'request'),
    },
  });
  return {
    connection: name,
    config: connection.config,
    secrets: secretsOf(workspace, connection),
    fields: connection.fields,
    http: (httpOptions) => http({ ...httpOptions, ...ownLimits(httpOptions.limits, requests) }),
    details: store.details(name),
    refreshDetailsMs: connection.refreshDetailsMs,
    clock,
    random,
    files: fileAccess(config, env, config.specs?.kind === 'folder' ? config.specs.folder : config.data),
  };
}

function secretsOf(
  { config, options }: Workspace,
  connection: CompiledConnection,
): Readonly<Record<string, Secret>> {
  const entries = Object.entries(connection.credentials);
  return Object.fromEntries(
    entries.map(([name, reference]) => [name, resolveSecret(reference, config, options.env)]),
  );
}

/** What the spec asks for on top of the vendor's limits. */
function ownLimits(
  vendors: ConnectorLimits,
  { perMinute, concurrency }: CompiledConnection['requests'],
): { limits?: NonNullable<ConnectorLimits>; concurrency?: number } {
  const own = perMinute === undefined ? [] : [{ requests: perMinute, perMs: 60_000 }];
  return {
    limits: [...(vendors ?? []), ...own],
    ...(concurrency === undefined ? {} : { concurrency }),
  };
}

type ConnectorLimits = Parameters<ConnectorContext['http']>[0]['limits'];
