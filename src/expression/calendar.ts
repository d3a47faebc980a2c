/** A day of a person's life as it stands in a record: no zone, no time. Made by `parseDate` only, so it exists. */
export class CalendarDate {
  /** `YYYY-MM-DD`; sorts as the days do. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A moment, with the offset it was written in. Made by `parseInstant` only. */
export class Instant {
  /** ISO text with an offset, as it was read. */
  readonly text: string;
  readonly epochMs: number;

  constructor(text: string, epochMs: number) {
    this.text = text;
    this.epochMs = epochMs;
  }
}

const dateShape = /^\d{4}-\d{2}-\d{2}$/;
const instantShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** The day that `YYYY-MM-DD` names, or undefined for anything else and for days that no calendar has. */
export function parseDate(text: string): CalendarDate | undefined {
  if (!dateShape.test(text)) return undefined;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  return dayExists(year, month, day) ? new CalendarDate(text) : undefined;
}

/** The moment that an ISO text with an offset names (RFC 3339), or undefined. */
export function parseInstant(text: string): Instant | undefined {
  if (!instantShape.test(text)) return undefined;
  try {
    return new Instant(text, Temporal.Instant.from(text).epochMilliseconds);
  } catch {
    return undefined;
  }
}

/** Whether the Gregorian calendar has this day. */
export function dayExists(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The date for a calculation. */
export function toPlainDate(date: CalendarDate): Temporal.PlainDate {
  return Temporal.PlainDate.from(date.text);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
