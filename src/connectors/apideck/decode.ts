import type { AttributeSpec } from '../../model/attribute.ts';
import type { Row } from '../../model/row.ts';
import type { Json } from '../../model/value.ts';
import { isObject, objectsIn, type JsonObject } from '../json.ts';
import { unreadable } from '../unreadable.ts';
import type { Field, Place } from './fields.ts';
import { wrong, valueOf } from './values.ts';

/**
 * Reads one employee of the unified model into a row of these attributes. A property that is not there is absent; one that
 * is null, or a list without such an element, is null: Apideck tells "has none" and "this system does not say" apart by
 * neither.
 */
export function decoderOf(
  wanted: readonly Field[],
  timezone: string | undefined,
): (record: JsonObject) => Row {
  return (record) => {
    const faults: string[] = [];
    const values = wanted.map(({ spec, place }) => {
      const raw = rawOf(record, place);
      if (raw === undefined) return undefined;
      const value = typeof raw === 'symbol' ? wrong : valueOf(raw, spec.type, timezone);
      if (value !== wrong) return value;
      faults.push(raw === twice ? `${spec.name} (${spec.class}) stands there twice` : faultOf(spec));
      return undefined;
    });
    return {
      id: recordId(record) ?? '',
      values,
      ...(record['deleted'] === true ? { deleted: true } : {}),
      ...(faults.length === 0 ? {} : { fault: faults.join('; ') }),
    };
  };
}

/** No property of an employee is sure to be there, the id neither. */
export function recordId({ id }: JsonObject): string | undefined {
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
  return typeof id === 'string' && id.trim() !== '' ? id : undefined;
}

/** The same custom field more than once in a record, with different values. */
const twice = Symbol('twice');

type Raw = Json | undefined | typeof twice | typeof wrong;

function rawOf(record: JsonObject, place: Place): Raw {
  const held = record[place.property];
  if (held === undefined || held === null) return held;
  if (place.kind === 'plain') return place.part === undefined ? held : partOf(held, place.part);
  if (place.kind === 'mapped') return isObject(held) ? held[place.key] : wrong;
  const items = objectsIn(held);
  return items === undefined ? wrong : inList(items, place);
}

function inList(items: readonly JsonObject[], place: Exclude<Place, { kind: 'plain' | 'mapped' }>): Raw {
  if (place.kind === 'email') return emailIn(items);
  if (place.kind === 'custom') return customIn(items, place.id);
  if (place.kind === 'element')
    return partOf(items.find(({ type }) => type === place.type) ?? null, place.part);
  const job = mainJob(items);
  return partOf(place.at === undefined ? job : partOf(job, place.at), place.part);
}

function partOf(value: Raw, part: string): Raw {
  if (value === undefined || value === null || typeof value === 'symbol') return value;
  return isObject(value) ? value[part] : wrong;
}

/** For work, else the primary one, else the only one where its type is not told. */
function emailIn(emails: readonly JsonObject[]): Json | undefined {
  const [only] = emails.length === 1 ? emails : [];
  const found =
    emails.find(({ type }) => type === 'work') ??
    emails.find(({ type }) => type === 'primary') ??
    ((only?.['type'] ?? null) === null ? only : undefined);
  return found === undefined ? null : found['email'];
}

/** The one that is marked, else the only one, else the only active one; `undefined` where that does not decide, null where there is none. */
function mainJob(jobs: readonly JsonObject[]): JsonObject | null | undefined {
  if (jobs.length === 0) return null;
  const marked = jobs.filter((job) => job['is_primary'] === true);
  const active = jobs.filter((job) => job['status'] === 'active');
  return [marked, jobs, active].find((some) => some.length === 1)?.[0];
}

/** By the key of the HR system, never by the label; a field without a key goes by its name (CustomField, `anyOf`). */
function customIn(fields: readonly JsonObject[], id: string): Raw {
  const found = fields.filter((one) => customKey(one) === id);
  const [first, ...others] = found.map(({ value = null }) => value);
  return others.some((one) => JSON.stringify(one) !== JSON.stringify(first)) ? twice : first;
}

export function customKey({ id, name }: JsonObject): string | undefined {
  if (typeof id === 'string' && id !== '') return id;
  if (typeof id === 'number') return String(id);
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function faultOf(spec: AttributeSpec): string {
  return spec.type === 'date'
    ? `${unreadable(spec)}; where dates come as moments, \`timezone\` in the config says whose day they are`
    : unreadable(spec);
}
