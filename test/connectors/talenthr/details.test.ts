import { expect, test } from 'vitest';
import { ada, openBench } from './bench.ts';

const single = 'GET /employees/ID';
const custom = 'GET /employees/ID/custom-fields';
const dayMs = 86_400_000;

test('a person is read singly once, and again when their row changed or the refresh time is over', async () => {
  const employees = [1, 2, 3].map((n) => ada(n, { profile: { city: `City ${n}` } }));
  const bench = await openBench({ employees });
  const cities = async () => (await bench.read(['city'])).rows.map((row) => String(row.values[0])).toSorted();
  const costs = async (read: () => Promise<unknown>) => {
    const from = bench.company.requests().length;
    await read();
    return bench.cost(from)[single] ?? 0;
  };
  expect(await costs(cities)).toBe(3);
  expect(await costs(cities)).toBe(0);

  const moved = bench.company.byEmail('ada2@example.org');
  moved.profile.set('city', 'Moved');
  // The directory shows nothing of it: it is seen when the refresh time is over.
  expect(await costs(cities)).toBe(0);
  expect(await cities()).toEqual(['City 1', 'City 2', 'City 3']);
  moved.last_name = 'Renamed';
  expect(await costs(cities)).toBe(1);
  expect(await cities()).toEqual(['City 1', 'City 3', 'Moved']);
  await bench.clock.sleep(8 * dayMs);
  expect(await costs(cities)).toBe(3);
});

test('two syncs that want different attributes do not take them from each other', async () => {
  const employees = [ada(1, { profile: { city: 'Delft', ssn: '123' } })];
  const bench = await openBench({ employees, customFields: [{ name: 'Badge', slug: 'badge' }] });
  await bench.read(['city']);
  await bench.read(['custom.Badge']);
  const from = bench.company.requests().length;
  await bench.read(['city']);
  await bench.read(['custom.Badge']);
  expect(bench.cost(from)).toEqual({ 'GET /directory': 2 });
});

test('custom fields are found by their exact name, or by slug; groups and deleted ones are none', async () => {
  const customFields = [
    { name: 'Badge', slug: 'badge' },
    { name: 'Shared', slug: 'shared_one' },
    { name: 'Shared', slug: 'shared_two' },
    { name: 'Skills', slug: 'skills', multiple: true },
    { name: 'Training', slug: 'training', group: true },
    { name: 'Old', slug: 'old', deleted: true },
    { name: 'First aid until', slug: 'first_aid', type: 'date' as const },
  ];
  const values = { badge: 'B1', shared_two: 'two', skills: ['chess', 'maps'], first_aid: '2027-01-31' };
  const bench = await openBench({ employees: [ada(1, { custom: values })], customFields });
  const probe = await bench.withReader((reader) => reader.probe(new AbortController().signal));
  const fields = probe.fields.filter((field) => field.name.startsWith('custom.'));
  expect(fields.map(({ name, type }) => `${name}: ${type}`)).toEqual([
    'custom.Badge: text',
    'custom.shared_one: text',
    'custom.shared_two: text',
    'custom.Skills: list<text>',
    'custom.First aid until: date',
  ]);
  const saved = await openBench({
    employees: [ada(1, { custom: values })],
    customFields,
    fields: probe.fields,
  });
  const { rows } = await saved.read(['custom.Badge', 'custom.badge', 'custom.shared_two', 'custom.Skills']);
  expect(rows[0]?.values).toEqual(['B1', 'B1', 'two', ['chess', 'maps']]);
  expect(bench.cost()[custom]).toBe(1);
  for (const name of ['custom.badGe', 'custom.Shared', 'custom.Training', 'custom.Old']) {
    await expect(saved.read([name])).rejects.toThrow('TalentHR shows no custom field');
  }
});

test('somebody who is gone between the list and the look is that person’s error', async () => {
  const bench = await openBench({ employees: [ada(1), ada(2, { profile: { city: 'Delft' } })] });
  const gone = { kind: 'answer', answer: { status: 404, body: { success: false } } } as const;
  bench.company.loopback.fail(({ path }) => path === '/v1/employees/1', gone);
  const { rows } = await bench.read(['city']);
  expect(rows.map((row) => row.fault)).toEqual([
    'TalentHR lists this person and finds nobody when asked for them singly',
    undefined,
  ]);
});

test('the record of somebody else is no reading: nobody gets another’s details', async () => {
  const employees = [1, 2].map((n) => ada(n, { profile: { city: `City ${n}` } }));
  const bench = await openBench({ employees });
  bench.company.loopback.fail(({ path }) => path === '/v1/employees/1', {
    kind: 'change',
    change: ({ body, ...answer }) => {
      const { data } = body as { readonly data: object };
      return { ...answer, body: { success: true, data: { ...data, id: 2 } } };
    },
  });
  await expect(bench.read(['city'])).rejects.toThrow('another person than the one asked for');
});

test('what was read before a failure is not read again', async () => {
  const employees = Array.from({ length: 130 }, (_, n) => ada(n, { profile: { city: 'Delft' } }));
  const bench = await openBench({ employees });
  const away = { kind: 'answer', answer: { status: 503 } } as const;
  bench.company.loopback.fail(({ path }) => path === '/v1/employees/120', away, { times: 9 });
  await expect(bench.read(['city'])).rejects.toThrow('answered 503');
  bench.company.loopback.heal();
  const from = bench.company.requests().length;
  expect((await bench.read(['city'])).rows).toHaveLength(130);
  expect(bench.cost(from)[single]).toBeLessThanOrEqual(30);
});
