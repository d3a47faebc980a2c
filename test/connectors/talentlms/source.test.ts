import { afterEach, describe, expect, test } from 'vitest';
import { talentlms } from '../../../src/connectors/talentlms/connector.ts';
import type { SeedUser } from '../../vendors/talentlms/state.ts';
import { never, openBench, type Bench } from './bench.ts';
import { fakeClock } from '../../contract/context.ts';

let open: Bench | undefined;
afterEach(() => open?.portal.close());

/** What an HR system takes over where the portal has custom user fields of exactly these names. */
const dates = ['hireDate', 'dateOfBirth'];
const texts = ['ssn', 'city', 'country', 'jobTitle', 'department', 'location', 'division'];
const customFields = [
  ...dates.map((name) => ({ name, type: 'date' as const })),
  ...texts.map((name) => ({ name, type: 'text' as const })),
  { name: 'HireDate', type: 'text' as const },
];
const noor: SeedUser = {
  login: 'noor',
  name: 'Noor',
  surname: 'Jansen',
  email: 'noor@example.org',
  locale: 'nl-NL',
  custom: { hireDate: '2025-02-03', dateOfBirth: '1990-05-17', ssn: '078-05-1120', city: 'Utrecht' },
};

describe.each(['v1', 'v2'] as const)('people come from a portal by API %s', (api) => {
  async function portal(): Promise<Bench> {
    const users = [
      noor,
      { ...noor, login: 'ida', email: 'ida@example.org', status: 'inactive' as const, custom: {} },
    ];
    const owner = { ...noor, login: 'owner', email: 'owner@example.org', userType: 'SuperAdmin', custom: {} };
    open = await openBench({ clock: fakeClock(), users, admin: owner, customFields, config: { api } });
    return open;
  }

  test('with every field that an HR system knows, found by exact name and type', async () => {
    const reader = talentlms.openReader((await portal()).context);
    const { fields } = await reader.probe(never);
    await reader.close();
    const typeOf = (name: string) => fields.find((field) => field.name === `custom.${name}`)?.type;
    expect(dates.map(typeOf)).toEqual(['date', 'date']);
    expect(new Set(texts.map(typeOf))).toEqual(new Set(['text']));
    expect(typeOf('HireDate')).toBe('text');
    const classes = fields.filter((field) => field.class === 'sensitive').map((field) => field.name);
    expect(classes).toEqual(['password', 'custom.dateOfBirth', 'custom.ssn']);
  });

  test('with their status, the day on which they were created, and the type that tells administrators', async () => {
    const attributes = [
      'login',
      'status',
      'user_type',
      'language',
      'custom.hireDate',
      'custom.dateOfBirth',
      'custom.ssn',
    ];
    const { rows } = await (await portal()).read({ attributes });
    expect(rows.map((row) => row.values)).toEqual([
      ['owner', 'active', 'SuperAdmin', 'nl', null, null, null],
      ['noor', 'active', 'Learner-Type', 'nl', '2025-02-03', '1990-05-17', '078-05-1120'],
      ['ida', 'inactive', 'Learner-Type', 'nl', null, null, null],
    ]);
    const created = (await (open as Bench).read({ attributes: ['created_on'] })).rows.map(
      (row) => row.values[0],
    );
    expect(created.map((text) => String(text).slice(0, 10))).toEqual([
      '2026-11-20',
      '2026-11-20',
      '2026-11-20',
    ]);
  });

  test('and one who was deleted is told by nothing: no record says so', async () => {
    const of = await portal();
    of.portal.users.delete(of.portal.byLogin('ida').id);
    const { rows } = await of.read({ attributes: ['login'] });
    expect(rows.map((row) => row.values[0])).toEqual(['owner', 'noor']);
    expect(rows.some((row) => 'deleted' in row)).toBe(false);
  });
});
