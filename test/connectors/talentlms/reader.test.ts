import { afterEach, describe, expect, test } from 'vitest';
import { talentlms } from '../../../src/connectors/talentlms/connector.ts';
import type { VendorAnswer } from '../../vendors/loopback.ts';
import type { SeedUser } from '../../vendors/talentlms/state.ts';
import { find, never, openBench, people, type Bench } from './bench.ts';

let open: Bench | undefined;
afterEach(() => open?.portal.close());

async function bench(options: Parameters<typeof openBench>[0] = {}): Promise<Bench> {
  open = await openBench(options);
  return open;
}

const noor: SeedUser = {
  login: 'Noor.Jansen',
  name: 'Noor',
  surname: 'Jansen',
  email: 'Noor.Jansen@Example.org',
  locale: 'nl-NL',
};

test('a user has our names: name is first_name, surname is last_name, locale is language', async () => {
  const of = await bench({ users: [noor] });
  const attributes = [
    'id',
    'login',
    'first_name',
    'last_name',
    'email',
    'language',
    'timezone',
    'status',
    'user_type',
  ];
  const { rows } = await of.read({ attributes });
  expect(rows).toEqual([
    {
      id: '1',
      active: true,
      values: [
        '1',
        'Noor.Jansen',
        'Noor',
        'Jansen',
        'Noor.Jansen@Example.org',
        'nl',
        'Europe/Amsterdam',
        'active',
        'Learner-Type',
      ],
    },
  ]);
});

test('a language that the list leaves empty is taken from the details, where these are read', async () => {
  const of = await bench({
    users: [{ ...noor, custom: { city: 'Utrecht' } }],
    customFields: [{ name: 'city', type: 'text' }],
  });
  of.portal.loopback.fail(isList, { kind: 'change', change: withoutLanguage }, { times: 9 });
  expect((await of.read({ attributes: ['language'] })).rows[0]?.values).toEqual([null]);
  const { rows } = await of.read({ attributes: ['language', 'custom.city'] });
  expect(rows[0]?.values).toEqual(['nl-NL', 'Utrecht']);
});

test('administrators of any kind are protected, learners and trainers are not', async () => {
  const types = [
    'SuperAdmin',
    'Administrator',
    'Admin-Type',
    'Account owner',
    'Trainer-Type',
    'Learner-Instructor',
  ];
  const users = people(types.length).map((one, n) => ({ ...one, custom: {}, userType: types[n] ?? '' }));
  const { rows } = await (await bench({ users })).read({ attributes: ['user_type'] });
  expect(rows.map((row) => row.protected === true)).toEqual([true, true, true, true, false, false]);
});

