import type { Json } from '../../../model/value.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { isDay } from '../../calendar.ts';

/** What the employments of one person come to. */
export interface Employed {
  /** The one that counts now. */
  readonly current: JsonObject;
  /** The one whose end is the person's: another than `current` where one follows the other without a day between. */
  readonly last: JsonObject;
}

/**
 * Of several employments the one in which somebody works, before one that is still to begin, before one that is over; of
 * several of these the latest. Personio documents that the most recent comes first, and not which one v1 shows.
 */
export function employedOf(employments: readonly JsonObject[]): Employed | undefined {
  const [current] = employments.toSorted((a, b) => rankOf(a) - rankOf(b) || later(a, b));
  return current === undefined ? undefined : { current, last: lastFrom(current, employments) };
}

/** `status` in small letters, as in v1; `undefined` where Personio does not say. */
export function statusOf({ status }: JsonObject): string | undefined {
  return typeof status === 'string' && status !== 'UNSPECIFIED' ? status.toLowerCase() : undefined;
}

/** Days around which Personio changes what an employment shows without anybody changing it. */
export function turningDays({ current, last }: Employed): readonly string[] {
  return [current, last].flatMap((one) => [
    ...daysIn([one['employment_start_date'], one['contract_end_date']]),
    ...endsOf(one),
  ]);
}

const ranks: Readonly<Record<string, number>> = { active: 0, leave: 0, onboarding: 1 };

function rankOf(employment: JsonObject): number {
  return ranks[statusOf(employment) ?? ''] ?? 2;
}

function later(a: JsonObject, b: JsonObject): number {
  const [first, second] = [startOf(a), startOf(b)];
  return first === second ? 0 : first < second ? 1 : -1;
}

/** Who changes from one company of a group to another ends an employment, and does not leave. */
function lastFrom(employment: JsonObject, all: readonly JsonObject[]): JsonObject {
  const end = endsOf(employment).toSorted().at(-1);
  if (end === undefined) return employment;
  const latestStart = Temporal.PlainDate.from(end).add({ days: 1 }).toString();
  const next = all.find((one) => {
    const start = startOf(one);
    return rankOf(one) < 2 && start > startOf(employment) && start <= latestStart;
  });
  return next === undefined ? employment : lastFrom(next, all);
}

function endsOf({ employment_end_date: end, termination }: JsonObject): readonly string[] {
  const ending = isObject(termination) ? termination : {};
  return daysIn([end, ending['termination_date'], ending['last_working_day'], ending['last_working_date']]);
}

function startOf({ employment_start_date: start }: JsonObject): string {
  return daysIn([start])[0] ?? '';
}

function daysIn(values: readonly (Json | undefined)[]): readonly string[] {
  const days = values.map((value) => (typeof value === 'string' ? value.slice(0, 10) : ''));
  return days.filter((day) => /^\d{4}-\d{2}-\d{2}$/.test(day) && isDay(day));
}
