import { afterEach, describe, expect, test } from 'vitest';
import { inspect } from 'node:util';
import { fakeClock, memoryDetails } from '../../../contract/context.ts';
import type { SeedUser } from '../../../vendors/talentlms/state.ts';
import { talentlms } from '../../../../src/connectors/talentlms/connector.ts';
import { find, never, openBench, people, type Bench } from '../bench.ts';

let open: Bench | undefined;
afterEach(() => open?.portal.close());

async function bench(options: Parameters<typeof openBench>[0] = {}): Promise<Bench> {
  open = await openBench({ clock: fakeClock(), ...options, config: { api: 'v1', ...options.config } });
  return open;
}

const hris = [
  { name: 'O’Neill’s & "number"', type: 'text' as const },
  { name: 'hireDate', type: 'date' as const },
];
const noor: SeedUser = {
  login: 'Noor.Jansen',
  name: "Noor & 'Nora'",
  surname: 'Jansen <van> Dijk',
  email: 'Noor.Jansen@Example.org',
  locale: 'nl-NL',
  deactivationDate: '2027-01-31T00:00:00+00:00',
  custom: { 'O’Neill’s & "number"': 'H/1 & 50%', hireDate: '2025-02-03' },
};

test('a user of API v1 has the names and values that API v2 gives', async () => {
  const attributes =
    'id login first_name last_name email language status user_type created_on last_updated deactivation_date'
      .split(' ')
      .concat('custom.O’Neill’s & "number"', 'custom.hireDate');
  const of = await bench({ users: [noor], customFields: hris });
  const byV1 = await of.read({ attributes });
  const byV2 = await openBench({ clock: fakeClock(), users: [noor], customFields: hris });
  const { rows } = await byV2.read({ attributes });
  await byV2.portal.close();
  expect(byV1.rows[0]?.values.map(inSeconds)).toEqual(rows[0]?.values.map(inSeconds));
});

test.each(['DDMMYYYY', 'MMDDYYYY', 'YYYYMMDD'] as const)(
  'dates are read as the portal writes them (%s), without a word in the config',
  async (dateFormat) => {
    const of = await bench({ users: [noor], customFields: hris });
    of.portal.dateFormat = dateFormat;
    const { rows } = await of.read({ attributes: ['created_on', 'deactivation_date', 'custom.hireDate'] });
    expect(rows[0]?.values).toEqual(['2026-11-20T08:00:00Z', '2027-01-31', '2025-02-03']);
  },
);

test('the address that signs in as a user goes into no row, detail or error', async () => {
  const details = memoryDetails();
  const kept: unknown[] = [];
  const of = await bench({
    users: [noor],
    customFields: hris,
    details: {
      ...details,
      remember: (items) => {
        kept.push(...items);
        return details.remember(items);
      },
    },
  });
  of.portal.listHasFields = false;
  const { rows } = await of.read({ attributes: ['login', 'custom.hireDate'] });
  expect(kept).toHaveLength(1);
  expect(inspect([rows, kept], { depth: 9 })).not.toMatch(/autologin|secret-1/);
});

describe('the cost', () => {
  test('2,500 users with custom fields are four pages, the portal’s facts and the names of the fields', async () => {
    const of = await bench({ users: people(2_500), customFields: [{ name: 'hris_id', type: 'text' }] });
    const { rows, receipt } = await of.read({ attributes: ['id', 'custom.hris_id'] });
    expect(rows.filter((row) => row.values[1] !== undefined)).toHaveLength(2_500);
    expect(receipt).toMatchObject({
      records: 2_500,
      total: 2_500,
      pages: 3,
      end: 'empty page, total reached',
    });
    const asked = of.portal.loopback.log.map(({ path }) => path.replace('/api/v1/', ''));
    expect(asked).toHaveLength(2 + 4);
  });

  test('a portal whose list leaves custom fields out is asked for each user once, and remembered', async () => {
    const clock = fakeClock();
    const of = await bench({
      users: people(30),
      customFields: [{ name: 'hris_id', type: 'text' }],
      clock,
      limits: { perHour: 100, per5s: 200 },
      details: memoryDetails(),
    });
    of.portal.listHasFields = false;
    const first = await of.read({ attributes: ['custom.hris_id'] });
    expect(first.rows.map((row) => row.values[0])).toContain('H-29');
    const before = of.portal.loopback.log.length;
    await of.read({ attributes: ['custom.hris_id'] });
    expect(of.portal.loopback.log.length - before).toBe(4);
  });

  test('the hour that is left is asked for, as v1 has no headers that tell it', async () => {
    const of = await bench({
      users: people(120),
      customFields: [{ name: 'hris_id', type: 'text' }],
      limits: { perHour: 100, per5s: 200 },
      details: memoryDetails(),
    });
    of.portal.listHasFields = false;
    const { receipt } = await of.read({ attributes: ['custom.hris_id'] });
    // 100 less four and the question itself, and a tenth that is kept back.
    expect(receipt.incomplete?.missing).toBe(120 - 85);
    expect(of.portal.loopback.log.filter(({ status }) => status === 429)).toEqual([]);
  });

  test('is told by a probe', async () => {
    const of = await bench({ users: people(5), customFields: [{ name: 'hris_id', type: 'text' }] });
    const reader = talentlms.openReader(of.context);
    const probe = await reader.probe(never);
    await reader.close();
    expect(probe.cost).toEqual({ requests: 4, limitPerHour: 10_000 });
    expect(probe.fields.find((field) => field.name === 'custom.hris_id')).toMatchObject({
      key: 'custom_field_1',
    });
    expect(probe.fields.find((field) => field.name === 'language')?.write).toBe('create');
  });
});

