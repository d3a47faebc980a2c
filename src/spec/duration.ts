const unitsMs = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const;

/** One or more whole numbers with their units, the larger unit first: `15m`, `1h30m`, `7d`. */
export const durationPattern = /^(?=\d)(?:\d{1,6}w)?(?:\d{1,6}d)?(?:\d{1,6}h)?(?:\d{1,6}m)?(?:\d{1,6}s)?$/;

/** A duration in ms, or undefined where the text is none. Days have 24 hours. */
export function parseDuration(text: string): number | undefined {
  if (!durationPattern.test(text)) return undefined;
  let ms = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([wdhms])/g)) {
    ms += Number(count) * unitsMs[unit as keyof typeof unitsMs];
  }
  return ms;
}

/** A duration that a schema has checked already, in ms. */
export function durationMs(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new RangeError(`${text} is not a duration`);
  return ms;
}
