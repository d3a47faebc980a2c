import type { AttributeSpec } from '../../model/attribute.ts';
import type { Row } from '../../model/row.ts';
import type { Json, Value } from '../../model/value.ts';
import { unreadable } from '../unreadable.ts';
import type { JsonObject } from '../json.ts';
import { keyOf } from './schema.ts';

/** Reads one record into a row of these attributes; a field that may not be read is left out by BambooHR, and absent. */
export function decoderOf(wanted: readonly AttributeSpec[]): (id: string, record: JsonObject) => Row {
  const columns = wanted.map((spec) => ({ spec, key: keyOf(spec) }));
  return (id, record) => {
    const faults: string[] = [];
    const values = columns.map(({ spec, key }) => {
      const raw = record[key];
      if (raw === undefined) return undefined;
      const value = valueOf(raw, spec);
      if (value !== undefined) return value;
      faults.push(unreadable(spec));
      return undefined;
    });
    return faults.length === 0 ? { id, values } : { id, values, fault: faults.join('; ') };
  };
}

/** `undefined` for what is none of the attribute's type. */
function valueOf(raw: Json, { type }: AttributeSpec): Value | undefined {
  if (raw === null || raw === '') return null;
  if (type === 'text') return textOf(raw);
  if (type === 'picture') return typeof raw === 'string' ? raw : undefined;
  if (type === 'date') return dateOf(raw);
  if (type === 'decimal' || type === 'int') {
    const number = typeof raw === 'string' && /^-?\d+(\.\d+)?$/.test(raw.trim()) ? Number(raw) : raw;
    const isIt = typeof number === 'number' && (type === 'decimal' || Number.isSafeInteger(number));
    return isIt ? number : undefined;
  }
  if (type === 'bool') return typeof raw === 'boolean' ? raw : undefined;
  return undefined;
}

/** A category comes as `{ id, name }`, and as an empty list where there is none. */
function textOf(raw: Json): Value | undefined {
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw);
  if (Array.isArray(raw)) return raw.length === 0 ? null : undefined;
  const { name } = raw as JsonObject;
  return typeof name === 'string' ? name : undefined;
}

/** An empty date may come as `0000-00-00`. */
function dateOf(raw: Json): Value | undefined {
  if (raw === '0000-00-00') return null;
  if (typeof raw !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(raw)) return undefined;
  const moment = new Date(`${raw}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(raw) ? raw : undefined;
}
