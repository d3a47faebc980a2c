import { expect, test } from 'vitest';
import { employedOf } from '../../../../src/connectors/personio/v2/employment.ts';

const employment = (id: string, status: string, start: string, more: Record<string, string | null> = {}) => {
  const { ends = null, end = null } = more;
  const termination = ends === null ? null : { termination_date: ends, last_working_day: null };
  return { id, status, employment_start_date: start, employment_end_date: end, termination };
};

const over = employment('over', 'INACTIVE', '2019-01-01', { ends: '2022-12-31' });
const working = employment('working', 'ACTIVE', '2024-01-01');
const away = employment('away', 'LEAVE', '2024-01-01');
const leaving = employment('leaving', 'ACTIVE', '2024-01-01', { ends: '2026-06-30' });
const ending = employment('ending', 'ACTIVE', '2024-01-01', { end: '2026-06-30' });
const starting = employment('starting', 'ONBOARDING', '2026-07-01');
const later = employment('later', 'ONBOARDING', '2026-09-01');
const last = employment('last', 'ONBOARDING', '2026-07-01', { ends: '2026-12-31' });

test.each([
  { name: 'one', all: [working], current: 'working', end: 'working' },
  { name: 'one that is over', all: [over], current: 'over', end: 'over' },
  { name: 'a rehire', all: [working, over], current: 'working', end: 'working' },
  { name: 'a rehire who is to begin', all: [starting, over], current: 'starting', end: 'starting' },
  { name: 'on leave', all: [over, away], current: 'away', end: 'away' },
  { name: 'on leave before the next begins', all: [starting, away], current: 'away', end: 'away' },
  {
    name: 'changing the company of the group',
    all: [starting, leaving],
    current: 'leaving',
    end: 'starting',
  },
  { name: 'the same without a termination', all: [starting, ending], current: 'ending', end: 'starting' },
  { name: 'changing it for half a year', all: [last, leaving], current: 'leaving', end: 'last' },
  { name: 'coming back after the summer', all: [later, leaving], current: 'leaving', end: 'leaving' },
  { name: 'in whatever order', all: [leaving, starting], current: 'leaving', end: 'starting' },
  {
    name: 'several that are over: the latest',
    all: [over, employment('newer', 'INACTIVE', '2023-01-01')],
    current: 'newer',
    end: 'newer',
  },
  {
    name: 'two at the same time: the one that Personio has first',
    all: [employment('a', 'ACTIVE', '2024-01-01'), employment('b', 'ACTIVE', '2024-01-01')],
    current: 'a',
    end: 'a',
  },
  {
    name: 'one of a status that is not told',
    all: [employment('odd', 'UNSPECIFIED', '2026-01-01'), working],
    current: 'working',
    end: 'working',
  },
])('somebody of $name', ({ all, current, end }) => {
  const employed = employedOf(all);
  expect([employed?.current['id'], employed?.last['id']]).toEqual([current, end]);
});

test('nobody without an employment is employed', () => {
  expect(employedOf([])).toBeUndefined();
});
