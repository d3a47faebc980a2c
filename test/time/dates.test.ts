import { expect, test } from 'vitest';
import { declaredColumns } from '../../src/connectors/csv/cells.ts';
import { csvConfig } from '../../src/connectors/csv/schema.ts';
import { decoderOf } from '../../src/connectors/personio/decode.ts';
import { canonicalForm } from '../../src/connectors/scim/canonical.ts';
import { dateFrom, dateText } from '../../src/connectors/talentlms/dates.ts';
import type { Value } from '../../src/model/value.ts';

/** Days on which a detour over an instant goes wrong somewhere: leap days, ends of years, nights in which clocks change. */
const days = [
  '2024-02-29',
  '2023-02-28',
  '2100-02-28',
  '2000-02-29',
  '2025-12-31',
  '2026-01-01',
  '2026-03-29',
  '2026-10-25',
  '2026-04-24',
  '1969-12-31',
  '1970-01-01',
  '1899-12-31',
  '2011-12-30',
];
const noDays = ['2023-02-29', '2100-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-06-00'];

/** Times and offsets with which a vendor may hand over a day, as it is written at the other side. */
const tails = [
  '',
  'T00:00:00',
  'T00:00:00+02:00',
  'T00:00:00+14:00',
  'T00:00:00-11:00',
  'T00:00:00-03:30',
  'T00:00:00+05:45',
  'T23:59:59+01:00',
  'T00:00:00Z',
  'T00:00:00.000Z',
];

function personio(raw: string, timezone?: string): Value | undefined {
  const spec = { name: 'hire_date', type: 'date', class: 'personal' } as const;
  const attributes = { id: { value: 7 }, hire_date: { value: raw } };
  const row = decoderOf([spec], timezone)({ type: 'Employee', attributes });
  return row.fault === undefined ? row.values[0] : undefined;
}

function csv(raw: string, format?: string): Value | undefined {
  const columns = { hired: { type: 'date', ...(format === undefined ? {} : { format }) } };
  const config = csvConfig.parse({ file: 'staff.csv', id: 'id', columns });
  return declaredColumns(config, undefined)?.get('hired')?.cell(raw);
}

test.each(days)('%s stays that day on every way in and out', (day) => {
  const canonical = canonicalForm('birthday', 'date');
  for (const tail of tails) {
    const text = `${day}${tail}`;
    expect({ text, day: personio(text) }).toEqual({ text, day });
    expect({ text, day: dateFrom(text) }).toEqual({ text, day });
    // Handed back so by a SCIM server, it is no difference.
    expect({ text, day: canonical?.(text) }).toEqual({ text, day });
  }
  // What TalentLMS is sent comes back as it was.
  for (const format of ['YYYY-MM-DD', 'DD/MM/YYYY', 'MM/DD/YYYY'] as const) {
    expect(dateFrom(dateText(day, format), format)).toBe(day);
  }
  const [year = '', month = '', date = ''] = day.split('-');
  expect(csv(day)).toBe(day);
  expect(csv(`${date}.${month}.${year}`, 'dd.MM.yyyy')).toBe(day);
  expect(csv(`${Number(month)}/${Number(date)}/${year}`, 'M/d/yyyy')).toBe(day);
});

test.each(noDays)('%s is nobody’s day, and never taken for another', (day) => {
  expect(personio(day)).toBeUndefined();
  expect(personio(`${day}T00:00:00Z`, 'Europe/Berlin')).toBeUndefined();
  expect(dateFrom(day)).toBeUndefined();
  expect(csv(day)).toBeUndefined();
});

test.each([
  { raw: '2026-03-28T23:00:00Z', zone: 'Europe/Berlin', day: '2026-03-29' },
  { raw: '2026-03-29T22:00:00Z', zone: 'Europe/Berlin', day: '2026-03-30' },
  { raw: '2026-10-24T22:00:00Z', zone: 'Europe/Berlin', day: '2026-10-25' },
  { raw: '2026-10-25T23:00:00Z', zone: 'Europe/Berlin', day: '2026-10-26' },
  { raw: '2026-11-22T10:00:00Z', zone: 'Pacific/Kiritimati', day: '2026-11-23' },
  { raw: '2026-11-23T11:00:00Z', zone: 'Pacific/Pago_Pago', day: '2026-11-23' },
  { raw: '2026-11-22T11:00:00Z', zone: 'Pacific/Apia', day: '2026-11-23' },
  { raw: '2024-02-28T18:15:00Z', zone: 'Asia/Kathmandu', day: '2024-02-29' },
  { raw: '2024-02-29T03:30:00Z', zone: 'America/St_Johns', day: '2024-02-29' },
  { raw: '2026-04-23 22:00:00Z', zone: 'Africa/Cairo', day: '2026-04-24' },
])('midnight of $zone that Personio writes as $raw is $day', ({ raw, zone, day }) => {
  expect(personio(raw, zone)).toBe(day);
});

test.each(['2026-03-29T25:00:00Z', '2026-03-29T1:00Z', '2026-03-29T::Z', '2026-03-29T12:60:00Z'])(
  '%s is one person’s fault, not the end of the list',
  (raw) => {
    expect(personio(raw, 'Europe/Berlin')).toBeUndefined();
  },
);
