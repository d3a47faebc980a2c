import type { Json } from '../../model/value.ts';
import { isObject, type JsonObject } from '../json.ts';

/**
 * The employment of that day: the newest that has begun, else the first one to come; of one day the one that Merge made
 * last. An HR system without a history gets a new one at each change of job or pay, without a date (the vendor's document,
 * `Employment`). Undefined where the list holds ids alone; null where there is none.
 */
export function currentEmployment(
  employments: Json | undefined,
  today: string,
): JsonObject | null | undefined {
  if (!Array.isArray(employments)) return employments === null ? null : undefined;
  const items = employments as readonly Json[];
  if (!items.every(isObject)) return undefined;
  const known = items.filter((one) => one['remote_was_deleted'] !== true);
  const begun = known.filter((one) => dayOf(one) <= today).toSorted(byAge);
  const coming = known.filter((one) => dayOf(one) > today).toSorted(byAge);
  const [first] = coming;
  const lastOfFirstDay = first && coming.findLast((one) => dayOf(one) === dayOf(first));
  return begun.at(-1) ?? lastOfFirstDay ?? null;
}

function byAge(a: JsonObject, b: JsonObject): number {
  return compare(dayOf(a), dayOf(b)) || compare(text(a['created_at']), text(b['created_at']));
}

/** Without a date it is as old as can be. */
function dayOf(employment: JsonObject): string {
  return text(employment['effective_date']).slice(0, 10);
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
