import type { Json, Value, ValueType } from '../../model/value.ts';
import { isDay, isInstant } from '../calendar.ts';

/** What is none of the attribute's type. */
export const wrong = Symbol('wrong');

/** One value in the form of its type; null and empty text are null. */
export function valueOf(raw: Json, type: ValueType, timezone: string | undefined): Value | typeof wrong {
  if (raw === null || raw === '') return null;
  if (type === 'list<text>') return textsOf(raw);
  if (Array.isArray(raw)) {
    const items = raw as readonly Json[];
    return items.length > 1 ? wrong : valueOf(items[0] ?? null, type, timezone);
  }
  if (type === 'text') return textOf(raw);
  if (type === 'bool') return typeof raw === 'boolean' ? raw : wrong;
  if (typeof raw !== 'string') return wrong;
  if (type === 'instant') return isInstant(raw) ? raw : wrong;
  return dayOf(raw, timezone) ?? wrong;
}

function textOf(raw: Json): string | typeof wrong {
  if (typeof raw === 'string') return raw;
  return typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : wrong;
}

function textsOf(raw: Json): readonly string[] | typeof wrong {
  const items = Array.isArray(raw) ? (raw as readonly Json[]) : [raw];
  const texts: string[] = [];
  for (const item of items) {
    const text = item === null ? null : textOf(item);
    if (text === wrong) return wrong;
    if (text !== null) texts.push(text);
  }
  return texts;
}

const dateShape = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * A day as it stands. Dates may come as moments in UTC (HRIS document, "Fixed field types"): midnight is that day; any
 * other time of day is the midnight of some zone, and without the config's nobody can tell whose.
 */
function dayOf(raw: string, timezone: string | undefined): string | undefined {
  const [, day, time, offset] = dateShape.exec(raw.trim()) ?? [];
  if (day === undefined || !isDay(day)) return undefined;
  if (time === undefined || /^00:00(?::00(?:\.0+)?)?$/.test(time)) return day;
  if (timezone === undefined || offset === undefined) return undefined;
  const moment = Date.parse(`${day}T${time}${offset}`);
  if (Number.isNaN(moment)) return undefined;
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timezone).toPlainDate().toString();
}
