/** `YYYY-MM-DD` that is a day of the calendar. */
export function isDay(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  // `Date.parse` takes 31 April for 1 May.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** A moment with its offset (RFC 3339), to the second or more exactly. */
export function isInstant(text: string): boolean {
  const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
  return shape.test(text) && !Number.isNaN(Date.parse(text));
}
