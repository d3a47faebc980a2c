import type { Json, Value, ValueType } from '../../model/value.ts';

/** A value that is not of the attribute's type. */
export const wrong = Symbol('wrong');

/**
 * What Workday sends as a value of this type. Everything comes as text, booleans as `1` and `0`. Without a value it is
 * absent: Workday does not tell what is empty from what we may not see.
 */
export function valueOf(
  raw: Json | undefined,
  type: ValueType,
  separator = ';',
): Value | undefined | typeof wrong {
  if (raw === undefined || raw === null) return undefined;
  if (type.startsWith('list<')) return listOf(raw, type.slice(5, -1) as ValueType, separator);
  if (Array.isArray(raw)) return raw.length > 1 ? wrong : valueOf(raw[0] as Json | undefined, type);
  if (typeof raw === 'object') return wrong;
  const text = String(raw).trim();
  if (text === '') return undefined;
  if (type === 'text') return text;
  if (type === 'bool') return booleans.get(text.toLowerCase()) ?? wrong;
  if (type === 'int' || type === 'decimal') return numberOf(text, type);
  if (type === 'date') return dateOf(text);
  return type === 'instant' ? instantOf(text) : wrong;
}

/** By the values that were seen: a date is told; digits may be a name, and `1` may be a number. */
export function typeOfTexts(texts: readonly string[]): ValueType {
  const some = texts.filter((text) => text.trim() !== '');
  return some.length > 0 && some.every((text) => valueOf(text, 'date') !== wrong) ? 'date' : 'text';
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['true', true],
  ['yes', true],
  ['0', false],
  ['false', false],
  ['no', false],
]);

/** Several instances come as a list, or as one text with a separator. */
function listOf(raw: Json, type: ValueType, separator: string): Value | undefined | typeof wrong {
  const items = Array.isArray(raw)
    ? (raw as readonly Json[])
    : typeof raw === 'string'
      ? raw.split(separator)
      : [raw];
  const values = items.map((item) => valueOf(item, type, separator)).filter((item) => item !== undefined);
  if (values.includes(wrong)) return wrong;
  return values.length === 0 ? undefined : (values as (string | number | boolean)[]);
}

function numberOf(text: string, type: 'int' | 'decimal'): number | typeof wrong {
  const shape = type === 'int' ? /^-?\d{1,16}(?:\.0+)?$/ : /^-?\d{1,16}(?:\.\d+)?$/;
  const value = Number(text);
  return shape.test(text) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : wrong;
}

/** The day as it stands: a zone behind it (`-08:00`) is the data centre's, and moving there would change the day. */
function dateOf(text: string): string | typeof wrong {
  const day = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.]+)?(?:Z|[+-]\d{2}:?\d{2})?$/.exec(text)?.[1];
  return day !== undefined && isDay(day) ? day : wrong;
}

function isDay(day: string): boolean {
  try {
    return Temporal.PlainDate.from(day).toString() === day;
  } catch {
    return false;
  }
}

function instantOf(text: string): string | typeof wrong {
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$/.test(text);
  return isInstant && !Number.isNaN(Date.parse(text)) ? text : wrong;
}
