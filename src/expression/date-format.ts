import { CalendarDate, dayExists, parseDate } from './calendar.ts';

/** A format such as `dd.MM.yyyy`, ready for use. */
interface DateFormat {
  readonly parts: readonly (Field | { readonly literal: string })[];
  readonly shape: RegExp;
}

type Field = 'yyyy' | 'yy' | 'MM' | 'M' | 'dd' | 'd';

const fieldShapes: Readonly<Record<Field, string>> = {
  yyyy: '(\\d{4})',
  yy: '(\\d{2})',
  MM: '(\\d{2})',
  M: '(\\d{1,2})',
  dd: '(\\d{2})',
  d: '(\\d{1,2})',
};

const known = new Map<string, DateFormat>();

/** What is wrong with a format for reading, or undefined. Year with four digits, month and day stand in it once. */
export function faultOfReadingFormat(format: string): string | undefined {
  const parts = split(format);
  if (typeof parts === 'string') return parts;
  const fields = parts.filter((part) => typeof part === 'string').map((part) => part.slice(0, 1));
  if (parts.includes('yy')) return 'yy leaves the century open; use yyyy';
  if (fields.toSorted().join('') !== 'Mdy') return 'yyyy, MM (or M) and dd (or d) must each stand in it once';
  return undefined;
}

/** What is wrong with a format for writing, or undefined. */
export function faultOfWritingFormat(format: string): string | undefined {
  const parts = split(format);
  return typeof parts === 'string' ? parts : undefined;
}

/** Reads a date in a format without fault; undefined for a text that is not of the format or names no day. */
export function readDate(text: string, format: string): CalendarDate | undefined {
  const { parts, shape } = formatOf(format);
  const match = shape.exec(text);
  if (match === null) return undefined;
  const found = { y: 0, M: 0, d: 0 };
  let group = 1;
  for (const part of parts) {
    if (typeof part === 'string') found[part.slice(0, 1) as 'y' | 'M' | 'd'] = Number(match[group++]);
  }
  if (!dayExists(found.y, found.M, found.d)) return undefined;
  return parseDate(`${padded(found.y, 4)}-${padded(found.M, 2)}-${padded(found.d, 2)}`);
}

/** Writes a date in a format without fault. */
export function writeDate(date: CalendarDate, format: string): string {
  const [year, month, day] = [date.text.slice(0, 4), date.text.slice(5, 7), date.text.slice(8)];
  const written: Readonly<Record<Field, string>> = {
    yyyy: year,
    yy: year.slice(2),
    MM: month,
    M: String(Number(month)),
    dd: day,
    d: String(Number(day)),
  };
  return formatOf(format)
    .parts.map((part) => (typeof part === 'string' ? written[part] : part.literal))
    .join('');
}

function formatOf(format: string): DateFormat {
  const cached = known.get(format);
  if (cached !== undefined) return cached;
  const parts = split(format);
  if (typeof parts === 'string') throw new RangeError(parts);
  const shapes = parts.map((part) =>
    typeof part === 'string' ? fieldShapes[part] : RegExp.escape(part.literal),
  );
  const made = { parts, shape: new RegExp(`^${shapes.join('')}$`, 'u') };
  // Formats come from specs, so they are few; a limit guards against one that is computed from records.
  if (known.size >= 100) known.clear();
  known.set(format, made);
  return made;
}

/** The parts of a format, or what is wrong with it. */
function split(format: string): (Field | { readonly literal: string })[] | string {
  if (format.length > 50) return 'it is longer than 50 characters';
  const parts: (Field | { readonly literal: string })[] = [];
  for (const [piece] of format.matchAll(/(\p{L})\1*|[^\p{L}]+/gu)) {
    if (Object.hasOwn(fieldShapes, piece)) parts.push(piece as Field);
    else if (/\p{L}/u.test(piece)) return `"${piece}" is none of yyyy, yy, MM, M, dd, d`;
    else parts.push({ literal: piece });
  }
  return parts;
}

function padded(number: number, width: number): string {
  return String(number).padStart(width, '0');
}
