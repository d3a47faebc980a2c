import type { AttributeSpec } from '../../model/attribute.ts';
import type { Row } from '../../model/row.ts';
import type { Json, Value, ValueType } from '../../model/value.ts';
import { isDay, isInstant } from '../calendar.ts';
import { textOf, type JsonObject } from '../json.ts';
import { unreadable } from '../unreadable.ts';
import type { Column } from './columns.ts';
import type { Scopes } from './scopes.ts';

/** A value that is not of the attribute's type. */
const wrong = Symbol('wrong');

/** Reads one employee into a row of the wanted attributes, in their order. */
export type Decode = (employee: JsonObject) => Row;

/**
 * What Merge's scopes hide is absent: it comes as null, and null would say that nobody has it. Where the scopes are not
 * known, everything that is empty is absent. What the HR system reports as deleted is marked.
 */
export function decoderOf(
  columns: readonly Column[],
  scopes: Scopes,
  { identifyBy, today }: { readonly identifyBy: string; readonly today: string },
): Decode {
  const shown = columns.map((column) => ({ column, isHidden: hides(scopes, column) }));
  return (employee) => {
    const faults: string[] = [];
    const values = shown.map(({ column, isHidden }) => {
      const raw = isHidden ? undefined : column.read(employee, today);
      if (raw === undefined || (isNothing(raw) && !scopes.areKnown)) return undefined;
      const value = convert(raw, column.spec.type);
      if (value !== wrong) return value;
      faults.push(faultOf(column.spec, raw));
      return undefined;
    });
    return {
      id: textOf(employee[identifyBy])?.trim() ?? '',
      values,
      ...(employee['remote_was_deleted'] === true ? { deleted: true } : {}),
      ...(faults.length === 0 ? {} : { fault: faults.join('; ') }),
    };
  };
}

/** The field itself, or the relation that leads to it. */
function hides(scopes: Scopes, { model, field, expand }: Column): boolean {
  return scopes.hides(model, field) || (expand !== undefined && scopes.hides('Employee', expand));
}

function isNothing(raw: Json): boolean {
  return raw === null || (Array.isArray(raw) && raw.length === 0);
}

function faultOf(spec: AttributeSpec, raw: Json): string {
  const isOne = spec.type.startsWith('list<') || !Array.isArray(raw);
  return isOne ? unreadable(spec) : `${spec.name} (${spec.class}) is more than one value`;
}

function convert(raw: Json, type: ValueType): Value | typeof wrong {
  if (type.startsWith('list<')) return list(raw, type.slice(5, -1) as ValueType);
  if (Array.isArray(raw)) {
    const items = raw as readonly Json[];
    return items.length > 1 ? wrong : convert(items[0] ?? null, type);
  }
  if (raw === null) return null;
  if (type === 'text') return textOf(raw) ?? wrong;
  if (raw === '') return null;
  if (type === 'bool') return typeof raw === 'boolean' ? raw : wrong;
  if (type === 'int') return number(raw, /^-?\d+$/);
  if (type === 'decimal') return number(raw, /^-?\d+(?:\.\d+)?$/);
  if (typeof raw !== 'string') return wrong;
  if (type === 'date') return date(raw);
  return isInstant(raw) ? raw : wrong;
}

function list(raw: Json, type: ValueType): Value | typeof wrong {
  const items = Array.isArray(raw) ? (raw as readonly Json[]) : raw === null || raw === '' ? [] : [raw];
  const values = items.map((item) => convert(item, type)).filter((value) => value !== null);
  return values.every((value) => value !== wrong && !Array.isArray(value))
    ? (values as (string | number | boolean)[])
    : wrong;
}

function number(raw: Json, pattern: RegExp): number | typeof wrong {
  const value = typeof raw === 'string' && pattern.test(raw.trim()) ? Number(raw) : raw;
  if (typeof value !== 'number' || !pattern.test(String(value))) return wrong;
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : wrong;
}

/** Dates come as midnight in UTC whatever the zone: the day as it stands, since a zone would move it. */
function date(raw: string): string | typeof wrong {
  const day = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}.*)?$/.exec(raw)?.[1];
  return day !== undefined && isDay(day) ? day : wrong;
}
