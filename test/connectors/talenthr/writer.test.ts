import { describe, expect, test } from 'vitest';
import { ada, noor, openBench, order } from './bench.ts';

const hire = { employmentStatus: 'Full-Time', payRate: 0, payRatePeriod: 'month' };

describe('hiring', () => {
  test('a new person gets no invitation and no onboarding', async () => {
    const bench = await openBench({ config: { hire } });
    const [result] = await bench.apply(noor(1));
    expect(result).toMatchObject({ outcome: 'applied', accountId: '1' });
    expect(bench.company).toMatchObject({ mails: [], onboardings: [] });
  });

  test('a new person gets both where the config says so', async () => {
    const bench = await openBench({ config: { hire: { ...hire, invite: true, onboarding: true } } });
    await bench.apply(noor(1));
    expect(bench.company.mails).toEqual([{ to: 'noor1@example.org', about: 'invitation' }]);
    expect(bench.company.onboardings).toEqual([1]);
  });

  test('department, division, location and job title go by the ids behind their names, each list read once', async () => {
    const job = { department: 'Operations', division: 'Europe', location: 'Athens', job_title: 'Analyst' };
    const bench = await openBench({ config: { hire }, employees: [ada(1, job)] });
    const results = await bench.apply(
      noor(1, job),
      noor(2, { department: 'Operations', employment_status: 'Part-Time', 'manager.id': '1' }),
    );
    expect(results.map((result) => result.outcome)).toEqual(['applied', 'applied']);
    const { rows } = await bench.read(['email', ...Object.keys(job), 'employment_status', 'manager.id']);
    const hired = rows.map((row) => row.values).toSorted(([a], [b]) => String(a).localeCompare(String(b)));
    expect(hired.slice(1).map(([, ...values]) => values)).toEqual([
      ['Operations', 'Europe', 'Athens', 'Analyst', 'Full-Time', '1'],
      ['Operations', null, null, null, 'Part-Time', '1'],
    ]);
    const reads = Object.entries(bench.cost()).filter(([kind]) => !/directory/.test(kind));
    expect(Object.fromEntries(reads)).toEqual({
      'GET /departments': 1,
      'GET /divisions': 1,
      'GET /locations': 1,
      'GET /job-titles': 1,
      'GET /employment-statuses': 1,
      'POST /employees/hire': 2,
    });
  });

  test.each([
    {
      name: 'a department that is not there',
      department: 'Ops',
      says: /no entry of this name among its departments;/,
    },
    { name: 'one with other capitals', department: 'operations', says: /differs in its capitals/ },
    { name: 'one that is there twice', department: 'Twins', says: /more than once among its departments/ },
  ])('$name is that person’s error, and the others are hired', async ({ department, says }) => {
    const bench = await openBench({ config: { hire }, employees: [ada(1, { department: 'Operations' })] });
    bench.company.lists.departments.push({ id: 98, name: 'Twins' }, { id: 99, name: 'Twins' });
    const results = await bench.apply(noor(1, { department }), noor(2, { department: 'Operations' }));
    const wrong = results.find((result) => result.outcome === 'not-sent');
    expect(wrong?.error).toMatchObject({ fate: 'person', message: expect.stringMatching(says) });
    expect(wrong?.error?.message).not.toContain(department);
    expect([...bench.company.employees.values()].map((one) => one.email)).toEqual([
      'ada1@example.org',
      'noor2@example.org',
    ]);
  });

  test('a department that is not there is created once where the config says so', async () => {
    const bench = await openBench({ config: { hire, createMissing: ['departments'] } });
    const results = await bench.apply(
      noor(1, { department: 'New' }),
      noor(2, { department: 'New' }),
      noor(3, { division: 'New' }),
    );
    expect(results.map((result) => result.outcome).toSorted()).toEqual(['applied', 'applied', 'not-sent']);
    expect(bench.company.lists.departments.map(({ name }) => name)).toEqual(['New']);
    expect(bench.company.lists.divisions).toEqual([]);
  });

  test('what a hire does not take follows as an update', async () => {
    const bench = await openBench({ config: { hire } });
    await bench.apply(
      noor(1, { date_of_birth: '1990-05-17', city: 'Delft', employee_number: '0042', ssn: null }),
    );
    expect((await bench.read(['date_of_birth', 'city', 'employee_number', 'ssn'])).rows[0]?.values).toEqual([
      '1990-05-17',
      'Delft',
      '0042',
      null,
    ]);
  });

  test('when the update after a hire is refused, the person is unfinished, and completed without a second hire', async () => {
    const bench = await openBench({ config: { hire } });
    const given = noor(1, { date_of_birth: '1929-05-17', city: 'Delft' });
    const [result] = await bench.apply(given);
    expect(result).toMatchObject({ outcome: 'unknown', accountId: '1', error: { fate: 'person' } });
    expect(result?.error?.message).toContain('the employee was hired; then: TalentHR refused it (422)');
    expect(await bench.resolve(given)).toEqual({ state: 'unfinished', accountId: '1' });
    const again = order({ ...given, accountId: '1', set: { ...given.set, date_of_birth: '1990-05-17' } });
    expect(await bench.apply(again)).toMatchObject([{ outcome: 'applied', accountId: '1' }]);
    expect(await bench.resolve(again)).toEqual({ state: 'done', accountId: '1' });
    expect(bench.company.employees.size).toBe(1);
  });

  test('somebody else who has the address of a hire whose answer was lost is not taken for ours', async () => {
    const bench = await openBench({ config: { hire } });
    const given = noor(1, { city: 'Delft' });
    bench.company.addEmployee(ada(1, { email: 'noor1@example.org' }));
    expect(await bench.resolve(given)).toEqual({ state: 'unknown' });
    expect(await bench.resolve(noor(2))).toEqual({ state: 'not-done' });
  });

  test('what everybody needs and nobody mapped is said before anything is sent', async () => {
    const bench = await openBench();
    const [result] = await bench.apply(noor(1));
    expect(result?.error?.message).toBe('TalentHR hires nobody without "employment_status"; map it');
    expect(bench.company.requests()).toEqual([]);
  });

  test('the words of a refusal are kept and the address in them is not', async () => {
    const bench = await openBench({ config: { hire }, employees: [ada(1, { email: 'Noor1@example.org' })] });
    const [taken] = await bench.apply(noor(1));
    expect(taken).toMatchObject({ outcome: 'rejected', error: { reason: 'AlreadyExists', fate: 'person' } });
    expect(taken?.error?.message).toBe('TalentHR refused it (422): "The email … has already been taken."');
    const unpaid = await openBench({ config: { hire: { employmentStatus: 'Full-Time' } } });
    expect((await unpaid.apply(noor(2)))[0]?.error?.message).toContain('must be an object');
  });
});

