import type { Json, Value, ValueType } from '../../model/value.ts';
import { isDay, isInstant } from '../calendar.ts';

/** A value that is not of the attribute's type. */
export const wrong = Symbol('wrong');

/** What Personio sends as a value of this type; null is null, and an empty text is null where it is no text. */
export function convert(raw: Json, type: ValueType, timezone: string | undefined): Value | typeof wrong {
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
  if (type === 'bool') return bool(raw);
  if (typeof raw !== 'string') return wrong;
  if (type === 'date') return date(raw, timezone);
  return isInstant(raw) ? raw : wrong;
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

/** API v2 sends every custom attribute as text. */
function bool(raw: Json): boolean | typeof wrong {
  if (typeof raw === 'boolean') return raw;
  return raw === 'true' ? true : raw === 'false' ? false : wrong;
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
