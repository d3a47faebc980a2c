import type { AttributeSpec } from '../../model/attribute.ts';
import type { Readable } from './custom.ts';
import { keyOf, usuallyNeeded } from './schema.ts';

const whitelist =
  '"Readable employee attributes" of the API credentials in Personio (Settings > Integrations > API credentials)';

/** Without a word of Personio's: what is not whitelisted comes as if nobody had it. */
export function whyEmpty(spec: AttributeSpec): string | undefined {
  const key = keyOf(spec);
  // The id comes with every record, whitelisted or not.
  return key === 'id' ? undefined : `"${spec.label ?? key}" is likely not among the ${whitelist}`;
}

/**
 * What the credential lacks, in sentences with the way out. Personio leaves out what may not be read without a word, so
 * this is the only warning before values are missing from every record.
 */
export function missingOf(
  { keys, ambiguous }: Pick<Readable, 'keys' | 'ambiguous'>,
  saved: readonly AttributeSpec[],
): readonly string[] {
  const wanted = new Map([
    ...usuallyNeeded.map((key) => [key, key] as const),
    ...saved.map((one) => [keyOf(one), one.name] as const),
  ]);
  // The id comes with every record, whitelisted or not.
  const hidden = [...wanted].filter(([key]) => key !== 'id' && !keys.has(key));
  return [
    ...hidden.map(([, name]) => `${name} cannot be read; add it to ${whitelist}`),
    ...ambiguous.map(
      (label) =>
        `more than one custom attribute is labelled "${label}"; each is published with its key behind the label, ` +
        'rename them in Personio to have plain names',
    ),
  ];
}
