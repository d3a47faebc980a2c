import { idOf, isObject, objectsOf, type JsonObject } from '../json.ts';
import type { TalentLmsClient } from './client.ts';
import type { UserDetail } from './details.ts';
import { dataOf } from './envelope.ts';

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
