/** `YYYY-MM-DD` of one moment in any time zone; `undefined` for a name that the runtime does not know. */
export class Todays {
  readonly #moment: Temporal.Instant;
  readonly #known = new Map<string, string | undefined>();

  /** @param now ms since 1970 UTC */
  constructor(now: number) {
    this.#moment = Temporal.Instant.fromEpochMilliseconds(now);
  }

  in(zone: string): string | undefined {
    if (this.#known.has(zone)) return this.#known.get(zone);
    const today = dateIn(this.#moment, zone);
    this.#known.set(zone, today);
    return today;
  }
}

function dateIn(moment: Temporal.Instant, zone: string): string | undefined {
  try {
    return moment.toZonedDateTimeISO(zone).toPlainDate().toString();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
