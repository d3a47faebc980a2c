import type { Json } from '../../model/value.ts';
import { stepsOf, valueAt } from './path.ts';
import type { Condition } from './schema/parts.ts';

/**
 * Whether a condition holds of a document: by `is` the value at its path is one of these, by `isNot` it is none of these
 * (also where nothing stands there), without both anything stands there but null, false, 0, empty text or an empty list.
 */
export function conditionOf({ path, is, isNot }: Condition): (document: Json) => boolean {
  const steps = stepsOf(path);
  const words = new Set((is ?? isNot ?? []).map(String));
  const among = (value: Json | undefined): boolean =>
    value !== undefined && (value === null || typeof value !== 'object') && words.has(String(value));
  if (is !== undefined) return (document) => among(valueAt(document, steps));
  if (isNot !== undefined) return (document) => !among(valueAt(document, steps));
  return (document) => holdsAnything(valueAt(document, steps));
}

/** The same of what must be said aloud: by `isNot` it holds only where something else stands there, null left out. */
export function saidBy(condition: Condition): (document: Json) => boolean {
  const [holds, steps] = [conditionOf(condition), stepsOf(condition.path)];
  if (condition.isNot === undefined) return holds;
  return (document) => (valueAt(document, steps) ?? null) !== null && holds(document);
}

function holdsAnything(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '' || value === 0) return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
