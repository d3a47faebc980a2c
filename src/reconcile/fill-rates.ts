import type { Reading } from '../model/reading.ts';

/** Below this share of the earlier median an attribute has collapsed. */
const collapseBelow = 0.5;
/** Fewer missing values than this are people's business, not a lost permission. */
const fewestMissing = 3;

/** Share (0 to 1) of records with a value, by attribute, before any filter. Empty for a reading without records. */
export function fillRatesOf(reading: Reading): ReadonlyMap<string, number> {
  if (reading.size === 0) return new Map();
  return new Map(
    reading.attributes.map((name, index) => [name, (reading.filled[index] ?? 0) / reading.size]),
  );
}

/**
 * Attributes whose fill rate collapsed against the median of earlier complete readings, or that nobody has on the very
 * first reading, each with a sentence. A permission that was taken away looks exactly like this: no error, just nothing.
 */
export function collapsedAttributes(
  connection: string,
  reading: Reading,
  medians: ReadonlyMap<string, number>,
): ReadonlyMap<string, string> {
  const collapsed = new Map<string, string>();
  for (const [attribute, rate] of fillRatesOf(reading)) {
    const median = medians.get(attribute);
    if (median === undefined) {
      if (rate === 0) collapsed.set(attribute, nobodyHas(connection, attribute));
    } else if (rate < median * collapseBelow && (median - rate) * reading.size >= fewestMissing) {
      collapsed.set(attribute, fell(connection, attribute, median, rate));
    }
  }
  return collapsed;
}

function nobodyHas(connection: string, attribute: string): string {
  return `nobody in ${connection} has "${attribute}": check that its credential may read it (rosterd connection test ${connection})`;
}

function fell(connection: string, attribute: string, before: number, now: number): string {
  return `"${attribute}" of ${connection} fell from ${percent(before)} to ${percent(now)} of the records: check that its credential may still read it (rosterd connection test ${connection})`;
}

function percent(rate: number): string {
  return `${Math.round(rate * 100)} %`;
}
