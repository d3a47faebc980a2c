import type { Key, Row } from '../../../model/row.ts';
import type { Json } from '../../../model/value.ts';
import { idOf, isObject, objectsOf, type JsonObject } from '../../json.ts';
import type { TalentLmsClient } from '../client.ts';
import type { CustomField } from '../fields.ts';
import { lookedFor } from '../looked-for.ts';
import { rowOf, type Column } from '../rows.ts';
import type { Config } from '../schema.ts';
import { getOne, goneIn, pathOf } from './answer.ts';
import { readList } from './list.ts';
import { branchesOf, userOf } from './user.ts';

export interface V1Search {
  readonly keys: readonly Key[];
  /** The custom fields of the keys. */
  readonly fields: ReadonlyMap<string, CustomField>;
  readonly columns: readonly Column[];
  readonly branch: string | undefined;
  readonly format: Config['dateFormat'];
}

/** Users who have one of the values, whatever their status; each is asked for singly, with everything. */
export async function findV1Users(
  client: TalentLmsClient,
  { keys, fields, columns, branch, format }: V1Search,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const rows = new Map<string, Row>();
  for (const key of keys) {
    const wanted = lookedFor(key, fields, format);
    for await (const user of candidates(client, key.attribute, wanted.text, signal)) {
      const found = userOf(user, format);
      const id = idOf(found.item['id']);
      if (id === undefined || rows.has(id)) continue;
      if (!wanted.isHeldBy(found)) continue;
      const outside = branch !== undefined && !(branchesOf(user) ?? []).includes(branch);
      rows.set(id, rowOf(found, columns, outside));
    }
  }
  return [...rows.values()];
}

/** Users, each as asked for singly, among whom those with the value are. */
async function* candidates(
  client: TalentLmsClient,
  attribute: string,
  text: string,
  signal: AbortSignal,
): AsyncGenerator<JsonObject> {
  if (text === '') return;
  const key = byKey[attribute];
  if (key !== undefined) {
    if (attribute === 'id' && !/^\d+$/.test(text)) return;
    // Whether a look-up sees a difference of case is not documented.
    for (const one of attribute === 'id' ? [text] : new Set([text, text.toLowerCase()])) {
      const user = await getOne(client, pathOf('users', { [key]: one }), signal);
      if (typeof user === 'object') yield user;
    }
    return;
  }
  for await (const id of idsWith(client, attribute, text, signal)) {
    const user = await getOne(client, pathOf('users', { id }), signal);
    if (typeof user === 'object') yield user;
  }
}

const byKey: Readonly<Record<string, string>> = { id: 'id', login: 'username', email: 'email' };

/** Whether a request leads to those who have the value, without reading everybody. */
export function isLookedUp(attribute: string): boolean {
  return attribute in byKey || attribute.startsWith('custom.');
}

/** One request looks through all custom fields, but for a value with a comma; for all else the whole list is read. */
async function* idsWith(
  client: TalentLmsClient,
  attribute: string,
  text: string,
  signal: AbortSignal,
): AsyncGenerator<string> {
  if (attribute.startsWith('custom.') && !text.includes(',')) {
    const path = pathOf('getusersbycustomfield', { custom_field_value: text });
    const answer = await client.get(path, signal, [400, 404]);
    if (answer.status === 200) yield* idsIn(client, answer.body);
    else if (goneIn(answer) === undefined) throw client.unexpected(`status ${answer.status} to a look-up`);
    return;
  }
  for await (const page of readList(client, 'users', undefined, signal)) {
    for (const user of page) {
      const id = idOf(user['id']);
      if (id !== undefined) yield id;
    }
  }
}

/** An object by user id, and an empty list where there is nobody. */
function idsIn(client: TalentLmsClient, body: Json): readonly string[] {
  if (isObject(body))
    return Object.values(body).flatMap((user) => (isObject(user) ? (idOf(user['id']) ?? []) : []));
  if (Array.isArray(body)) return objectsOf(body).flatMap((user) => idOf(user['id']) ?? []);
  throw client.unexpected('a search that is neither an object nor a list');
}