describe('custom fields', () => {
  const customFields = [
    { name: 'hris_id', type: 'text' as const },
    { name: 'remote', type: 'checkbox' as const },
    { name: 'hireDate', type: 'date' as const },
  ];
  const attributes = ['custom.hris_id', 'custom.remote', 'custom.hireDate'];

  test('have the type that the portal says, and null where a user has none', async () => {
    const users = [
      { ...noor, custom: { hris_id: 'H-1', remote: 'on', hireDate: '2025-02-03' } },
      { ...people(1)[0], custom: {} } as SeedUser,
    ];
    const { rows } = await (await bench({ users, customFields })).read({ attributes });
    expect(rows.map((row) => row.values)).toEqual([
      ['H-1', true, '2025-02-03'],
      [null, null, null],
    ]);
  });

  test('dates are read in the portal’s own form, and another form is that record’s fault', async () => {
    const users = [
      { ...noor, custom: { hireDate: '03/02/2025' } },
      { ...people(1)[0], custom: { hireDate: 'soon' } } as SeedUser,
    ];
    const of = await bench({ users, customFields, config: { dateFormat: 'DD/MM/YYYY' } });
    const { rows } = await of.read({ attributes: ['custom.hireDate'] });
    expect(rows[0]?.values).toEqual(['2025-02-03']);
    expect(rows[1]?.fault).toBe(
      'custom.hireDate holds a value that is not of its type; see dateFormat in the config',
    );
  });

  test('are found by exact name only; another case is named as a hint', async () => {
    const of = await bench({ users: [noor], customFields });
    await expect(of.read({ attributes: ['custom.HireDate'] })).rejects.toMatchObject({
      reason: 'UnknownField',
      fate: 'stalled',
      message: expect.stringContaining('it has "hireDate", and names are compared exactly'),
    });
  });

  test('two of one name cannot be told apart', async () => {
    const twice = [...customFields, { name: 'hris_id', type: 'text' as const }];
    const of = await bench({ users: [noor], customFields: twice });
    await expect(of.read({ attributes: ['custom.hris_id'] })).rejects.toMatchObject({
      reason: 'AmbiguousField',
    });
    expect((await of.read({ attributes: ['custom.remote'] })).rows).toHaveLength(1);
  });

  test('that are empty are no matter of permissions', async () => {
    const reader = talentlms.openReader((await bench({ users: [noor] })).context);
    expect(reader.whyEmpty?.('custom.hris_id')).toMatch(
      /reads everything.*custom user field was likely emptied/,
    );
    await reader.close();
  });

  test('are told by a probe with type, class and key, and the price of the first pass', async () => {
    const sensitive = [...customFields, { name: 'ssn', type: 'text' as const }];
    const of = await bench({
      users: people(230).map((one) => ({ ...one, custom: {} })),
      customFields: sensitive,
    });
    const reader = talentlms.openReader(of.context);
    const probe = await reader.probe(never);
    await reader.close();
    expect(probe.fields.filter((field) => field.name.startsWith('custom.'))).toMatchObject([
      { name: 'custom.hris_id', key: 'custom_field_1', type: 'text', class: 'personal', write: 'always' },
      { name: 'custom.remote', key: 'custom_field_2', type: 'bool' },
      { name: 'custom.hireDate', key: 'custom_field_4', type: 'date' },
      { name: 'custom.ssn', key: 'custom_field_5', class: 'sensitive' },
    ]);
    // Names of fields, 3 pages, and each user once.
    expect(probe.cost).toEqual({ requests: 1 + 3 + 230, limitPerHour: 10_000 });
  });
});

describe('a branch', () => {
  const users = people(3).map((one, n) => ({ ...one, custom: {}, branches: n === 1 ? ['emea'] : [] }));

  test.each([['emea'], [4], ['4']])(
    '%s: members are managed, the others are seen and outside',
    async (branch) => {
      const of = await bench({ users, branches: ['apac', 'emea'] });
      const { rows, receipt } = await of.read({ attributes: ['login'], scope: { branch } });
      expect(rows.map((row) => row.outside === true)).toEqual([true, false, true]);
      expect(receipt.total).toBe(3);
      const found = await find(
        of,
        [
          { attribute: 'login', value: 'ada.okafor0' },
          { attribute: 'login', value: 'ada.okafor1' },
        ],
        {
          attributes: ['login'],
          scope: { branch },
        },
      );
      expect(found.map((row) => row.outside === true)).toEqual([true, false]);
    },
  );

  test.each([
    { scope: { branch: 'Emea' }, reason: 'UnknownBranch' },
    { scope: { group: 'emea' }, reason: 'UnknownScope' },
  ])('$scope stops until a person acts', async ({ scope, reason }) => {
    const of = await bench({ users, branches: ['apac', 'emea'] });
    await expect(of.read({ scope })).rejects.toMatchObject({ reason, fate: 'stalled' });
  });
});

test('an attribute that TalentLMS has not stops until a person acts', async () => {
  const of = await bench({ users: [noor] });
  await expect(of.read({ attributes: ['department'] })).rejects.toMatchObject({ reason: 'UnknownAttribute' });
});

function isList({ path }: { readonly path: string }): boolean {
  return path.endsWith('/users');
}

function withoutLanguage(answer: VendorAnswer): VendorAnswer {
  const text = JSON.stringify(answer.body).replaceAll('"language":"nl"', '"language":null');
  return { ...answer, body: JSON.parse(text) as unknown };
}
