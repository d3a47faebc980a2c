const formats = new Map<string, Intl.DateTimeFormat>();

/** `YYYY-MM-DD` of a moment in a zone: by the platform's own calendar, which the engine does not use. */
export function dayIn(zone: string, at: number): string {
  // The Swedish write dates as ISO does.
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
  formats.set(zone, format);
  return format.format(at);
}

/** True for a day that the calendar has. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const parsed = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value);
}
