import type { Json } from '../../model/value.ts';
import { idOf, isObject, objectsOf, type JsonObject } from '../json.ts';
import type { TalentLmsClient } from './client.ts';
import { dataOf } from './envelope.ts';

/** What the list of users lacks. Kept sealed, with a fingerprint of the list's item under which it was read. */
export interface UserDetail {
  /** Values of the custom fields that were wanted when it was read, by index; null where the user has none. */
  readonly fields: { readonly [id: string]: Json };
  readonly deactivation: Json;
  /** `nl-NL`; the list's `language` may be null. */
  readonly locale: Json;
}

/** One user with all that the API tells of them: as the list shows them, and what the list lacks. */
export interface SingleUser {
  readonly item: JsonObject;
  readonly detail: UserDetail;
}

/** Asks for one user; `undefined` when there is none with this id. */
export type ReadUser = (id: string, signal: AbortSignal) => Promise<SingleUser | undefined>;

/** By API v2. `item` is not the list's item there: it lacks `type` and `language`. */
export async function readUser(
  client: TalentLmsClient,
  id: string,
  signal: AbortSignal,
): Promise<SingleUser | undefined> {
  const { status, body } = await client.get(`users/${id}`, signal, [404]);
  if (status === 404) return undefined;
  const data = dataOf(body);
  if (!isObject(data) || idOf(data['id']) !== id) throw client.unexpected('a user without its id');
  const values = objectsOf(data['custom_fields']).flatMap((one) => {
    const index = idOf(one['id']);
    return index === undefined ? [] : [[index, one['value'] ?? null] as const];
  });
  const { deactivation_date: deactivation = null, locale = null } = data;
  return { item: data, detail: { fields: Object.fromEntries(values), deactivation, locale } };
}
