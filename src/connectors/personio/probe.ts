import type { AttributeSpec } from '../../model/attribute.ts';
import type { Readable } from './custom.ts';
import { keyOf, usuallyNeeded } from './schema.ts';

/**
 * What the credential lacks, in sentences with the way out. Personio leaves out what may not be read without a word, so
 * this is the only warning before values are missing from every record.
 */
export function missingOf({ keys, ambiguous }: Readable, saved: readonly AttributeSpec[]): readonly string[] {
  const wanted = new Map([
    ...usuallyNeeded.map((key) => [key, key] as const),
    ...saved.map((one) => [keyOf(one), one.name] as const),
  ]);
  // The id comes with every record, whitelisted or not.
  const hidden = [...wanted].filter(([key]) => key !== 'id' && !keys.has(key));
  return [
    ...hidden.map(
      ([, name]) =>
        `${name} cannot be read; add it to "Readable employee attributes" of the API credentials in Personio ` +
        '(Settings > Integrations > API credentials)',
    ),
    ...ambiguous.map(
      (label) =>
        `more than one custom attribute is labelled "${label}"; each is published with its key behind the label, ` +
        'rename them in Personio to have plain names',
    ),
  ];
}
