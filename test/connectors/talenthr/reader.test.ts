import { describe, expect, test } from 'vitest';
import { Stalled, Waiting } from '../../../src/model/error.ts';
import { terminatedFilter } from '../../vendors/talenthr/reading.ts';
import { ada, answerWith, openBench } from './bench.ts';

describe('reading people', () => {
  test('who is in the directory costs no request of their own', async () => {
    const bench = await openBench({ employees: Array.from({ length: 120 }, (_, n) => ada(n)) });
    const { rows, receipt } = await bench.read(['email', 'department', 'job_title', 'manager.id']);
    expect(rows).toHaveLength(120);
    expect(receipt).toMatchObject({ pages: 2, records: 120, total: 120 });
    expect(bench.cost()).toEqual({ 'GET /directory': 2 });
  });

  test('names that the directory and the single record spell differently come as one attribute', async () => {
    const job = { department: 'Operations', division: 'Europe', location: 'Athens', job_title: 'Analyst' };
    const profile = { birth_date: '1990-05-17', employee_number: '007', city: 'Athens', country: 'Greece' };
    const bench = await openBench({ employees: [ada(1, { ...job, profile, language: 'el' })] });
    const names = ['department', 'division', 'location', 'job_title', 'employment_status', 'hire_date'];
    const more = ['date_of_birth', 'employee_number', 'city', 'country', 'language', 'user_role', 'ssn'];
    const { rows } = await bench.read([...names, ...more]);
    expect(rows[0]?.values.join(' | ')).toBe(
      'Operations | Europe | Athens | Analyst | Full-Time | 2024-02-05 | ' +
        '1990-05-17 | 007 | Athens | Greece | el | employee | ',
    );
  });

  test.each([
    { name: 'without a termination date', date: null, status: 'active', usable: true },
    { name: 'who leaves tomorrow', date: '2026-11-21', status: 'terminating', usable: true },
    { name: 'on their last day', date: '2026-11-20', status: 'terminating', usable: false },
    { name: 'who left yesterday', date: '2026-11-19', status: 'terminated', usable: false },
  ])('somebody $name is $status', async ({ date, status, usable }) => {
    const bench = await openBench({ employees: [ada(1, { termination_date: date })] });
    const { rows } = await bench.read(['status', 'termination_date']);
    expect(rows[0]).toMatchObject({ values: [status, date], active: usable });
  });

  test('a last day ends in the zone of the connection', async () => {
    const employees = [ada(1, { termination_date: '2026-11-20' })];
    const bench = await openBench({ employees, config: { timezone: 'Pacific/Auckland' } });
    expect((await bench.read(['status'])).rows[0]?.values).toEqual(['terminating']);
    await bench.clock.sleep(4 * 3_600_000);
    expect((await bench.read(['status'])).rows[0]?.values).toEqual(['terminated']);
  });

  test('somebody whom TalentHR shows as deleted is deleted', async () => {
    const bench = await openBench({ employees: [ada(1)] });
    bench.company.byEmail('ada1@example.org').deleted_at = '2026-11-01 10:00:00';
    expect((await bench.read(['status'])).rows).toMatchObject([
      { values: ['deleted'], deleted: true, active: false },
    ]);
  });

  test('where the directory leaves terminated people out, a filter of the config shows them', async () => {
    const employees = [ada(1), ada(2, { termination_date: '2026-01-31' }), ada(3)];
    const plain = await openBench({ employees });
    plain.company.hidesTerminated = true;
    expect((await plain.read(['id'])).rows.map((row) => row.id)).toEqual(['1', '3']);
    const both = await openBench({ employees, config: { directoryFilters: [Number(terminatedFilter)] } });
    both.company.hidesTerminated = true;
    const { rows, receipt } = await both.read(['status']);
    expect(rows.map((row) => [row.id, ...row.values])).toEqual([
      ['1', 'active'],
      ['3', 'active'],
      ['2', 'terminated'],
    ]);
    expect(receipt).toMatchObject({ records: 3, total: 3 });
    // Nobody comes twice where the plain directory has them too.
    both.company.hidesTerminated = false;
    expect((await both.read(['id'])).receipt.records).toBe(3);
  });

  test('the owner and administrators are protected, employees are not', async () => {
    const employees = [ada(1, { role: 'owner' }), ada(2, { role: 'admin' }), ada(3)];
    const { rows } = await (await openBench({ employees })).read(['id']);
    expect(rows.map((row) => row.protected === true)).toEqual([true, true, false]);
  });

  test('the owner is protected by the mark of an owner alone, whatever their role is called', async () => {
    const bench = await openBench({ employees: [ada(1), ada(2)] });
    answerWith(bench, 'GET', '/v1/directory', {
      success: true,
      data: {
        total: 3,
        rows: [
          { id: 1, is_owner: 1, user_role: { slug: 'employee' } },
          { id: 2, is_owner: true, user_role: null },
          { id: 3, is_owner: 0, user_role: { slug: 'employee' } },
        ],
      },
    });
    const { rows } = await bench.read(['id']);
    expect(rows.map((row) => row.protected === true)).toEqual([true, true, false]);
  });

  test('a date that is none is that person’s error, without the value', async () => {
    const bench = await openBench({ employees: [ada(1), ada(2, { profile: { birth_date: 'in May' } })] });
    bench.company.byEmail('ada1@example.org').hire_date = '2025-02-31';
    const { rows } = await bench.read(['hire_date', 'date_of_birth']);
    expect(rows.map((row) => row.fault)).toEqual([
      'hire_date holds a value that is not of its type',
      'date_of_birth holds a value that is not of its type',
    ]);
  });

  test('an attribute that TalentHR does not have, and a scope, wait for a person', async () => {
    const bench = await openBench({ employees: [ada(1)] });
    await expect(bench.read(['workEmail'])).rejects.toThrow('TalentHR has no attribute "workEmail"');
    await expect(bench.read(['email'], { branch: 'emea' })).rejects.toThrow('no scope "branch"');
  });

  test('an error that comes with 200 is waited out, and its words name nobody', async () => {
    const bench = await openBench({ employees: [ada(1)] });
    bench.company.softErrors = 1;
    const error = await bench.read(['email']).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Waiting);
    expect(String(error)).toContain(
      'TalentHR reported an error in place of data ("Server error. Please try again.")',
    );
  });

  test('a wrong key waits for a person', async () => {
    const bench = await openBench({ apiKey: 'another-key' });
    await expect(bench.read(['email'])).rejects.toThrow(Stalled);
  });
});

