import { expect, test } from 'vitest';
import { comparableZone } from '../../../src/connectors/talentlms/zones.ts';

test.each([
  ['Europe/Amsterdam', '(GMT +01:00) Amsterdam, Berlin, Rome'],
  ['Europe/Rome', '(GMT +01:00) Amsterdam, Berlin, Rome'],
  ['Europe/London', '(GMT +00:00) Greenwich Mean Time: Dublin, Edinburgh, Lisbon, London'],
  ['America/New_York', '(GMT -05:00) Eastern Time (US & Canada)'],
  ['Asia/Kolkata', '(GMT +05:30) Chennai, Kolkata, Mumbai, New Delhi'],
  ['Australia/Sydney', '(GMT+10:00) Canberra, Melbourne, Sydney'],
  ['Asia/Tokyo', '(UTC +09:00) Osaka, Sapporo, Tokyo'],
])('somebody in %s needs no change when the page shows %s', (name, shown) => {
  expect(comparableZone(shown)).toBe(comparableZone(name));
});

test.each([
  ['Europe/Amsterdam', 'Europe/London'],
  // The same in winter only.
  ['Europe/Amsterdam', 'Africa/Lagos'],
  ['America/Denver', '(GMT -07:00) Arizona'],
  ['Europe/Amsterdam', '(GMT +01:00) Somewhere'],
  // A place with another offset than shown is not that place.
  ['Asia/Tokyo', '(GMT +01:00) Tokyo'],
])('%s and %s are two clocks', (one, other) => {
  expect(comparableZone(one)).not.toBe(comparableZone(other));
});

test('a text that is no zone is compared as it stands', () => {
  expect(comparableZone(' Amsterdam time ')).toBe('Amsterdam time');
});
