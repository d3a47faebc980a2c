import { describe, expect, test } from 'vitest';
import type { Situation } from './people.ts';
import { account, link, person, shape, stranger } from './people.ts';
import { planFor, summarize } from './summary.ts';

describe('modes', () => {
  const world: Situation = {
    people: [
      person('ada'),
      person('bob', { first_name: 'New' }),
      person('carl'),
      person('dora', { lastDay: '2026-11-20' }),
      person('eve'),
    ],
    accounts: [stranger('ada'), account('bob'), account('dora'), account('eve', {}, { active: false })],
    links: [link('bob'), link('dora'), link('eve')],
  };
  const full = [
    'disable dora (left: last day was 2026-11-20)',
    'adopt ada (matched by match[0]; hris_id)',
    'create carl (no account matches; email, first_name, hris_id)',
    'update bob (differs: first_name)',
    'enable eve (deactivated in the target)',
  ];
  test.each([
    ['observe shows what full would do', 'observe', full],
    ['full does everything', 'full', full],
    ['upsert disables nobody', 'upsert', full.slice(1)],
    [
      'create-only creates, and remembers whom it adopts without writing to them',
      'create-only',
      ['adopt ada (matched by match[0])', 'create carl (no account matches; email, first_name, hris_id)'],
    ],
  ] as const)('%s', (_, mode, changes) => {
    expect(summarize(planFor({ ...world, sync: { mode } })).changes).toEqual(changes);
  });

  test('what the mode leaves undone is said for each person', () => {
    expect(summarize(planFor({ ...world, sync: { mode: 'create-only' } })).people).toEqual([
      'ada is unlinked (matched by match[0])',
      'bob is linked (differs: first_name; mode create-only does not update)',
      'carl is unmatched (no account matches)',
      'dora is left (left: last day was 2026-11-20; mode create-only does not disable)',
      'eve is linked (deactivated in the target; mode create-only does not enable)',
    ]);
  });

  test('what the target cannot do asks for attention', () => {
    const abilities = { ...shape.abilities, disable: false, create: false };
    const people = summarize(planFor({ ...world, shape: { abilities } })).people;
    expect(people).toContain(
      'dora is left! (left: last day was 2026-11-20; the platform cannot disable accounts here)',
    );
    expect(people).toContain(
      'carl is unmatched! (no account matches; the platform cannot create accounts here)',
    );
  });

  test('where disabling would delete, nobody is disabled until that is accepted, and each change says so then', () => {
    const disabling = { refused: 'it deletes them; accept that in config' };
    const abilities = { ...shape.abilities, disable: false };
    expect(summarize(planFor({ ...world, shape: { abilities, disabling } })).people).toContain(
      'dora is left! (left: last day was 2026-11-20; the platform cannot disable accounts here: it deletes them; accept that in config)',
    );
    expect(summarize(planFor({ ...world, shape: { disabling: 'deletes' } })).changes).toContain(
      'disable dora (left: last day was 2026-11-20; this deletes the account for good)',
    );
  });
});
