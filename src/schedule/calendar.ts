import { parseCron, type CronFields } from './cron.ts';

/**
 * The first moment after `after` (ms) at which the cron expression comes in the zone.
 *
 * Times are wall-clock times of the zone. One that falls into the gap of spring comes at the end of the gap; one that
 * autumn repeats comes once, the first time. `undefined` when it never comes again within nine years, which no
 * expression that `checkCron` accepts does (29 February is at most eight years away).
 */
export function cronAfter(cron: string, timezone: string, after: number): number | undefined {
  const fields = parseCron(cron);
  const start = local(after, timezone);
  // Wall-clock times and the moments they stand for rise together, so nothing before the start's own can be later.
  for (const candidate of wallTimes(fields, start, 1)) {
    const moment = momentOf(candidate, timezone);
    if (moment > after) return moment;
  }
  return undefined;
}

/** The last moment at or before `at` (ms) at which the cron expression came in the zone; see `cronAfter`. */
export function cronBefore(cron: string, timezone: string, at: number): number | undefined {
  const fields = parseCron(cron);
  for (const candidate of wallTimes(fields, latestWallTime(at, timezone), -1)) {
    const moment = momentOf(candidate, timezone);
    if (moment <= at) return moment;
  }
  return undefined;
}

const minuteMs = 60_000;
const monthsSearched = 9 * 12;

/** Wall-clock time as ms, read as if it were UTC. */
function local(at: number, timezone: string): number {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
  return at + offsetNanoseconds / 1e6;
}

/** In the second pass of a repeated hour, times that the clock has yet to show again have already come. */
function latestWallTime(at: number, timezone: string): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
  const transition = zoned.getTimeZoneTransition('previous');
  const here = local(at, timezone);
  return transition === null ? here : Math.max(here, local(transition.epochMilliseconds - 1, timezone));
}

/** Wall-clock times that match, from `start` on (itself included), forwards or backwards. */
function* wallTimes(fields: CronFields, start: number, step: 1 | -1): Generator<number> {
  const hours = step === 1 ? fields.hours : fields.hours.toReversed();
  const minutes = step === 1 ? fields.minutes : fields.minutes.toReversed();
  const floor = Math.floor(start / minuteMs) * minuteMs;
  for (const day of days(fields, start, step)) {
    for (const hour of hours) {
      const hourStart = day + hour * 60 * minuteMs;
      if (step === 1 ? hourStart + 60 * minuteMs <= floor : hourStart > start) continue;
      for (const minute of minutes) {
        const time = hourStart + minute * minuteMs;
        if (step === 1 ? time >= floor : time <= start) yield time;
      }
    }
  }
}

/** Beginnings of the days that match, month by month, so that a yearly schedule costs a few steps. */
function* days(fields: CronFields, start: number, step: 1 | -1): Generator<number> {
  const begin = new Date(start);
  const today = Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth(), begin.getUTCDate());
  for (let i = 0; i <= monthsSearched; i += 1) {
    const first = new Date(Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + i * step, 1));
    if (!fields.months.has(first.getUTCMonth() + 1)) continue;
    const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
    for (let n = 1; n <= length; n += 1) {
      const day = step === 1 ? n : length + 1 - n;
      const time = first.getTime() + (day - 1) * 24 * 60 * minuteMs;
      if (step === 1 ? time < today : time > today) continue;
      if (fields.day(day, length, (first.getUTCDay() + day - 1) % 7)) yield time;
    }
  }
}

function momentOf(wallTime: number, timezone: string): number {
  const plain = new Date(wallTime).toISOString().slice(0, 19);
  const zoned = Temporal.PlainDateTime.from(plain).toZonedDateTime(timezone, {
    disambiguation: 'compatible',
  });
  const moment = zoned.epochMilliseconds;
  if (moment + zoned.offsetNanoseconds / 1e6 === wallTime) return moment;
  // In the gap: "compatible" lands as far behind its end as the time is behind its beginning.
  const inside = zoned.add({ milliseconds: 1 });
  return inside.getTimeZoneTransition('previous')?.epochMilliseconds ?? moment;
}