describe('updating', () => {
  test('what the order does not say stays as it is', async () => {
    const profile = { city: 'Delft', mobile_phone: '1', birth_date: '1990-05-17' };
    const bench = await openBench({ employees: [ada(1, { profile })] });
    await bench.apply(order({ kind: 'update', accountId: '1', set: { city: 'Leiden', last_name: 'Vries' } }));
    const person = bench.company.byEmail('ada1@example.org');
    expect(person).toMatchObject({ first_name: 'Ada', last_name: 'Vries' });
    expect(Object.fromEntries(person.profile)).toEqual({ ...profile, city: 'Leiden' });
  });

  test('nobody becomes the head of the company by a manager who is not there', async () => {
    const bench = await openBench({ employees: [ada(1), ada(2)] });
    const [result] = await bench.apply(
      order({ kind: 'update', accountId: '2', set: { 'manager.id': null } }),
    );
    expect(result).toMatchObject({ outcome: 'not-sent', error: { reason: 'CannotClear', fate: 'person' } });
    expect(result?.error?.message).toContain('head of the company');
    expect(bench.company).toMatchObject({ headId: 1 });
    expect(bench.company.requests()).toEqual([]);
  });

  test.each([
    { set: { department: 'Sales' }, reason: 'OnlyOnHire' },
    { set: { hire_date: '2026-01-01' }, reason: 'OnlyOnHire' },
    { set: { termination_date: '2026-01-01' }, reason: 'ReadOnlyAttribute' },
    { set: { 'custom.Badge': 'B1' }, reason: 'ReadOnlyAttribute' },
    { set: { language: 'nl' }, reason: 'ReadOnlyAttribute' },
    { set: { email: null }, reason: 'CannotClear' },
  ])('$set cannot be sent: $reason', async ({ set, reason }) => {
    const bench = await openBench({ employees: [ada(1)] });
    const [result] = await bench.apply(order({ kind: 'update', accountId: '1', set }));
    expect(result).toMatchObject({ outcome: 'not-sent', error: { reason, fate: 'person' } });
  });

  test('a language goes first, and those that the person speaks besides stay', async () => {
    const employees = [ada(1, { profile: { hr_languages: [2, 3] } })];
    const bench = await openBench({ employees, config: { language: 'hr_languages' } });
    expect((await bench.read(['language'])).rows[0]?.values).toEqual(['el']);
    await bench.apply(order({ kind: 'update', accountId: '1', set: { language: 'nl-NL' } }));
    expect(bench.company.byEmail('ada1@example.org').profile.get('hr_languages')).toEqual([3, 2]);
    const [unknown] = await bench.apply(order({ kind: 'update', accountId: '1', set: { language: 'xx' } }));
    expect(unknown?.error?.reason).toBe('UnknownName');
  });
});

