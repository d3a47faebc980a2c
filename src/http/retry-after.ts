const yearMs = 31_536_000_000;
const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
/** The two older forms that a recipient must take (RFC 9110, 5.6.7): of RFC 850, and of C's asctime. */
const weekdayDate =
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (\d{2})-([A-Z][a-z]{2})-(\d{2}) (\d{2}:\d{2}:\d{2}) GMT$/;
const plainDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z]{2}) ([ \d]\d) (\d{2}:\d{2}:\d{2}) (\d{4})$/;

/**
 * The wait that a `Retry-After` header names, in ms from now: seconds or an HTTP date (RFC 9110, 10.2.3). Garbage, a
 * negative number, zero and a past moment name no wait: `undefined`. Never more than a year.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const ms = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : momentOf(text) - now;
  return ms > 0 ? Math.ceil(Math.min(ms, yearMs)) : undefined;
}

function momentOf(text: string): number {
  if (httpDate.test(text)) return Date.parse(text);
  const [, day, month, year, time] = weekdayDate.exec(text) ?? [];
  // Two digits of a year are of this century: nobody is asked to wait since the last one.
  if (day !== undefined) return Date.parse(`${day} ${month} 20${year} ${time} GMT`);
  const [, ofMonth, dayOf, at, inYear] = plainDate.exec(text) ?? [];
  return dayOf === undefined ? Number.NaN : Date.parse(`${dayOf.trim()} ${ofMonth} ${inYear} ${at} GMT`);
}
