/** How a system writes a day or a moment; `undefined` for what is not of that form. */
export interface DateForm {
  /** `YYYY-MM-DD`. */
  dateOf(raw: string | number): string | undefined;
  writtenDate(date: string): string | number;
  /** ISO text in UTC. */
  instantOf(raw: string | number): string | undefined;
  writtenInstant(instant: string): string | number;
}

/**
 * The form that a config names. A moment that stands for a day is a day in the given zone: what is midnight in Berlin is
 * the day before in UTC.
 */
export function dateForm(format: string, timezone: string): DateForm {
  const moments = momentForms[format];
  if (moments !== undefined) return ofMoments(moments, timezone);
  return format === 'iso' ? isoForm(timezone) : patternForm(format);
}

interface Moments {
  readonly read: (raw: string | number) => number | undefined;
  readonly written: (ms: number) => string | number;
}

const momentForms: Readonly<Record<string, Moments>> = {
  'epoch-seconds': { read: (raw) => scaled(raw, 1000), written: (ms) => Math.floor(ms / 1000) },
  'epoch-milliseconds': { read: (raw) => scaled(raw, 1), written: (ms) => ms },
  // OData version 2, JSON format: /Date(1714521600000+0000)/, where the offset moves nothing.
  odata: {
    read: (raw) => scaled(/^\/Date\((-?\d+)(?:[+-]\d{1,4})?\)\/$/.exec(String(raw))?.[1] ?? '', 1),
    written: (ms) => `/Date(${ms})/`,
  },
};

function scaled(raw: string | number, by: number): number | undefined {
  const number = typeof raw === 'string' && /^-?\d+$/.test(raw) ? Number(raw) : raw;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  const ms = Math.round(number * by);
  // The moments that a date of ECMAScript can name.
  return Math.abs(ms) <= 8.64e15 ? ms : undefined;
}

function ofMoments({ read, written }: Moments, timezone: string): DateForm {
  return {
    dateOf: (raw) => {
      const ms = read(raw);
      return ms === undefined ? undefined : dayIn(ms, timezone);
    },
    writtenDate: (date) =>
      written(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: timezone }).epochMilliseconds),
    instantOf: (raw) => {
      const ms = read(raw);
      return ms === undefined ? undefined : new Date(ms).toISOString();
    },
    writtenInstant: (instant) => written(Date.parse(instant)),
  };
}

const isoShape = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

function isoForm(timezone: string): DateForm {
  return {
    dateOf: (raw) => {
      const parts = typeof raw === 'string' ? isoShape.exec(raw.trim()) : null;
      if (parts === null) return undefined;
      const [text, day, offset] = parts;
      if (offset === undefined) return existing(day ?? '');
      const ms = Date.parse(text.replace(' ', 'T'));
      return Number.isNaN(ms) ? undefined : dayIn(ms, timezone);
    },
    writtenDate: (date) => date,
    instantOf: (raw) => {
      const offset = typeof raw === 'string' ? isoShape.exec(raw.trim())?.[2] : undefined;
      const ms = offset === undefined ? Number.NaN : Date.parse(String(raw).trim().replace(' ', 'T'));
      return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
    },
    writtenInstant: (instant) => instant,
  };
}

/** A pattern of yyyy, MM or M, dd or d, which only a date has. */
function patternForm(format: string): DateForm {
  const order: string[] = [];
  const source = format.replaceAll(/yyyy|MM?|dd?|[^A-Za-z0-9]/g, (token) => {
    if (/^[^yMd]/.test(token)) return RegExp.escape(token);
    order.push(token.slice(0, 1));
    return token === 'yyyy' ? '(\\d{4})' : token.length === 2 ? '(\\d{2})' : '(\\d{1,2})';
  });
  const pattern = new RegExp(`^${source}$`);
  return {
    dateOf: (raw) => {
      const found = pattern.exec(String(raw).trim());
      if (found === null) return undefined;
      const part = (letter: string) => found[order.indexOf(letter) + 1] ?? '';
      return existing(`${part('y')}-${part('M').padStart(2, '0')}-${part('d').padStart(2, '0')}`);
    },
    writtenDate: (date) => {
      const [year = '', month = '', day = ''] = date.split('-');
      const parts: Readonly<Record<string, string>> = {
        yyyy: year,
        MM: month,
        M: String(Number(month)),
        dd: day,
        d: String(Number(day)),
      };
      return format.replaceAll(/yyyy|MM?|dd?/g, (token) => parts[token] ?? token);
    },
    instantOf: () => undefined,
    writtenInstant: (instant) => instant,
  };
}

function dayIn(ms: number, timezone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timezone).toPlainDate().toString();
}

/** The day, where the calendar has it. */
export function existing(day: string): string | undefined {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === day ? day : undefined;
}
