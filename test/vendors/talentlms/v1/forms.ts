import type { VendorState } from '../state.ts';

/** A text as v1 gives it: with HTML entities. */
export function entities(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#039;');
}

/** `nl-NL` is shown as "Dutch". */
export function shownLanguage(locale: string): string {
  const [language = locale] = locale.split('-');
  const own = locale === 'pt-BR' ? locale : language;
  return new Intl.DisplayNames('en', { type: 'language' }).of(own) ?? locale;
}

const zones: readonly (readonly [shown: string, names: readonly string[]])[] = [
  ['(GMT +00:00) Greenwich Mean Time: Dublin, Edinburgh, Lisbon, London', ['Europe/London', 'Europe/Dublin']],
  ['(GMT +01:00) Amsterdam, Berlin, Rome', ['Europe/Amsterdam', 'Europe/Berlin', 'Europe/Rome']],
  ['(GMT -05:00) Eastern Time (US & Canada)', ['America/New_York']],
  ['(GMT +05:30) Chennai, Kolkata, Mumbai, New Delhi', ['Asia/Kolkata']],
];

/** `Europe/Amsterdam` is shown with its offset and its neighbours. */
export function shownZone(zone: string): string {
  return zones.find(([, names]) => names.includes(zone))?.[0] ?? zone;
}

type Format = VendorState['dateFormat'];

/** An ISO instant or date in the portal's own form: `03/02/2025, 09:14:00`. */
export function shownMoment(iso: string | null, format: Format): string {
  return iso === null ? '' : `${shownDate(iso.slice(0, 10), format)}, ${iso.slice(11, 19) || '00:00:00'}`;
}

/** A date in the portal's own form; what is none stays as it is. */
export function shownDate(iso: string, format: Format): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso) ?? [];
  if (year === undefined) return iso;
  if (format === 'YYYYMMDD') return `${year}/${month}/${day}`;
  return format === 'DDMMYYYY' ? `${day}/${month}/${year}` : `${month}/${day}/${year}`;
}

/** Such a date as `YYYY-MM-DD`; `undefined` for what the portal does not take. */
export function storedDate(text: string, format: Format): string | undefined {
  const [first, second, third] = text.split(/[/-]/);
  const [year, month, day] =
    format === 'YYYYMMDD'
      ? [first, second, third]
      : format === 'DDMMYYYY'
        ? [third, second, first]
        : [third, first, second];
  const iso = `${year}-${month}-${day}`;
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(Date.parse(iso)) ? iso : undefined;
}

/** Unix seconds as text; null for none. */
export function seconds(iso: string | null): string | null {
  return iso === null ? null : String(Math.floor(Date.parse(iso) / 1_000));
}
