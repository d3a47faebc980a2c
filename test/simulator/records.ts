import { isDay } from './calendar.ts';
import type { Chance } from './chance.ts';
import type { HrRecord } from './source.ts';
import type { Time } from './time.ts';

export const departments = ['Sales', 'Support', 'Finance', 'Lab'] as const;

/** Begins every text that must not turn up anywhere but in the target. */
export const canary = 'Canary';

const oddNames = [
  // Decomposed: what the eye reads is one letter shorter.
  'Rene\u0301e',
  'Zoë 🐧',
  "O'Neil-Ünal",
  'شهد',
  `Maximiliana ${'von und zu '.repeat(30)}Hohenfels`,
];

/** A record as it is when somebody is hired. */
export function newcomer(
  number: number,
  chance: Chance,
  time: Time,
  given: { readonly id: string; readonly email: string },
): HrRecord {
  const odd = chance.happens(0.15) ? ` ${chance.pick(oddNames) ?? ''}` : '';
  return {
    first_name: `Given ${number}`,
    last_name: `Name ${number}${odd}`,
    department: chance.pick(departments) ?? '',
    site: chance.oneOf('North', 'South'),
    phone: chance.happens(0.7) ? `+49 ${number}` : null,
    manager: null,
    status: 'active',
    start_date: time.date(chance.oneOf(-30, -30, -30, -30, -30, 0, 2, 3)),
    last_day: null,
    birth_place: `${canary} ${number}`,
    ...given,
  };
}

/** What is wrong with records as HR systems sometimes have them. */
export const spoilings: ReadonlyMap<string, Partial<HrRecord>> = new Map<string, Partial<HrRecord>>([
  ['no name', { first_name: null }],
  ['odd status', { status: 'sabbatical?' }],
  ['no status', { status: null }],
  ['a last day that is none', { last_day: '31.02.2026' }],
  ['a last day that no calendar has', { last_day: '2026-02-30' }],
  ['a first day that no calendar has', { start_date: '2027-02-29' }],
]);

/** What somebody in HR does about a record; undefined where nothing is wrong with it. */
export function mended(record: HrRecord): Partial<HrRecord> | undefined {
  const { first_name: name, status, start_date: starts, last_day: lastDay } = record;
  const known = status === 'active' || status === 'leave' || status === 'inactive';
  const change: Record<string, string | null> = {};
  if (name === null) change['first_name'] = `Given ${record.id}`;
  if (!known) change['status'] = 'active';
  if (starts !== null && !isDay(starts)) change['start_date'] = '2026-01-01';
  if (lastDay !== null && !isDay(lastDay)) change['last_day'] = null;
  return Object.keys(change).length === 0 ? undefined : change;
}
