import type { AttributeSpec } from '../../model/attribute.ts';
import type { JsonObject } from '../json.ts';
import { keyOf, personAttributes } from './schema.ts';

const access = "the access level of the API key's owner in BambooHR (Settings > Access Levels)";

/** Without these hardly any sync works. */
const usuallyNeeded = ['first_name', 'last_name', 'email', 'status'];

/** BambooHR leaves out what the key may not read, without a word ("Get Employee"). */
export function whyEmpty(spec: AttributeSpec): string | undefined {
  return spec.name === 'id' ? undefined : `"${spec.label ?? keyOf(spec)}" is likely not in ${access}`;
}

/** What the key lacks, in sentences with the way out: fields that one record does not have, and saved ones that are gone. */
export function missingOf(
  record: JsonObject | undefined,
  saved: readonly AttributeSpec[],
  others: readonly AttributeSpec[],
): readonly string[] {
  const seen = new Set(others.map(({ name }) => name));
  const hidden =
    record === undefined
      ? []
      : personAttributes.filter(
          (spec) => usuallyNeeded.includes(spec.name) && record[keyOf(spec)] === undefined,
        );
  const gone = saved.filter(({ name }) => /^(custom|fields)\./.test(name) && !seen.has(name));
  return [...hidden, ...gone].map(({ name }) => `${name} cannot be read; add it to ${access}`);
}
