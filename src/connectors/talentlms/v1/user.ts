import type { Json } from '../../../model/value.ts';
import { idOf, objectsOf, textOf, type JsonObject } from '../../json.ts';
import { dateFrom } from '../dates.ts';
import { momentOf } from '../moments.ts';
import type { Config } from '../schema.ts';
import type { SingleUser } from '../single.ts';
import { withoutEntities } from './entities.ts';

/**
 * A user of API v1 in the form of API v2, so that both are read by the same columns. Only what is named here is taken:
 * `login_key`, an address that signs in as the user, goes into nothing.
 */
export function userOf(user: JsonObject, format: Config['dateFormat']): SingleUser {
  const item = plainOf(user);
  const registration = momentOf(user, 'created_on', format);
  const updated = momentOf(user, 'last_updated', format);
  if (registration !== undefined) item['registration'] = registration;
  if (updated !== undefined) item['last_updated'] = updated;
  return {
    item,
    detail: { fields: fieldsOf(user), deactivation: deactivationOf(user, format), locale: null },
  };
}

/** How users of a long list are read: dates and custom fields only where somebody wants them. */
export function userReader(
  attributes: readonly string[],
  format: Config['dateFormat'],
): (user: JsonObject) => SingleUser {
  if (attributes.some((name) => dated.includes(name))) return (user) => userOf(user, format);
  const isCustom = attributes.some((name) => name.startsWith('custom.'));
  return (user) => ({
    item: plainOf(user),
    detail: isCustom ? { ...nothing, fields: fieldsOf(user) } : nothing,
  });
}

const dated: readonly string[] = ['created_on', 'last_updated', 'deactivation_date'];
const nothing: SingleUser['detail'] = { fields: {}, deactivation: null, locale: null };

function plainOf(user: JsonObject): Record<string, Json> {
  const item: Record<string, Json> = {};
  for (const [ours, theirs] of plain) {
    const text = textOf(user[theirs]);
    if (text !== undefined) item[ours] = typeof text === 'string' ? withoutEntities(text) : text;
  }
  return item;
}

const plain = [
  ['id', 'id'],
  ['login', 'login'],
  ['name', 'first_name'],
  ['surname', 'last_name'],
  ['email', 'email'],
  ['language', 'language'],
  ['timezone', 'timezone'],
  ['type', 'user_type'],
  ['status', 'status'],
] as const;

/** Ids of the branches in a user that was asked for singly; `undefined` where the portal did not say. */
export function branchesOf(user: JsonObject): readonly string[] | undefined {
  if (!Array.isArray(user['branches'])) return undefined;
  return objectsOf(user['branches']).flatMap((one) => idOf(one['id']) ?? []);
}

function fieldsOf(user: JsonObject): Readonly<Record<string, Json>> {
  const fields: Record<string, Json> = {};
  for (const [key, value] of Object.entries(user)) {
    if (!key.startsWith(prefix)) continue;
    fields[key.slice(prefix.length)] = typeof value === 'string' ? withoutEntities(value) : value;
  }
  return fields;
}

const prefix = 'custom_field_';

/** As a plain date. What is none stays as it is, so that it is told as that record's fault. */
function deactivationOf(user: JsonObject, format: Config['dateFormat']): Json {
  const text = textOf(user['deactivation_date']) ?? '';
  if (text.trim() === '' || text.trim() === '0') return null;
  return dateFrom(text, format) ?? text;
}
