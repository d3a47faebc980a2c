import type { Key, Row } from '../../model/row.ts';
import type { ConnectorContext } from '../connector.ts';
import { idOf, isObject, type JsonObject } from '../json.ts';
import { isMember } from './branch.ts';
import type { TalentLmsClient } from './client.ts';
import type { UserDetails } from './details.ts';
import type { UserDetail } from './single.ts';
import type { CustomField } from './fields.ts';
import { dataOf } from './envelope.ts';
import { lookedFor } from './looked-for.ts';
import { readPages } from './pages.ts';
import { rowOf, type Column } from './rows.ts';
import type { Config } from './schema.ts';

export interface Portal {
  readonly client: TalentLmsClient;
  readonly context: ConnectorContext<Config>;
  /** Knows the fields of the keys and of what is wanted; left out when the list has all of them. */
  readonly details: UserDetails | undefined;
  readonly branch: string | undefined;
}

export interface Search {
  readonly keys: readonly Key[];
  /** The custom fields of the keys. */
  readonly fields: ReadonlyMap<string, CustomField>;
  readonly columns: readonly Column[];
}

/** Users who have one of the values, whatever their status. Each is read afresh, past what is remembered. */
export async function findUsers(
  portal: Portal,
  search: Search,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const { client, context, details, branch } = portal;
  const rows = new Map<string, Row>();
  for (const key of search.keys) {
    const wanted = lookedFor(key, search.fields, context.config.dateFormat);
    for await (const item of candidates(client, key.attribute, wanted.text, signal)) {
      const id = idOf(item['id']);
      if (id === undefined || rows.has(id)) continue;
      const detail = await detailOf(details, id, signal);
      if (detail === 'gone') continue;
      if (!wanted.isHeldBy({ item, detail })) continue;
      const outside = branch !== undefined && !(await isMember(client, branch, id, signal));
      rows.set(id, rowOf({ item, detail }, search.columns, outside));
    }
  }
  return [...rows.values()];
}

/** Users of the list among whom those with the value are. */
async function* candidates(
  client: TalentLmsClient,
  attribute: string,
  text: string,
  signal: AbortSignal,
): AsyncGenerator<JsonObject> {
  if (text === '') return;
  if (attribute === 'id') {
    yield* userById(client, text, signal);
    return;
  }
  for (const filter of filtersFor(attribute, text)) {
    let found = 0;
    for await (const page of readPages(client, 'users', filter, signal)) {
      found += page.length;
      yield* page;
    }
    if (found > 0) return;
  }
}

/**
 * The narrowest filter first. Logins and addresses are unique without regard to case, and whether their filters look
 * at it is not documented: where they find nobody, the search over names, logins and addresses is asked. Attributes
 * without a filter cost the whole list.
 */
function filtersFor(attribute: string, text: string): readonly Readonly<Record<string, string>>[] {
  const keyword = { 'filter[keyword][like]': text };
  if (attribute === 'login') return [{ 'filter[login][eq]': text }, keyword];
  if (attribute === 'email') return [{ 'filter[email][eq]': text }, keyword];
  if (attribute === 'first_name' || attribute === 'last_name') return [keyword];
  if (isCustom(attribute)) return [{ 'filter[custom_field_value][eq]': text }];
  return [{}];
}

/** Whether a filter narrows the list down to those who have the value. */
export function looksUp(attribute: string): boolean {
  return attribute === 'id' || filtersFor(attribute, '').every((filter) => Object.keys(filter).length > 0);
}

/** The list has no filter by id: the user's login leads to their item in it. */
async function* userById(
  client: TalentLmsClient,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<JsonObject> {
  const item = await listItemOf(client, id, signal);
  if (item !== undefined) yield item;
}

/** One user as the list shows them; `undefined` when there is no such user. */
async function listItemOf(
  client: TalentLmsClient,
  id: string,
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  const login = await loginOf(client, id, signal);
  if (login === undefined) return undefined;
  for await (const page of readPages(client, 'users', { 'filter[login][eq]': login }, signal)) {
    const item = page.find((one) => idOf(one['id']) === id);
    if (item !== undefined) return item;
  }
  return undefined;
}

async function loginOf(
  client: TalentLmsClient,
  id: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!/^\d+$/.test(id)) return undefined;
  const { status, body } = await client.get(`users/${id}`, signal, [404]);
  if (status === 404) return undefined;
  const user = dataOf(body);
  const login = isObject(user) ? user['login'] : undefined;
  if (typeof login !== 'string') throw client.unexpected('a user without a login');
  return login;
}

async function detailOf(
  details: UserDetails | undefined,
  id: string,
  signal: AbortSignal,
): Promise<UserDetail | undefined | 'gone'> {
  if (details === undefined) return undefined;
  return (await details.readNow(id, signal))?.detail ?? 'gone';
}

function isCustom(attribute: string): boolean {
  return attribute.startsWith('custom.');
}

/** The id behind a login that was just taken. */
export async function findIdByLogin(
  client: TalentLmsClient,
  login: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  for await (const page of readPages(client, 'users', { 'filter[login][eq]': login }, signal)) {
    for (const item of page) return idOf(item['id']);
  }
  return undefined;
}
