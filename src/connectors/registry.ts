import type { Catalog, ConnectorFacts } from '../spec/catalog.ts';
import { configFaults } from './config-faults.ts';
import type { Connect, Connector, ConnectorContext } from './connector.ts';
import type { WebhookVerifier } from '../model/webhook.ts';
import { apideck } from './apideck/connector.ts';
import { bamboohr } from './bamboohr/connector.ts';
import { csv } from './csv/connector.ts';
import { merge } from './merge/connector.ts';
import { optio } from './optio/connector.ts';
import { haiilo } from './haiilo/connector.ts';
import { personio } from './personio/connector.ts';
import { rest } from './rest/connector.ts';
import { scim } from './scim/connector.ts';
import { talenthr } from './talenthr/connector.ts';
import { talentlms } from './talentlms/connector.ts';
import { torii } from './torii/connector.ts';
import { talosPerform } from './talos-perform/connector.ts';
import { workday } from './workday/connector.ts';

/**
 * Every kind of system, by name. Nothing but this file names a vendor.
 *
 * Each takes any config: it is checked against the connector's own schema wherever it is used, so that a config of
 * another kind is a thrown `ZodError` and never a wrong request.
 */
export const connectors: ReadonlyMap<string, Connector> = new Map(
  [
    register(personio),
    register(bamboohr),
    register(talentlms),
    register(talenthr),
    register(torii),
    register(scim),
    register(haiilo),
    register(csv),
    register(merge),
    register(workday),
    register(rest),
    register(apideck),
    register(optio),
    register(talosPerform),
  ].map((one) => [one.name, one]),
);

/** What the loader of specs must know of connectors. */
export function catalogOf(known: ReadonlyMap<string, Connector>): Catalog {
  return { connectors: new Map([...known].map(([name, connector]) => [name, factsOf(connector)])) };
}

/** A connector that takes any config. */
function register<Config>(connector: Connector<Config>): Connector {
  const typed = (config: unknown): Config => connector.config.parse(config);
  const contextOf = (context: ConnectorContext): ConnectorContext<Config> => ({
    ...context,
    files: (file) => context.files(file),
    filesToWrite: (file) => context.filesToWrite(file),
    config: typed(context.config),
  });
  const openWriter = connector.openWriter?.bind(connector);
  const { connect, webhook, ...others } = connector;
  return {
    ...others,
    ...(webhook === undefined ? {} : { webhook: webhookTyped(webhook, typed) }),
    credentials: connector.credentials.map(({ required, ...credential }) => ({
      ...credential,
      required: typeof required === 'boolean' ? required : (config: unknown) => required(typed(config)),
    })),
    ...(connect === undefined ? {} : { connect: connectTyped(connect, contextOf, typed) }),
    attributes: (config, entity) => connector.attributes(typed(config), entity),
    hosts: (config) => connector.hosts(typed(config)),
    whyNot: (config, entity, use) => connector.whyNot?.(typed(config), entity, use),
    disabling: (config, entity) => connector.disabling?.(typed(config), entity),
    openReader: (context) => connector.openReader(contextOf(context)),
    ...(openWriter === undefined
      ? {}
      : { openWriter: (context: ConnectorContext) => openWriter(contextOf(context)) }),
  };
}

function webhookTyped<Config>(
  webhook: WebhookVerifier<Config>,
  typed: (config: unknown) => Config,
): WebhookVerifier {
  return {
    credential: webhook.credential,
    verify: (request, secret, config) => webhook.verify(request, secret, typed(config)),
  };
}

function connectTyped<Config>(
  connect: Connect<Config>,
  contextOf: (context: ConnectorContext) => ConnectorContext<Config>,
  typed: (config: unknown) => Config,
): Connect {
  return {
    about: connect.about,
    whyNot: (config) => connect.whyNot?.(typed(config)),
    begin: (context, how, signal) => connect.begin(contextOf(context), how, signal),
  };
}

function factsOf(connector: Connector): ConnectorFacts {
  return {
    name: connector.name,
    system: connector.system,
    ...(connector.subprocessor === undefined ? {} : { subprocessor: connector.subprocessor }),
    source: connector.source,
    target: connector.target,
    entities: connector.entities,
    targetEntities: connector.targetEntities ?? connector.entities,
    tellsAccount: connector.tellsAccount,
    credentials: connector.credentials,
    parseConfig: (config) => {
      const parsed = connector.config.safeParse(config ?? {});
      if (parsed.success) return { config: parsed.data };
      return { faults: configFaults(connector.config, parsed.error.issues) };
    },
    attributes: (config, entity) => connector.attributes(config, entity),
    whyNot: (config, entity, use) => connector.whyNot?.(config, entity, use),
    disabling: (config, entity) => connector.disabling?.(config, entity),
    hosts: (config) => connector.hosts(config),
  };
}
