import { expect, test } from 'vitest';
import { Building, syncOf } from './building.ts';

/** What flows from the platform into HR, with the hire date that HR asks for. */
const into = (more: string, direction = 'from: lms, to: hr') =>
  syncOf(
    'back',
    `  direction: { ${direction} }
${more}  who: ["true"]
  identity: { lms_id: source.id }
  match: [{ email: source.email }]
  attributes:
    first_name: source.first_name
    email: source.email
    hire_date: { value: "firstValid(date(source.hireDate), date(source.created_on))", policy: seed }
`,
  );

const staff = syncOf(
  'staff',
  `  direction: { from: hr, to: lms }
  mode: full
  identity: { hr_id: source.id }
  match: [{ email: source.email }]
  attributes: { first_name: source.first_name, email: source.email }
  status: { value: source.status, here: [active], left: [inactive] }
`,
);

const open = async (syncs: string) => await Building.open({ hr: 'hris', lms: 'academy' }, syncs);
const created = '2026-03-01T09:30:00Z';

test('a user of the platform whom HR does not know becomes an employee, with the hire date that their profile names', async () => {
  const building = await open(into('  mode: upsert\n'));
  const lms = building.system('lms');
  lms.add({ email: 'ada@example.com', first_name: 'Ada', hireDate: '2026-02-01', created_on: created });
  lms.add({ email: 'bea@example.com', first_name: 'Bea', hireDate: 'soon', created_on: created });
  lms.add({ email: 'cleo@example.com', first_name: 'Cleo', created_on: created });

  await building.pass('back');

  const hired = [...building.system('hr').entries.values()].map(({ values }) => [
    values.get('first_name'),
    values.get('hire_date'),
    values.get('lms_id'),
  ]);
  expect(hired).toEqual([
    ['Ada', '2026-02-01', 'lms-1'],
    ['Bea', '2026-03-01', 'lms-2'],
    ['Cleo', '2026-03-01', 'lms-3'],
  ]);
});

const hired = (building: Building) =>
  [...building.system('hr').entries.values()].map(({ values }) => values.get('hire_date'));

test('where nobody has a hire date, everybody is hired on the day of their account, and the run says so', async () => {
  const building = await open(into('  mode: upsert\n'));
  for (const first_name of ['Ada', 'Bea'])
    building.system('lms').add({ email: `${first_name}@example.com`, first_name, created_on: created });

  const outcome = await building.pass('back');

  expect(hired(building)).toEqual(['2026-03-01', '2026-03-01']);
  expect(outcome.held).toEqual([]);
  expect(outcome.summary.watch).toEqual([expect.stringContaining('nobody in lms has "hireDate"')]);
});

test.each([
  ['it falls back to one day for all', 'firstValid(date(source.hireDate), date("2020-01-01"))', created],
  [
    'it says what an empty one means',
    'firstValid(date(source.?hireDate.orValue("2020-01-01")), date(source.created_on))',
    created,
  ],
  [
    'nobody has what comes next either',
    'firstValid(date(source.hireDate), date(source.created_on), date("2020-01-01"))',
    undefined,
  ],
])(
  'where nobody has a hire date and %s, new employees wait until somebody has looked',
  async (_, value, day) => {
    const spec = into('  mode: upsert\n');
    const [before, after = ''] = spec.split('"firstValid(date(source.hireDate), date(source.created_on))"');
    const building = await open(`${before}'${value}'${after}`);
    building
      .system('lms')
      .add({ email: 'ada@example.com', first_name: 'Ada', ...(day && { created_on: day }) });

    const outcome = await building.pass('back');

    expect(outcome.held.map(({ reason }) => reason)).toEqual(['FillRateCollapsed']);
    expect(hired(building)).toEqual([]);
  },
);

test('where hire dates were there and are gone, nobody is hired on the day of their account', async () => {
  const building = await open(into('  mode: upsert\n'));
  const lms = building.system('lms');
  const people = ['Ada', 'Bea', 'Cleo', 'Dora'].map((first_name) =>
    lms.add({ email: `${first_name}@example.com`, first_name, hireDate: '2026-02-01', created_on: created }),
  );
  await building.pass('back');
  for (const { values } of people) values.delete('hireDate');
  lms.add({ email: 'eve@example.com', first_name: 'Eve', created_on: created });

  const outcome = await building.pass('back');

  expect(outcome.held.map(({ change, reason }) => [change.kind, reason])).toEqual([
    ['create', 'FillRateCollapsed'],
  ]);
  expect(hired(building)).toHaveLength(4);
});

test('one way, an employee who is there already is updated: found by e-mail first, then by the id of the platform', async () => {
  const building = await open(into('  mode: upsert\n'));
  building.system('hr').add({ email: 'ada@example.com', first_name: 'A.' });
  const user = building
    .system('lms')
    .add({ email: 'ada@example.com', first_name: 'Ada', created_on: created });

  await building.pass('back');
  expect(building.wrote()).toEqual(['update hr-1 first_name lms_id']);

  building.loseStore();
  user.values.set('email', 'ada.lovelace@example.com');
  await building.pass('back');
  expect(building.wrote()).toEqual(['update hr-1 email']);
});

test('in a pair employees are left alone, and only new people are created', async () => {
  const building = await open(staff + into('', 'from: lms, to: hr, twoWayWith: staff'));
  building.system('hr').add({ email: 'ada@example.com', first_name: 'A.' });
  building
    .system('lms')
    .add({ email: 'ada@example.com', first_name: 'Ada', hireDate: '2026-02-01', created_on: created });
  await building.pass('staff');
  building.system('lms').get('lms-1').values.set('first_name', 'Ada B.');
  building.system('lms').add({ email: 'bea@example.com', first_name: 'Bea', created_on: created });
  building.wrote();

  await building.pass('back');

  expect(building.wrote()).toEqual(['create hr-2 email first_name hire_date lms_id']);
  expect(building.system('hr').get('hr-1').values.get('first_name')).toBe('A.');
});
