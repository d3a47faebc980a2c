import type { HttpClient } from '../../http/client.ts';
import type { AttributeSpec } from '../../model/attribute.ts';
import { isObject, objectsOf } from '../json.ts';
import { ask, specOf } from '../scim/discovery.ts';
import { coreUrn, customField, type Field } from '../scim/fields.ts';
import { pick, type User } from '../scim/user.ts';
import type { IntranetConfig } from './schema.ts';

/** How a profile field is called in SCIM (support.haiilo.com, "User directory: SCIM"). */
const prefix = 'profileField_';

/** So many users are looked at for profile fields where the directory does not describe them. */
const sample = 50;

/** The profile fields of the config. */
export function declaredFields({ profileFields, profileFieldsUrn: urn }: IntranetConfig): readonly Field[] {
  return profileFields.map(({ name, class: dataClass }) =>
    customField(
      `${prefix}${name}`,
      { published: name, urn },
      dataClass === undefined ? {} : { class: dataClass },
    ),
  );
}

/**
 * The profile fields that the directory describes (`/Schemas`, RFC 7643 §7) or, where it describes none, that some of its
 * users have. Which of them is so, and in which schema they stand, Haiilo does not publish: it is taken from what is there.
 */
export async function discoverProfileFields(
  client: HttpClient,
  signal: AbortSignal,
): Promise<readonly AttributeSpec[]> {
  const schemas = objectsOf(pick((await ask(client, 'Schemas', signal)) ?? {}, 'Resources'));
  const described = schemas.flatMap((schema) => {
    const id = pick(schema, 'id');
    const urn = typeof id === 'string' && id !== coreUrn ? id : undefined;
    const found = objectsOf(pick(schema, 'attributes')).flatMap((one) => specOf(one, urn));
    return found.flatMap((spec) => fieldAt(spec.key, spec));
  });
  if (described.length > 0) return described;
  const query = { startIndex: 1, count: sample };
  const { body } = await client.request({ method: 'GET', path: 'Users', query, effect: 'read' }, signal);
  const users = objectsOf(isObject(body) ? pick(body, 'Resources') : undefined);
  return [...new Set(users.flatMap(keysIn))].toSorted().flatMap((key) => fieldAt(key));
}

/** Under the name that Haiilo shows; nothing for an attribute that is no profile field. */
function fieldAt(key = '', facts: Partial<AttributeSpec> = {}): readonly AttributeSpec[] {
  const colon = key.lastIndexOf(':');
  const attribute = key.slice(colon + 1);
  if (!attribute.startsWith(prefix)) return [];
  const urn = colon < 0 ? undefined : key.slice(0, colon);
  const { spec } = customField(attribute, { published: attribute.slice(prefix.length), urn });
  return [{ ...spec, ...facts, name: spec.name, class: spec.class }];
}

/** Profile fields of one user by their keys, with the extension that has them. */
function keysIn(user: User): readonly string[] {
  return Object.entries(user).flatMap(([key, value]) => {
    if (key.startsWith(prefix)) return [key];
    if (!key.startsWith('urn:') || !isObject(value)) return [];
    return Object.keys(value)
      .filter((one) => one.startsWith(prefix))
      .map((one) => `${key}:${one}`);
  });
}
