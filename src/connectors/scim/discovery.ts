import type { HttpClient } from '../../http/client.ts';
import type { AttributeSpec } from '../../model/attribute.ts';
import type { Json, ValueType } from '../../model/value.ts';
import { isObject, objectsOf } from '../json.ts';
import { coreUrn, customField, enterpriseUrn } from './fields.ts';
import { pick, type User } from './user.ts';

/**
 * The simple attributes of a service's own extensions, as `/ResourceTypes` and `/Schemas` describe them (RFC 7643 §6, §7).
 * Both may be missing or say less than there is: what is not found here can be declared in the config.
 */
export async function discoverFields(
  client: HttpClient,
  signal: AbortSignal,
): Promise<readonly AttributeSpec[]> {
  const ofUsers = extensionsOfUsers(await ask(client, 'ResourceTypes', signal));
  if (ofUsers.size === 0) return [];
  return resourcesOf(await ask(client, 'Schemas', signal)).flatMap((schema) => {
    const urn = pick(schema, 'id');
    if (typeof urn !== 'string' || !ofUsers.has(urn.toLowerCase())) return [];
    return objectsOf(pick(schema, 'attributes')).flatMap((definition) => specOf(definition, urn));
  });
}

/** A document of discovery, or nothing where the server does not offer it. */
export async function ask(client: HttpClient, path: string, signal: AbortSignal): Promise<User | undefined> {
  const accept = [400, 403, 404, 405, 500, 501];
  const { status, body } = await client.request({ method: 'GET', path, effect: 'read', accept }, signal);
  return status < 300 && isObject(body) ? body : undefined;
}

/** An attribute as its schema describes it; nothing for lists, complex ones and binary ones, which have no flat form. */
export function specOf(definition: User, urn?: string): readonly AttributeSpec[] {
  const name = pick(definition, 'name');
  const type = types[textIn(definition, 'type')];
  if (typeof name !== 'string' || type === undefined || pick(definition, 'multiValued') === true) return [];
  const label = pick(definition, 'description');
  const { write: _always, ...spec } = customField(name, { published: name, urn }, { type }).spec;
  const write = writes[textIn(definition, 'mutability')];
  return [
    {
      ...spec,
      ...(typeof label === 'string' && label !== '' ? { label } : {}),
      ...(write === undefined ? {} : { write }),
      ...(textIn(definition, 'returned') === 'never' ? { writeOnly: true } : {}),
    },
  ];
}

/** RFC 7643 §2.3. */
const types: Readonly<Record<string, ValueType>> = {
  string: 'text',
  boolean: 'bool',
  integer: 'int',
  decimal: 'decimal',
  datetime: 'instant',
  reference: 'text',
};

/** RFC 7643 §7: without a word, an attribute is read and written. */
const writes: Readonly<Record<string, 'always' | 'create'>> = {
  '': 'always',
  readwrite: 'always',
  writeonly: 'always',
  immutable: 'create',
};

function extensionsOfUsers(kinds: User | undefined): ReadonlySet<string> {
  const user = resourcesOf(kinds).find((one) => textIn(one, 'schema') === coreUrn.toLowerCase());
  const urns = objectsOf(user === undefined ? undefined : pick(user, 'schemaExtensions')).map((one) =>
    textIn(one, 'schema'),
  );
  return new Set(urns.filter((urn) => urn !== '' && urn !== enterpriseUrn.toLowerCase()));
}

function resourcesOf(list: User | undefined): readonly User[] {
  return objectsOf(list === undefined ? undefined : pick(list, 'Resources'));
}

/** A word of the standard, which some servers write in capitals. */
function textIn(object: User, name: string): string {
  const value: Json | undefined = pick(object, name);
  return typeof value === 'string' ? value.toLowerCase() : '';
}
