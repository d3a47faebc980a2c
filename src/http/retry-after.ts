const yearMs = 31_536_000_000;
const httpDate = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * The wait that a `Retry-After` header names, in ms from now: seconds or an HTTP date (RFC 9110, 10.2.3). Garbage, a
 * negative number, zero and a past moment name no wait: `undefined`. Never more than a year.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const ms = /^\d+(?:\.\d+)?$/.test(text)
    ? Number(text) * 1000
    : httpDate.test(text)
      ? Date.parse(text) - now
      : Number.NaN;
  return ms > 0 ? Math.ceil(Math.min(ms, yearMs)) : undefined;
}
