import type { Reader } from '../connector.ts';
import { isObject } from '../json.ts';
import type { HttpClient } from '../../http/client.ts';
import { Waiting } from '../../model/error.ts';
import type { Intent, Order, Resolution } from '../../model/order.ts';
import type { Row } from '../../model/row.ts';
import { isNothing, sameValue, type Value } from '../../model/value.ts';
import type { Field } from './fields.ts';
import { rowMaker, type User } from './user.ts';

interface Looking {
  readonly connection: string;
  readonly client: HttpClient;
  readonly fields: ReadonlyMap<string, Field>;
  readonly reader: Pick<Reader, 'find' | 'shape'>;
}

/** What became of an order, by looking at the account (or for it) as it is now. */
export async function resolveIntent(
  looking: Looking,
  intent: Intent,
  signal: AbortSignal,
): Promise<Resolution> {
  if (intent.kind === 'create') return await resolveCreate(looking, intent, signal);
  const id = intent.accountId ?? '';
  const user = await getUser(looking, id, signal);
  const done = { state: 'done', accountId: id } as const;
  const deletes = intent.kind === 'disable' && looking.reader.shape.disabling === 'deletes';
  if (intent.kind === 'delete') return user === undefined ? done : { state: 'not-done' };
  if (deletes && user === undefined) return done;
  if (user === undefined) return { state: 'not-done' };
  const wanted = Object.entries(intent.set).filter(
    ([name]) => looking.fields.get(name)?.spec.writeOnly !== true,
  );
  const row = rowMaker(wanted.map(([name]) => looking.fields.get(name)).filter((one) => one !== undefined))(
    user,
  );
  const form = (name: string, value: Value | undefined) =>
    isNothing(value) ? undefined : ordered(looking.reader.shape.canonical(name)?.(value) ?? value);
  const holds = wanted.every(([name, value], index) =>
    sameValue(form(name, row.values[index]), form(name, value)),
  );
  if (intent.kind === 'update') return holds && wanted.length > 0 ? done : { state: 'not-done' };
  return holds && row.active === (intent.kind === 'enable') ? done : { state: 'not-done' };
}

/** Lists are sets, and an empty one is none. */
function ordered(value: Value): Value | undefined {
  if (!Array.isArray(value)) return value;
  return value.length === 0 ? undefined : value.toSorted((a, b) => (String(a) < String(b) ? -1 : 1));
}

/**
 * The accounts that carry the order's whole identity (its userName where it has none). More than one tells nothing
 * about which of them would be ours.
 */
export async function accountsByIdentity(
  reader: Pick<Reader, 'find' | 'shape'>,
  order: Order,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const { userName } = order.set;
  const identity = Object.entries(order.identity).filter(([, value]) => !isNothing(value));
  if (identity.length === 0 && !isNothing(userName)) identity.push(['userName', userName]);
  const [first] = identity;
  if (first === undefined) return [];
  const attributes = identity.map(([name]) => name);
  const rows = await reader.find({ attributes }, [{ attribute: first[0], value: first[1] }], signal);
  return rows.filter((row) =>
    identity.every(([name, value], index) => {
      const theirs = row.values[index];
      const form = reader.shape.canonical(name) ?? ((same: Value) => same);
      return theirs !== undefined && sameValue(isNothing(theirs) ? null : form(theirs), form(value));
    }),
  );
}

/** The user, or nothing when there is none with this id. Throws `Waiting` where the answer says neither. */
export async function getUser(
  { client, connection }: Pick<Looking, 'client' | 'connection'>,
  id: string,
  signal: AbortSignal,
): Promise<User | undefined> {
  const path = userPath(id);
  const { status, body } = await client.request(
    { method: 'GET', path, effect: 'read', accept: [404] },
    signal,
  );
  if (status === 404) return undefined;
  if (isObject(body)) return body;
  throw new Waiting(
    'NotAUser',
    `connection ${connection}: the answer to a look at one user is no SCIM user; it is asked again later`,
    { connection },
  );
}

export function userPath(id: string): string {
  return `Users/${encodeURIComponent(id)}`;
}

async function resolveCreate(looking: Looking, intent: Intent, signal: AbortSignal): Promise<Resolution> {
  const [one, more] = await accountsByIdentity(looking.reader, intent, signal);
  if (one === undefined) return { state: 'not-done' };
  return more === undefined ? { state: 'done', accountId: one.id } : { state: 'unknown' };
}
