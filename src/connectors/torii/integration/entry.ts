import type { Order } from '../../../model/order.ts';
import { isNothing, sameValue, type Value } from '../../../model/value.ts';
import type { JsonObject } from '../../json.ts';
import { misshapen } from '../values.ts';
import { appUserColumns, canonicalForm, heldIn, isActive, statusOf, type Held } from './app-users.ts';

/** A user of the account, as a file says it. */
export interface Entry {
  readonly active: boolean;
  readonly values: Readonly<Record<string, Value>>;
  readonly held: readonly Held[];
}

/** Attributes that stand in the file under their own name. */
const plain = ['id', 'email', 'firstName', 'lastName', 'externalStatus', 'role', 'lastUsedDate'];

export const nobody: Entry = { active: true, values: {}, held: [] };

/** As the list has them; `undefined` where it has something in a form that could not be sent again. */
export function entryOf(item: JsonObject): Entry | undefined {
  const held = heldIn(item);
  const values: Record<string, Value> = {};
  for (const name of plain) {
    const value = appUserColumns.get(name)?.take(item);
    if (value === misshapen) return undefined;
    if (!isNothing(value)) values[name] = value;
  }
  const isWhole = held !== undefined && typeof values['email'] === 'string';
  return isWhole ? { active: isActive(item), values, held } : undefined;
}

/** As the order leaves them. */
export function entryAfter(before: Entry, order: Order): Entry {
  const said = Object.entries(order.set).filter(([name]) => plain.includes(name));
  return {
    active: order.kind === 'update' ? before.active : order.kind !== 'disable',
    values: { ...before.values, ...Object.fromEntries(said) },
    held: heldAfter(before.held, order),
  };
}

/** Whether they are as the order would leave them. */
export function isAsOrdered(entry: Entry, { kind, set }: Order): boolean {
  if (kind !== 'update' && entry.active !== (kind !== 'disable')) return false;
  return Object.entries(set).every(([name, value]) => {
    const form = canonicalForm(name) ?? ((same: Value) => same);
    return sameValue(ordered(valueOf(entry, name), form), ordered(value, form));
  });
}

/** The address in the form in which no two users share one. */
export function addressOf({ email = '' }: Readonly<Record<string, Value>>): string {
  return String(email).trim().toLowerCase();
}

/** Without a word about it, a licence goes by the status of its user: one who is enabled or disabled takes theirs along. */
function heldAfter(before: readonly Held[], { kind, set }: Order): readonly Held[] {
  const { licenses, licenseStatus } = set;
  const names = licenses === undefined ? before.map(({ name }) => name) : listOf(licenses);
  const known = new Map(kind === 'update' ? before.map((one) => [one.name, one]) : []);
  const status = licenseStatus ?? (kind === 'update' ? statusOf(before) : null);
  return names.map((name) => {
    const kept = licenseStatus === undefined ? known.get(name) : undefined;
    return kept ?? (status === null ? { name } : { name, status: String(status) });
  });
}

function valueOf({ values, held }: Entry, name: string): Value | undefined {
  if (name === 'licenses') return held.map((one) => one.name);
  return name === 'licenseStatus' ? statusOf(held) : values[name];
}

function listOf(value: Value): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Lists are sets; nothing, an empty text and an empty list are one. */
function ordered(value: Value | undefined, form: (value: Value) => Value): Value | undefined {
  if (isNothing(value) || value === '') return undefined;
  if (!Array.isArray(value)) return form(value);
  return value.length === 0 ? undefined : value.map(String).toSorted();
}
