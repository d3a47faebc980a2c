import type { Value } from '../model/value.ts';
import { composed, isEmpty, keyOf } from './prepared.ts';

export type Element = string | number | boolean;

/**
 * Elements of a list by what they are compared by. Each is brought into the target's form by itself, so that neither order nor
 * number matters; one that the target makes nothing of is none.
 */
export function elementsOf(
  canonical: (value: Value) => Value,
  value: Value | undefined,
): ReadonlyMap<string, Element> {
  const elements = new Map<string, Element>();
  if (!Array.isArray(value)) return elements;
  for (const element of value as readonly Element[]) {
    const form = composed(canonical([element]));
    if (isEmpty(form)) continue;
    const key = keyOf(Array.isArray(form) && form.length === 1 ? (form[0] as Element) : form);
    if (!elements.has(key)) elements.set(key, element);
  }
  return elements;
}
