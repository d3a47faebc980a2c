import type { AttributeSpec } from '../model/attribute.ts';
import { attributesMeant } from '../model/meant-attributes.ts';
import { nearest } from '../model/nearest.ts';

/** `did you mean "x"?` for the candidate that a slip of the keyboard away, the list where it is short, or nothing. */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const known = [...candidates];
  const near = nearest(word, known);
  if (near !== undefined) return `did you mean "${near}"?`;
  if (known.length === 0 || known.length > longestList) return undefined;
  return known.length === 1 ? `there is only "${known[0]}"` : `one of ${known.toSorted().join(', ')}`;
}

/** The same for an attribute, which people also know by what the system's pages call it. */
export function suggestAttribute(
  word: string,
  attributes: ReadonlyMap<string, AttributeSpec>,
): string | undefined {
  const near = nearest(word, attributes.keys()) ?? attributesMeant(word, attributes.values())[0]?.name;
  return near === undefined ? suggest(word, attributes.keys()) : `did you mean "${near}"?`;
}

const longestList = 12;
