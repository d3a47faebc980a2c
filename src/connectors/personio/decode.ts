import type { AttributeSpec } from '../../model/attribute.ts';
import type { Row } from '../../model/row.ts';
import type { Json } from '../../model/value.ts';
import { unreadable } from '../unreadable.ts';
import { isObject, type JsonObject } from '../json.ts';
import { keyOf, partOf } from './schema.ts';
import { convert, wrong } from './values.ts';

/** Reads one record of v1 (`{ type, attributes: { key: { value } } }`) into a row of the wanted attributes. */
export type Decode = (record: Json) => Row;

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
