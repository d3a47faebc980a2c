import { describe, expect, test } from 'vitest';
import { Todays } from '../../src/plan/today.ts';
import { account, link, person } from '../plan/people.ts';
import { planFor, summarize } from '../plan/summary.ts';

/** When a day begins for whoever lives there, written down by hand from the rules of each zone. */
const beginnings = [
  { zone: 'Pacific/Kiritimati', day: '2026-11-23', before: '2026-11-22', at: '2026-11-22T10:00:00Z' },
  { zone: 'Pacific/Pago_Pago', day: '2026-11-23', before: '2026-11-22', at: '2026-11-23T11:00:00Z' },
  { zone: 'Pacific/Apia', day: '2026-11-23', before: '2026-11-22', at: '2026-11-22T11:00:00Z' },
  { zone: 'Asia/Kathmandu', day: '2026-11-23', before: '2026-11-22', at: '2026-11-22T18:15:00Z' },
  { zone: 'America/St_Johns', day: '2026-11-23', before: '2026-11-22', at: '2026-11-23T03:30:00Z' },
  { zone: 'America/St_Johns', day: '2026-07-01', before: '2026-06-30', at: '2026-07-01T02:30:00Z' },
  // Both nights in which the clocks change, and the ones after.
  { zone: 'Europe/Berlin', day: '2026-03-29', before: '2026-03-28', at: '2026-03-28T23:00:00Z' },
  { zone: 'Europe/Berlin', day: '2026-03-30', before: '2026-03-29', at: '2026-03-29T22:00:00Z' },
  { zone: 'Europe/Berlin', day: '2026-10-25', before: '2026-10-24', at: '2026-10-24T22:00:00Z' },
  { zone: 'Europe/Berlin', day: '2026-10-26', before: '2026-10-25', at: '2026-10-25T23:00:00Z' },
  // No midnight: the clock goes from 23:59 to 01:00. And in autumn 23:00 comes twice.
  { zone: 'Africa/Cairo', day: '2026-04-24', before: '2026-04-23', at: '2026-04-23T22:00:00Z' },
  { zone: 'Africa/Cairo', day: '2026-10-30', before: '2026-10-29', at: '2026-10-29T22:00:00Z' },
  // Two hours at once.
  { zone: 'Antarctica/Troll', day: '2026-03-30', before: '2026-03-29', at: '2026-03-29T22:00:00Z' },
  { zone: 'Antarctica/Troll', day: '2026-10-26', before: '2026-10-25', at: '2026-10-26T00:00:00Z' },
  // A day that was left out: after 29 December came the 31st.
  { zone: 'Pacific/Apia', day: '2011-12-31', before: '2011-12-29', at: '2011-12-30T10:00:00Z' },
  // Leap days and ends of years.
  { zone: 'UTC', day: '2024-02-29', before: '2024-02-28', at: '2024-02-29T00:00:00Z' },
  { zone: 'UTC', day: '2024-03-01', before: '2024-02-29', at: '2024-03-01T00:00:00Z' },
  { zone: 'UTC', day: '2023-03-01', before: '2023-02-28', at: '2023-03-01T00:00:00Z' },
  { zone: 'UTC', day: '2100-03-01', before: '2100-02-28', at: '2100-03-01T00:00:00Z' },
  { zone: 'Pacific/Kiritimati', day: '2027-01-01', before: '2026-12-31', at: '2026-12-31T10:00:00Z' },
  { zone: 'Pacific/Pago_Pago', day: '2027-01-01', before: '2026-12-31', at: '2027-01-01T11:00:00Z' },
];

describe.each(beginnings)('$day in $zone', ({ zone, day, before, at }) => {
  const midnight = Date.parse(at);

  test(`begins at ${at}, and not a millisecond earlier`, () => {
    expect(new Todays(midnight - 1).in(zone)?.date).toBe(before);
    expect(new Todays(midnight).in(zone)?.date).toBe(day);
  });

  test('whose last day was the day before is here until then, and disabled from then on', () => {
    const given = {
      people: [person('ada', { lastDay: before, zone })],
      accounts: [account('ada')],
      links: [link('ada')],
    };
    expect(changesAt(midnight - 1, given)).toEqual([]);
    expect(changesAt(midnight, given)).toEqual([`disable ada (left: last day was ${before})`]);
  });

  test('who starts on it has no account until then, and gets one from then on', () => {
    const given = { people: [person('ada', { starts: day, zone })] };
    expect(changesAt(midnight - 1, given)).toEqual([]);
    expect(changesAt(midnight, given)).toEqual([expect.stringMatching(/^create ada/)]);
  });
});

test('a name that is no zone is the fault of whoever has it', () => {
  expect(new Todays(0).in('Mars/Olympus_Mons')).toBeUndefined();
});

function changesAt(now: number, given: Parameters<typeof planFor>[0]): readonly string[] {
  return summarize(planFor({ ...given, now })).changes;
}
