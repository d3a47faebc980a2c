/** One moment as a day in a time zone. */
export interface Day {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly zone: string;
  /** What lies behind this date is not announced yet. */
  readonly horizon: string;
}

/** How far ahead a plan says what dates will bring. */
export const announcedDays = 31;

/** The day of one moment in any time zone; `undefined` for a name that the runtime does not know. */
export class Todays {
  readonly #moment: Temporal.Instant;
  readonly #known = new Map<string, Day | undefined>();

  /** @param now ms since 1970 UTC */
  constructor(now: number) {
    this.#moment = Temporal.Instant.fromEpochMilliseconds(now);
  }

  in(zone: string): Day | undefined {
    const known = this.#known.get(zone);
    if (known !== undefined || this.#known.has(zone)) return known;
    const date = dateIn(this.#moment, zone);
    const day = date === undefined ? undefined : { date, zone, horizon: dateAfter(date, announcedDays + 1) };
    this.#known.set(zone, day);
    return day;
  }
}

/** The moment (ms) at which the day begins there: midnight, or what the clock shows first where it skips midnight. */
export function beginningOfDay(date: string, zone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone }).epochMilliseconds;
}

/** So many days after the date, or before it. */
export function dateAfter(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

function dateIn(moment: Temporal.Instant, zone: string): string | undefined {
  try {
    return moment.toZonedDateTimeISO(zone).toPlainDate().toString();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
