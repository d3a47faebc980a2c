import { textOf, type JsonObject } from '../json.ts';
import { dateFrom } from './dates.ts';
import type { Config } from './schema.ts';

/**
 * An instant: from Unix seconds where there are some, else from the portal's text. A text names no zone; it is taken as
 * UTC, so that its day is the day that the portal shows. Null for none.
 */
export function momentOf(
  from: JsonObject,
  key: string,
  format: Config['dateFormat'],
): string | null | undefined {
  const seconds = secondsIn(textOf(from[`${key}_timestamp`])) ?? secondsIn(textOf(from[key]));
  if (seconds !== undefined) return new Date(seconds * 1_000).toISOString();
  const text = textOf(from[key]);
  if (typeof text !== 'string') return text;
  const date = dateFrom(text, format);
  if (date === undefined) return null;
  const time = /[T ,](\d{2}:\d{2})(:\d{2})?/.exec(text);
  return `${date}T${time === null ? '00:00:00' : `${time[1]}${time[2] ?? ':00'}`}Z`;
}

/** Its day. */
export function dayOf(
  from: JsonObject,
  key: string,
  format: Config['dateFormat'],
): string | null | undefined {
  return momentOf(from, key, format)?.slice(0, 10);
}

function secondsIn(text: string | null | undefined): number | undefined {
  return typeof text === 'string' && /^[1-9]\d{4,11}$/.test(text) ? Number(text) : undefined;
}
