import type { AttributeSpec } from '../../../model/attribute.ts';
import type { Value } from '../../../model/value.ts';
import { idOf, isObject, type JsonObject } from '../../json.ts';
import { trimmedLower } from '../../text-forms.ts';
import type { ToriiClient } from '../client.ts';
import type { List } from '../listing.ts';
import type { IntegrationConfig } from '../schema.ts';
import { misshapen, taking, type Column } from '../values.ts';

/** A licence that somebody has. Without a status it goes by that of the user. */
export interface Held {
  readonly name: string;
  readonly status?: string;
}

const spec = (name: string, more: Partial<AttributeSpec> = {}): AttributeSpec => ({
  name,
  type: 'text',
  class: 'personal',
  optional: true,
  ...more,
});

const licenseStatuses = ['active', 'inactive', 'deleted'];

/** What a file says of a user, under the file's names; `key` is the name in the list of the application's users. */
const columns: readonly Column[] = [
  column(
    spec('id', { class: 'internal', write: 'create', required: true, unique: true, key: 'idExternalUser' }),
  ),
  column(spec('email', { write: 'always', required: true, unique: true, rename: true })),
  column(spec('firstName', { write: 'always' })),
  column(spec('lastName', { write: 'always' })),
  column(spec('externalStatus', { class: 'internal', write: 'always' })),
  column(spec('role', { class: 'internal', write: 'always' })),
  column(spec('lastUsedDate', { type: 'date', write: 'always', key: 'lastVisitTime' })),
  {
    spec: spec('licenses', { type: 'list<text>', class: 'internal', write: 'always' }),
    take: (item) => {
      const held = heldIn(item);
      return held?.length === 0 ? null : (held?.map(({ name }) => name) ?? misshapen);
    },
  },
  {
    spec: spec('licenseStatus', {
      class: 'internal',
      write: 'always',
      values: licenseStatuses,
      key: 'licenses',
    }),
    take: (item) => {
      const held = heldIn(item);
      return held === undefined ? misshapen : statusOf(held);
    },
  },
  column(spec('lifecycleStatus', { class: 'internal' })),
];

export const appUserColumns: ReadonlyMap<string, Column> = new Map(
  columns.map((one) => [one.spec.name, one]),
);

export const appUserAttributes: readonly AttributeSpec[] = columns.map((one) => one.spec);

/** Torii keeps addresses in lower case. */
export function canonicalForm(attribute: string): ((value: Value) => Value) | undefined {
  return attribute === 'email' ? trimmedLower : undefined;
}

function keyOf({ idAppAccount, idExternalUser, email }: JsonObject): string {
  return JSON.stringify([idAppAccount ?? null, idExternalUser ?? null, email ?? null]);
}

/** The list of everybody of the application; only those of our account are ours to see. */
export function appUsersOf({ app }: IntegrationConfig): List {
  return { path: `apps/${app}/users`, query: {}, perMinute: 600, keyOf };
}

/**
 * Those of our account. Rejects where the list does not say of somebody whose they are: of nobody, all of them would be
 * missing, and a file would be made without them.
 */
export function ofAccount(
  items: readonly JsonObject[],
  { account }: IntegrationConfig,
  client: Pick<ToriiClient, 'unexpected'>,
): readonly JsonObject[] {
  return items.filter((item) => {
    const id = idOf(item['idAppAccount']);
    if (id === undefined) throw client.unexpected('a user of the application without their account');
    return id === String(account);
  });
}

/** The id that a file gave the user, else the address: users whom no file gave an id have nothing else of their own. */
export function accountIdOf({ idExternalUser, email }: JsonObject): string {
  if (typeof idExternalUser === 'string' && idExternalUser !== '') return idExternalUser;
  if (typeof idExternalUser === 'number') return String(idExternalUser);
  return typeof email === 'string' ? email.trim().toLowerCase() : '';
}

/** Only active users count as users of the application. */
export function isActive({ status }: JsonObject): boolean {
  return status !== 'deleted';
}

/**
 * The licences of a user. The document shows a list of objects and nothing of what is in them: a name, and perhaps a
 * status, is taken to be. `undefined` for anything else, so that no licence is ever taken for none.
 */
export function heldIn({ licenses = null }: JsonObject): readonly Held[] | undefined {
  if (licenses === null) return [];
  if (!Array.isArray(licenses)) return undefined;
  const held = licenses.map((one) => {
    if (typeof one === 'string') return { name: one };
    const { name, status } = isObject(one) ? one : {};
    if (typeof name !== 'string' || name === '') return undefined;
    return typeof status === 'string' ? { name, status } : { name };
  });
  return held.every((one) => one !== undefined) ? held : undefined;
}

/** The one status of all licences of a user. */
export function statusOf(held: readonly Held[]): string | null {
  const statuses = new Set(held.map(({ status }) => status));
  const [status] = statuses;
  return statuses.size === 1 && status !== undefined ? status : null;
}

function column(of: AttributeSpec): Column {
  return taking(of, of.key ?? of.name);
}