describe('looking somebody up', () => {
  test('by an address in any case takes one request, terminated people included', async () => {
    const employees = [ada(1), ada(2, { termination_date: '2020-01-31' })];
    const bench = await openBench({ employees });
    const found = await bench.find(['last_name'], [{ attribute: 'email', value: 'ADA2@example.org' }]);
    expect(found).toMatchObject([{ id: '2', values: ['Okafor 2'], active: false }]);
    expect(bench.company.requests()).toMatchObject([{ path: '/v1/directory', query: 'offset=-1' }]);
  });

  test('by a number of the single record takes everybody’s', async () => {
    const employees = [1, 2, 3].map((n) => ada(n, { profile: { employee_number: `E${n}` } }));
    const bench = await openBench({ employees });
    const found = await bench.find(['email'], [{ attribute: 'employee_number', value: 'E2' }]);
    expect(found).toMatchObject([{ id: '2', values: ['ada2@example.org'] }]);
  });
});

test('a probe says what the key may not read, and what a pass costs', async () => {
  const customFields = [{ name: 'Badge', slug: 'badge' }];
  const bench = await openBench({ employees: [ada(1), ada(2)], customFields });
  const probe = () => bench.withReader((reader) => reader.probe(new AbortController().signal));
  expect(await probe()).toMatchObject({ missing: [], cost: { requests: 6, limitPerHour: 120_000 } });
  bench.company.withheld.add('custom-fields');
  expect((await probe()).missing).toEqual([
    'the API key may not read custom fields (403); give it that right in TalentHR, or make a new key',
  ]);
});

test.each([
  { name: 'a code', held: 'el', read: 'el' },
  { name: 'a name', held: 'Greek', read: 'el' },
  { name: 'an id', held: 2, read: 'el' },
  { name: 'an object with its id', held: { id: 2 }, read: 'el' },
  { name: 'an object with its code', held: { id: 9, code: 'el' }, read: 'el' },
  { name: 'a code that is not listed', held: 'fy', read: 'fy' },
  { name: 'nothing', held: null, read: null },
  { name: 'an id that is not listed, which is no fault of the person', held: 99, read: undefined },
])('a language is understood from $name', async ({ held, read }) => {
  const bench = await openBench({ employees: [ada(1)] });
  bench.company.loopback.fail(({ path }) => path === '/v1/employees/1', {
    kind: 'answer',
    answer: { status: 200, body: { success: true, data: { id: 1, user: { language: held } } } },
  });
  const { rows } = await bench.read(['language']);
  expect(rows).toEqual([{ id: '1', values: [read], active: true }]);
});
