import type { AttributeSpec } from '../../model/attribute.ts';
import type { ConnectorContext, Probe } from '../connector.ts';
import { accountOf } from './account.ts';
import type { ApideckClient } from './client.ts';
import { coverageOf, isCovered, type Coverage } from './coverage.ts';
import { isCustom, standardAttributes, standardByName } from './fields.ts';
import { isEmpty, sample, type Sample } from './sample.ts';
import { settled, type Config } from './schema.ts';
import { hiddenByScopes, isCallable, troubles } from './state.ts';

/** Without these hardly any sync works. */
const usuallyNeeded = ['first_name', 'last_name', 'email', 'status'];

/**
 * What this connection can read, and what stands in the way: the state in the Vault, the application's data scopes, what
 * Apideck supports for the service, and what nobody of the first page has.
 */
export async function probeConnection(
  client: ApideckClient,
  { config, fields: saved = [] }: ConnectorContext<Config>,
  signal: AbortSignal,
): Promise<Probe> {
  const connection = await client.connection(signal);
  const account = accountOf(connection, config);
  const missing = troubles(connection, client.asking);
  if (connection === undefined || !isCallable(connection))
    return { account, fields: standardAttributes, missing };
  const coverage = await coverageOf(client, signal);
  const seen = await sample(client, config, signal);
  const properties = propertiesOf([...usuallyNeeded, ...saved.map(({ name }) => name)]);
  const hidden = hiddenByScopes(connection, properties);
  return {
    account,
    fields: [...standardAttributes.filter((one) => isCovered(one, coverage)), ...seen.custom.attributes],
    missing: [
      ...missing,
      ...hidden.map(outOfScope),
      ...lacking(properties, hidden, coverage, seen, config),
      ...lostFields(saved, seen.custom.attributes),
      ...unknownFilters(config, coverage),
      ...seen.custom.ambiguous.map(
        (label) =>
          `more than one custom field is labelled "${label}"; each is published with its key behind the label, ` +
          `rename them in ${config.serviceId} to have plain names`,
      ),
    ],
    ...costOf(seen.total, config),
  };
}

/** What is likely missing where an attribute is empty for people who should have it. */
export function whyEmpty(attribute: string, { serviceId }: Config): string | undefined {
  if (attribute === 'id') return undefined;
  return (
    `the account that ${serviceId} was connected with likely may not see it, or the data scopes of the Apideck ` +
    'application leave it out'
  );
}

function propertiesOf(names: readonly string[]): readonly string[] {
  return [...new Set(names.flatMap((name) => propertyOf(name) ?? []))];
}

function propertyOf(name: string): string | undefined {
  if (name.startsWith('mapped.')) return 'custom_mappings';
  return name.startsWith('custom.') ? 'custom_fields' : standardByName.get(name)?.place.property;
}

function outOfScope(property: string): string {
  return `${property} is not among the data scopes of the Apideck application; add it there (Data Scopes, hris.employees)`;
}

/** Fields that Apideck does not have for the service, and those that are empty for everybody who was seen. */
function lacking(
  properties: readonly string[],
  hidden: readonly string[],
  coverage: Coverage | undefined,
  { records }: Sample,
  config: Config,
): readonly string[] {
  return properties.flatMap((one) => {
    if (coverage !== undefined && !coverage.fields.has(one))
      return [
        `Apideck does not support ${one} for ${config.serviceId}; take it from a custom field, or map it in the Vault (custom mappings)`,
      ];
    if (hidden.includes(one) || records.some((record) => !isEmpty(record[one])) || records.length === 0)
      return [];
    return [`${one} is empty for everybody of the first page: ${whyEmpty(one, config) ?? ''}`];
  });
}

function lostFields(saved: readonly AttributeSpec[], found: readonly AttributeSpec[]): readonly string[] {
  const there = new Set(found.map(({ key }) => key));
  return saved
    .filter(({ name, key }) => isCustom(name) && !there.has(key))
    .map(({ name }) => `${name} is not among the custom fields that can be seen; it was removed, or hidden`);
}

function unknownFilters({ filters, serviceId }: Config, coverage: Coverage | undefined): readonly string[] {
  return filters
    .filter((one) => coverage !== undefined && !coverage.filters.has(one))
    .map((one) => `${serviceId} has no filter ${one} in Apideck; take it out of \`filters\``);
}

/** Known only where the service gives a total. */
function costOf(total: number | undefined, config: Config): Pick<Probe, 'cost'> {
  if (total === undefined) return {};
  const { pageSize, singly, alsoList } = settled(config);
  const pages = config.paging === 'none' ? 1 : Math.max(1, Math.ceil(total / pageSize));
  const singles = singly.length === 0 ? 0 : total;
  return { cost: { requests: pages + alsoList.length + singles } };
}
