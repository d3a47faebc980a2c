import type { Reading } from '../model/reading.ts';
import type { CompiledSync } from '../spec/compiled.ts';
import type { Side } from './deps.ts';

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

/** Attributes that came too empty to be believed. */
export interface Collapse {
  /** With a sentence each. */
  readonly collapsed: ReadonlyMap<string, string>;
  /** Those of them that nobody has had in any reading. */
  readonly neverFilled: ReadonlySet<string>;
}

/**
 * Attributes whose fill rate collapsed against the median of earlier complete readings, or that nobody has on the very
 * first reading, each with a sentence that names what is likely missing. A permission that was taken away looks exactly
 * like this: no error, just nothing.
 */
export function collapsedAttributes(
  { connection: { name: connection }, reader }: Side,
  reading: Reading,
  medians: ReadonlyMap<string, number>,
): Collapse {
  const collapsed = new Map<string, string>();
  const neverFilled = new Set<string>();
  const why = (attribute: string) =>
    `${reader.whyEmpty?.(attribute) ?? 'the credentials may have lost the right to read it'} (to see: rosterd connection test ${connection})`;
  for (const [attribute, rate] of fillRatesOf(reading)) {
    const median = medians.get(attribute);
    if (median === undefined) {
      if (rate > 0) continue;
      neverFilled.add(attribute);
      collapsed.set(attribute, `nobody in ${connection} has "${attribute}": ${why(attribute)}`);
    } else if (rate < median * collapseBelow && (median - rate) * reading.size >= fewestMissing) {
      const fall = `fell from ${percent(median)} to ${percent(rate)} of the records`;
      collapsed.set(attribute, `"${attribute}" of ${connection} ${fall}: ${why(attribute)}`);
    }
  }
  return { collapsed, neverFilled };
}

function percent(rate: number): string {
  return `${Math.round(rate * 100)} %`;
}

/** What of it a person should look at: what was lost, and what is mapped although nobody ever had it. */
export function worthALook(
  { collapsed, neverFilled }: Collapse,
  { identity, attributes }: Pick<CompiledSync, 'identity' | 'attributes'>,
): readonly string[] {
  const mapped = new Set(
    [...identity, ...attributes].flatMap(({ result }) =>
      'expression' in result ? result.expression.reads : [],
    ),
  );
  return [...collapsed]
    .filter(([attribute]) => mapped.has(attribute) || !neverFilled.has(attribute))
    .map(([, sentence]) => sentence);
}
