import type { Config } from './schema.ts';

/** A date of the portal as `YYYY-MM-DD`; an instant loses its time. `undefined` when it is none of that form. */
export function dateFrom(text: string, format: Config['dateFormat'] = 'YYYY-MM-DD'): string | undefined {
  const iso = /^(\d{4})[-/](\d{2})[-/](\d{2})(?:$|[T ,])/.exec(text.trim());
  if (iso !== null) return valid(iso[1], iso[2], iso[3]);
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:$|[ ,])/.exec(text.trim());
  if (slashed === null || format === 'YYYY-MM-DD') return undefined;
  const [, first, second, year] = slashed;
  return format === 'DD/MM/YYYY' ? valid(year, second, first) : valid(year, first, second);
}

/** `YYYY-MM-DD` in the portal's form. */
export function dateText(date: string, format: Config['dateFormat']): string {
  const [year = '', month = '', day = ''] = date.slice(0, 10).split('-');
  if (format === 'DD/MM/YYYY') return `${day}/${month}/${year}`;
  return format === 'MM/DD/YYYY' ? `${month}/${day}/${year}` : date.slice(0, 10);
}

function valid(year = '', month = '', day = ''): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : undefined;
}