describe('terminating', () => {
  test('is off unless the config allows it', async () => {
    const bench = await openBench({ employees: [ada(1)] });
    expect(await bench.withReader(async ({ shape }) => shape.abilities)).toMatchObject({ disable: false });
    expect(await bench.apply(leave())).toMatchObject([
      { outcome: 'rejected', error: { reason: 'NotSupported', fate: 'person' } },
    ]);
    expect(bench.company.requests()).toEqual([]);
  });

  test('takes effect today in the zone of the connection', async () => {
    const config = { allowTerminate: true, timezone: 'Pacific/Auckland' };
    const bench = await openBench({ employees: [ada(1)], config });
    await bench.clock.sleep(4 * 3_600_000);
    expect(await bench.apply(leave())).toMatchObject([{ outcome: 'applied' }]);
    expect(bench.company.byEmail('ada1@example.org').termination_date).toBe('2026-11-21');
  });

  test('of somebody who is terminated already is done, and of somebody who is gone is that person’s error', async () => {
    const bench = await openBench({ employees: [ada(1)], config: { allowTerminate: true } });
    expect(await bench.apply(leave())).toMatchObject([{ outcome: 'applied' }]);
    expect(bench.company.byEmail('ada1@example.org').termination_date).toBe('2026-11-20');
    expect(await bench.apply(leave())).toMatchObject([{ outcome: 'applied' }]);
    expect(await bench.resolve(leave())).toEqual({ state: 'done', accountId: '1' });
    const gone = order({ kind: 'disable', accountId: '77' });
    expect(await bench.apply(gone)).toMatchObject([
      { outcome: 'rejected', error: { reason: 'AccountGone' } },
    ]);
    expect(await bench.resolve(gone)).toEqual({ state: 'not-done' });
  });

  test('cannot be taken back here, and nobody is deleted', async () => {
    const bench = await openBench({ employees: [ada(1)], config: { allowTerminate: true } });
    const results = await bench.apply(
      order({ kind: 'enable', accountId: '1' }),
      order({ kind: 'delete', accountId: '1' }),
    );
    expect(results.map((result) => result.error?.reason)).toEqual(['NotSupported', 'NotSupported']);
    expect(bench.company.loopback.writes()).toEqual([]);
  });
});

function leave() {
  return order({ kind: 'disable', accountId: '1' });
}
