import type { AttributeSpec } from '../../model/attribute.ts';
import type { Row } from '../../model/row.ts';
import type { Json, Value } from '../../model/value.ts';
import type { JsonObject } from '../json.ts';
import { unreadable } from '../unreadable.ts';

/** A published attribute, and how it is taken out of an entry of a list. */
export interface Column {
  readonly spec: AttributeSpec;
  /** `misshapen` where the entry has something that is none of the attribute's type. */
  readonly take: (item: JsonObject) => Value | undefined | typeof misshapen;
}

/** What has a form that no document shows. */
export const misshapen = Symbol('misshapen');

/** The values of an entry in this order, and what is wrong with one of them. */
export function valuesOf(item: JsonObject, columns: readonly Column[]): Pick<Row, 'values' | 'fault'> {
  let fault: string | undefined;
  const values = columns.map(({ spec, take }) => {
    const value = take(item);
    if (value !== misshapen) return value;
    fault ??= unreadable(spec);
    return undefined;
  });
  return fault === undefined ? { values } : { values, fault };
}

/** How values of this attribute stand under a key of the API. */
export function taking(spec: AttributeSpec, key: string): Column {
  const convert = conversions[spec.type] ?? text;
  return {
    spec,
    take: (item) => {
      const value = item[key];
      return value === undefined || value === null || value === ''
        ? value === ''
          ? null
          : value
        : convert(value);
    },
  };
}

type Convert = (value: Json) => Value | typeof misshapen;

const text: Convert = (value) =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : misshapen;

const conversions: Partial<Record<AttributeSpec['type'], Convert>> = {
  bool: (value) => (typeof value === 'boolean' ? value : misshapen),
  int: (value) => (Number.isSafeInteger(value) ? (value as number) : misshapen),
  decimal: (value) => (typeof value === 'number' ? value : misshapen),
  date: (value) => (typeof value === 'string' && isMoment(value) ? value.slice(0, 10) : misshapen),
  instant: (value) => (typeof value === 'string' && isMoment(value) ? value : misshapen),
  'list<text>': (value) => {
    if (!Array.isArray(value)) return misshapen;
    const items = (value as readonly Json[]).map(text);
    return items.every((item): item is string => typeof item === 'string') ? items : misshapen;
  },
};

/** A day, or a moment that begins with it: Torii writes dates of people as midnight in UTC. */
function isMoment(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?$/.test(value) && !Number.isNaN(Date.parse(value));
}
