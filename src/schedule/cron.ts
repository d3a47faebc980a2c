import { parse, validateDetailed } from 'node-cron';

/** A cron expression as sets of local times. Minutes and hours are sorted. */
export interface CronFields {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: ReadonlySet<number>;
  /** True when this day of this month is meant. `weekday`: 0 is Sunday. */
  readonly day: (day: number, lastDay: number, weekday: number) => boolean;
}

/**
 * What is wrong with a schedule, in one sentence for the person who wrote it; `undefined` when it is sound.
 *
 * Five fields: minute, hour, day of month, month, day of week, with names (`MON`, `JAN`), ranges, steps, lists and `L`
 * for the last day of a month. Day of month together with day of week is refused, because the cron implementations of
 * this world disagree on whether it means "and" or "or".
 */
export function checkCron(cron: string, timezone: string): string | undefined {
  return checkTimezone(timezone) ?? checkFields(cron.trim().split(/\s+/), cron);
}

/** The fields of a cron expression that `checkCron` accepts. Throws a `RangeError` with its sentence for any other. */
export function parseCron(cron: string): CronFields {
  const known = parsed.get(cron);
  if (known !== undefined) return known;
  const fault = checkFields(cron.trim().split(/\s+/), cron);
  if (fault !== undefined) throw new RangeError(fault);
  const fields = toFields(cron);
  if (parsed.size >= 1000) parsed.clear();
  parsed.set(cron, fields);
  return fields;
}

/** Parsed once: the calculator asks again and again for the same few expressions. */
const parsed = new Map<string, CronFields>();

function checkTimezone(timezone: string): string | undefined {
  // "+02:00" is accepted by Temporal, but it knows no daylight saving time: whoever writes it gets a surprise twice a year.
  if (/^[A-Za-z]/.test(timezone)) {
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timezone);
      return undefined;
    } catch {
      // Said below.
    }
  }
  return `the time zone "${timezone}" is not known; write an IANA name such as Europe/Berlin`;
}

function checkFields(fields: readonly string[], cron: string): string | undefined {
  const [, , day = '', , weekday = ''] = fields;
  if (fields.length !== 5) {
    return `"${cron}" has ${fields.length} fields; write five: minute, hour, day of month, month, day of week`;
  }
  const detailed = validateDetailed(cron);
  if (!detailed.valid || detailed.fields === undefined) {
    const [first] = detailed.errors;
    if (first?.message.includes('impossible day') === true)
      return `"${cron}" never comes: no such day exists`;
    return `"${cron}" is not a cron expression: ${first?.field ?? 'a field'} "${first?.value ?? ''}" is not valid`;
  }
  const { dayOfMonth, dayOfWeek, month } = detailed.fields;
  const special = [...dayOfMonth, ...dayOfWeek].find((value) => typeof value === 'string' && value !== 'L');
  if (special !== undefined)
    return `"${cron}" uses "${special}"; only numbers, names and L (last day) are understood`;
  if (!isAny(day) && !isAny(weekday)) {
    return `"${cron}" names a day of month and a day of week; write one of them and * for the other`;
  }
  const comes =
    dayOfMonth.includes('L') || month.some((m) => dayOfMonth.some((d) => Number(d) <= longest(m)));
  return comes ? undefined : `"${cron}" never comes: no such day exists`;
}

function isAny(field: string): boolean {
  return field === '*' || field === '?';
}

function longest(month: number): number {
  return new Date(Date.UTC(2000, month, 0)).getUTCDate();
}

function toFields(cron: string): CronFields {
  const { minute, hour, month, dayOfMonth, dayOfWeek } = parse(cron.trim());
  const last = dayOfMonth.includes('L');
  const days = new Set(dayOfMonth.map(Number));
  const weekdays = new Set(dayOfWeek.map(Number));
  return {
    minutes: minute.toSorted((a, b) => a - b),
    hours: hour.toSorted((a, b) => a - b),
    months: new Set(month),
    day: (day, lastDay, weekday) => (days.has(day) || (last && day === lastDay)) && weekdays.has(weekday),
  };
}