test('an older portal that gives everybody at once is read whole', async () => {
  const of = await bench({ users: people(7).map(plain) });
  of.portal.givesAllAtOnce = true;
  const { rows, receipt } = await of.read({ attributes: ['login'] });
  expect(rows).toHaveLength(7);
  expect(receipt.end).toBe('empty page, total reached');
});

test('an older portal of more than were asked for needs no second page', async () => {
  const of = await bench({ users: people(1_001).map(plain) });
  of.portal.givesAllAtOnce = true;
  const { rows, receipt } = await of.read({ attributes: ['login'] });
  expect(rows).toHaveLength(1_001);
  expect(receipt.end).toBe('all at once, total reached');
});

test('a branch is known by its members: one request more', async () => {
  const users = people(3).map((one, n) => ({ ...one, custom: {}, branches: n === 1 ? ['emea & co'] : [] }));
  const of = await bench({ users, branches: ['apac', 'emea & co'] });
  const scope = { branch: 'emea & co' };
  const { rows } = await of.read({ attributes: ['login'], scope });
  expect(rows.map((row) => row.outside === true)).toEqual([true, false, true]);
  const found = await find(of, [{ attribute: 'login', value: 'ada.okafor0' }], {
    attributes: ['login'],
    scope,
  });
  expect(found.map((row) => row.outside === true)).toEqual([true]);
  await expect(of.read({ scope: { branch: 'none' } })).rejects.toMatchObject({ reason: 'UnknownBranch' });
});

describe('looking somebody up', () => {
  const customFields = [{ name: 'hris_id', type: 'text' as const }];
  const users = [
    { ...people(1)[0], custom: { hris_id: 'H-2' } } as SeedUser,
    { ...noor, status: 'inactive' as const, custom: { hris_id: 'H-1, old' } },
  ];

  test.each([
    ['id', '2'],
    ['login', 'noor.jansen'],
    ['email', 'NOOR.jansen@example.org'],
    ['last_name', 'Jansen <van> Dijk'],
    ['custom.hris_id', 'H-1, old'],
  ])('by %s finds them, inactive or not', async (attribute, value) => {
    const of = await bench({ users, customFields });
    expect(await find(of, [{ attribute, value }])).toEqual([
      { id: '2', active: false, values: ['Noor.Jansen'] },
    ]);
  });

  test('by a field finds nobody who has the value in another one', async () => {
    const of = await bench({ users, customFields: [...customFields, { name: 'city', type: 'text' }] });
    of.portal.byLogin('ada.okafor0').custom.set(2, 'H-9');
    expect(await find(of, [{ attribute: 'custom.hris_id', value: 'H-9' }])).toEqual([]);
  });

  test('one who was deleted, and not for good, is nobody', async () => {
    const of = await bench({ users, customFields });
    const ghost = of.portal.byLogin('Noor.Jansen');
    of.portal.users.delete(ghost.id);
    of.portal.ghosts.set(ghost.id, ghost);
    expect(await find(of, [{ attribute: 'login', value: 'Noor.Jansen' }])).toEqual([]);
  });
});

function plain(user: SeedUser): SeedUser {
  return { ...user, custom: {} };
}

/** Both say the same moment, one of them with thousandths. */
function inSeconds(text: unknown): unknown {
  return typeof text === 'string' ? text.replace('.000Z', 'Z') : text;
}
