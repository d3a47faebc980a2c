import { expect, test } from 'vitest';

import { inventPeople } from './people.ts';

test('the same seed gives the same people, another seed gives others', () => {
  expect(inventPeople({ count: 50, seed: 7 })).toEqual(inventPeople({ count: 50, seed: 7 }));
  expect(inventPeople({ count: 50, seed: 7 })).not.toEqual(inventPeople({ count: 50, seed: 8 }));
});

test('a hundred thousand people share no address and everybody has a supervisor above them', () => {
  const people = inventPeople({ count: 100_000, seed: 1 });
  expect(new Set(people.map((person) => person.email)).size).toBe(100_000);
  expect(people.every(({ email }) => /^[a-z.]+\.\d+@example\.(?:test|org)$/.test(email))).toBe(true);
  expect(people.every(({ number, supervisor }) => (supervisor ?? 0) < number)).toBe(true);
  expect(people.filter(({ supervisor }) => supervisor === undefined)).toHaveLength(1);
});

test('the mix decides who is active, on leave, to start or gone', () => {
  const people = inventPeople({ count: 1000, seed: 3, mix: { active: 1, inactive: 1 }, today: '2026-03-02' });
  const gone = people.filter(({ status }) => status === 'inactive');
  expect(gone.length).toBeGreaterThan(400);
  expect(people.filter(({ status }) => status === 'active').length).toBe(1000 - gone.length);
  expect(gone.every(({ lastDay }) => lastDay !== undefined && lastDay < '2026-03-02')).toBe(true);
});
