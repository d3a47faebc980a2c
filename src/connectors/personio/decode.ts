import type { AttributeSpec } from '../../model/attribute.ts';
import type { Row } from '../../model/row.ts';
import type { Json, Value, ValueType } from '../../model/value.ts';
import { unreadable } from '../unreadable.ts';
import { isObject, type JsonObject } from '../json.ts';
import { keyOf, partOf } from './schema.ts';

/** Reads one record of v1 (`{ type, attributes: { key: { value } } }`) into a row of the wanted attributes. */
export type Decode = (record: Json) => Row;

/** A value that is not of the attribute's type. */
const wrong = Symbol('wrong');

/**
 * What is decided once for all records: which key, which part of it, which type. An attribute that is not in the record
 * is absent; one that is there without a value is null.
 */
export function decoderOf(wanted: readonly AttributeSpec[], timezone: string | undefined): Decode {
  const columns = wanted.map((spec) => ({
    spec,
    key: keyOf(spec),
    part: partOf(spec),
    type: spec.type,
  }));
  return (record) => {
    const attributes = isObject(record) && isObject(record.attributes) ? record.attributes : {};
    const faults: string[] = [];
    const values = columns.map(({ spec, key, part, type }) => {
      const wrapper = attributes[key];
      if (!isObject(wrapper) || wrapper.value === undefined) return undefined;
      const raw = part === undefined ? wrapper.value : partsOf(wrapper.value, part);
      const value = raw === undefined ? undefined : convert(raw, type, timezone);
      if (value !== wrong) return value;
      faults.push(unreadable(spec));
      return undefined;
    });
    const row = { id: idOf(attributes), values };
    return faults.length === 0 ? row : { ...row, fault: faults.join('; ') };
  };
}

function idOf(attributes: JsonObject): string {
  const { id } = attributes;
  const value = isObject(id) ? id.value : id;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : '';
  return typeof value === 'string' ? value.trim() : '';
}

/** One part of a relation; of a list of relations, the list of that part. Empty relations come as null, '' or []. */
function partsOf(value: Json, part: string): Json | undefined {
  if (value === null || value === '') return null;
  if (!Array.isArray(value)) return partOfOne(value, part);
  const relations = value as readonly Json[];
  if (relations.length === 0) return null;
  return relations.map((one) => partOfOne(one, part) ?? null);
}

function partOfOne(relation: Json, part: string): Json | undefined {
  if (!isObject(relation) || !isObject(relation.attributes)) return undefined;
  const inner = relation.attributes[part];
  // A supervisor's attributes are wrapped once more, those of other relations are not.
  return isObject(inner) ? inner.value : inner;
}

function convert(raw: Json, type: ValueType, timezone: string | undefined): Value | typeof wrong {
  if (raw === null) return null;
  if (type.startsWith('list<')) return list(raw, type.slice(5, -1) as ValueType, timezone);
  if (Array.isArray(raw)) {
    const items = raw as readonly Json[];
    if (items.length > 1) return wrong;
    return convert(items[0] ?? null, type, timezone);
  }
  if (type === 'text') return text(raw);
  if (raw === '') return null;
  // The address: what it leads to is asked for by `Pictures`.
  if (type === 'picture') return typeof raw === 'string' ? raw : wrong;
  if (type === 'int') return number(raw, /^-?\d+$/);
  if (type === 'decimal') return number(raw, /^-?\d+(?:\.\d+)?$/);
  if (type === 'bool') return typeof raw === 'boolean' ? raw : wrong;
  if (typeof raw !== 'string') return wrong;
  return type === 'date' ? date(raw, timezone) : instant(raw);
}

function text(raw: Json): Value | typeof wrong {
  if (typeof raw === 'string') return raw;
  return typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : wrong;
}

function number(raw: Json, pattern: RegExp): number | typeof wrong {
  const value = typeof raw === 'string' && pattern.test(raw.trim()) ? Number(raw) : raw;
  if (typeof value !== 'number') return wrong;
  return pattern.test(String(value)) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : wrong;
}

const dateShape =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** The date as it stands: midnight of the company's zone, which a detour over UTC would move by a day. */
function date(raw: string, timezone: string | undefined): string | typeof wrong {
  const parts = dateShape.exec(raw);
  const day = parts?.[1];
  if (day === undefined || !isDay(day)) return wrong;
  if (timezone === undefined || parts?.[2] !== 'Z') return day;
  return Temporal.Instant.from(raw.replace(' ', 'T')).toZonedDateTimeISO(timezone).toPlainDate().toString();
}

function isDay(day: string): boolean {
  const ms = Date.parse(day);
  // `Date.parse` takes 31 April for 1 May.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

function instant(raw: string): string | typeof wrong {
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(raw);
  return isInstant && !Number.isNaN(Date.parse(raw)) ? raw : wrong;
}

function list(raw: Json, type: ValueType, timezone: string | undefined): Value | typeof wrong {
  const items = Array.isArray(raw) ? (raw as readonly Json[]) : raw === '' ? [] : [raw];
  const values: (string | number | boolean)[] = [];
  for (const item of items) {
    const value = convert(item, type, timezone);
    if (value === wrong || Array.isArray(value)) return wrong;
    if (value !== null) values.push(value as string | number | boolean);
  }
  return values;
}
