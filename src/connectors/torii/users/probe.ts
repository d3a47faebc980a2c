import type { AttributeSpec } from '../../../model/attribute.ts';
import { isObject, objectsIn } from '../../json.ts';
import type { ConnectorContext, Probe } from '../../connector.ts';
import type { ToriiClient } from '../client.ts';
import { pageSize } from '../listing.ts';
import { allowed } from '../missing.ts';
import type { ToriiConfig } from '../schema.ts';
import { customAttributes, personAttributes } from './fields.ts';

/** What this key may read of people. */
export async function probePeople(
  client: ToriiClient,
  { config }: ConnectorContext<ToriiConfig>,
  signal: AbortSignal,
): Promise<Probe> {
  const missing: string[] = [];
  const way = 'give the key that right in Torii (Settings > API Access)';
  const account = await client.organisation(signal);
  const { view } = config.users;
  const list = await allowed(
    () => client.get(100, 'users', { size: 1, view }, signal),
    missing,
    `the list of people cannot be read; ${way}`,
  );
  const custom = await allowed(
    () => fieldsOf(client, signal),
    missing,
    `the fields of people cannot be read; ${way}`,
  );
  const total = isObject(list) ? list['total'] : undefined;
  return {
    account,
    fields: [...personAttributes, ...(custom ?? [])],
    missing,
    ...(typeof total === 'number'
      ? { cost: { requests: Math.max(1, Math.ceil(total / pageSize)) + 1, limitPerHour: 6_000 } }
      : {}),
  };
}

/** The fields that Torii has of people, besides those that everybody has. */
export async function fieldsOf(client: ToriiClient, signal: AbortSignal): Promise<readonly AttributeSpec[]> {
  const body = await client.get(100, 'users/fields', {}, signal);
  const fields = objectsIn(isObject(body) ? body['fields'] : undefined);
  if (fields === undefined) throw client.unexpected('without the fields of people');
  return customAttributes(fields);
}
