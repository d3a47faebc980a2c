import { expect, test } from 'vitest';
import { compiled } from './environment.ts';

/** What follows an attribute that is missing, at each place that reads it: `or` between candidates, `and` within one. */
function told(text: string): Readonly<Record<string, string>> {
  const places = [...(compiled(text).fallbacks ?? [])].map(([name, found]) => {
    const following = found.map((candidates) => candidates.map((reads) => reads.join(' and ')).join(' or '));
    return [name, following.join('; ')] as const;
  });
  return Object.fromEntries(places);
}

test.each<[string, Readonly<Record<string, string>>]>([
  ['firstValid(source.hire_date, date(source.created_at))', { hire_date: 'created_at' }],
  [
    'firstPresent(source.email, source.first_name, source.id)',
    { email: 'first_name or id', first_name: 'id' },
  ],
  ['lower(firstPresent(source.email, source.id)) + source.country', { email: 'id' }],
  ['firstPresent(source.email, source.first_name + source.id)', { email: 'first_name and id' }],
  [
    'firstPresent(firstValid(source.email, source.id), source.country)',
    { email: 'id or country', id: 'country' },
  ],
  ['firstPresent(lower(firstPresent(source.email, source.id)), source.country)', { email: 'id' }],
  [
    'firstPresent(source.email, source.id) + firstPresent(source.email, source.country)',
    { email: 'id; country' },
  ],
  ['unique([firstPresent(source.email, source.id)])', { email: 'id' }],
])('%s says what to take where something is missing', (text, following) => {
  expect(told(text)).toEqual(following);
});

test.each([
  'source.email',
  'firstPresent(source.email, "none")',
  'firstPresent(source.email)',
  'source.?email.orValue("none")',
  'firstPresent(source.?email.orValue("none"), source.id)',
  'firstPresent(has(source.email) ? "known" : "unknown", source.id)',
  'firstPresent(source.email, source.id) + source.email',
  'firstPresent(source.remote || source.status == "x" ? "a" : "b", source.id)',
  'has(source.email) ? source.email : source.id',
])('%s makes something of what is missing, or nothing at all', (text) => {
  expect(told(text)['email']).toBeUndefined();
  expect(told(text)['status']).toBeUndefined();
});
