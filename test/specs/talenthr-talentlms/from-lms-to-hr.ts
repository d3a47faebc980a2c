import { describe, expect, test } from 'vitest';
import type { SeedUser } from '../../vendors/talentlms/state.ts';
import { openPair, owner, type Pair } from './pair.ts';

const sync = 'lms-to-hr';

const noor: SeedUser = {
  login: 'noor',
  name: 'Noor',
  surname: 'Jansen',
  email: 'noor@example.com',
  locale: 'nl-NL',
  custom: { hireDate: '2025-02-03', dateOfBirth: '1992-01-31', city: 'Delft', department: 'Operations' },
};
const dated = { hireDate: '2025-02-03' };
const kim: SeedUser = { login: 'kim', name: 'Kim', surname: 'Lund', email: 'kim@example.com' };
const gone: SeedUser = {
  login: 'timo',
  name: 'Timo',
  surname: 'Laine',
  email: 'timo@example.com',
  status: 'inactive',
};

async function inLine(...users: readonly SeedUser[]): Promise<Pair> {
  const pair = await openPair('from-lms-to-hr', { lms: users });
  pair.hr.lists.departments.push({ id: 7, name: 'Operations' });
  await pair.sync(sync);
  return pair;
}

export function describeFromLmsToHr(): void {
  describe('from LMS to HR', () => {
    test('an active user who is nobody in TalentHR becomes an employee with the records that one needs', async () => {
      const pair = await inLine(noor);
      expect(await pair.settle(sync)).toEqual(['settled']);
      const employee = pair.hr.byEmail('noor@example.com');
      expect(employee).toMatchObject({ first_name: 'Noor', last_name: 'Jansen', hire_date: '2025-02-03' });
      expect(employee.job).toMatchObject({ departments: 7, 'employment-statuses': 14 });
      expect(Object.fromEntries(employee.profile)).toMatchObject({
        employee_number: '2',
        birth_date: '1992-01-31',
        city: 'Delft',
        hr_languages: [3],
      });
    });

    test('nobody gets a mail or an onboarding by it', async () => {
      const pair = await inLine(noor, kim);
      expect(pair.hr.employees.size).toBe(3);
      expect(pair.hr).toMatchObject({ mails: [], onboardings: [] });
    });

    test.each([
      { name: 'no hire date', custom: {}, hired: '2026-11-20' },
      { name: 'an empty hire date', custom: { hireDate: '' }, hired: '2026-11-20' },
      { name: 'a hire date that is none', custom: { hireDate: 'in spring' }, hired: '2026-11-20' },
      { name: 'a hire date', custom: { hireDate: '2024-12-31' }, hired: '2024-12-31' },
    ])('somebody with $name is hired on $hired', async ({ custom, hired }) => {
      const pair = await openPair('from-lms-to-hr', {
        lms: [
          { ...kim, custom },
          { ...noor, custom: dated },
        ],
      });
      // Whatever people wrote: a field of dates takes nothing but dates.
      const at = pair.lms.fields.findIndex(({ name }) => name === 'hireDate');
      Object.assign(pair.lms.fields[at] ?? {}, { type: 'text' });
      await pair.edit(
        'fields/talentlms.fields.yaml',
        'custom.hireDate, type: date',
        'custom.hireDate, type: text',
      );
      await pair.settle(sync);
      expect(pair.hr.byEmail('kim@example.com').hire_date).toBe(hired);
    });

    test('in a portal where nobody has a hire date, everybody is hired on the day of their account, without a question', async () => {
      const pair = await openPair('from-lms-to-hr', { lms: [kim] });
      const first = await pair.sync(sync);
      expect([first.result, pair.hr.employees.size]).toEqual(['applied', 2]);
      expect(pair.hr.byEmail('kim@example.com').hire_date).toBe('2026-11-20');
    });

    test('somebody in a portal without the field of hire dates is hired on the day of their account', async () => {
      const pair = await openPair('from-lms-to-hr', { lms: [kim] });
      await pair.edit(
        'sync.yaml',
        'firstValid(date(source["custom.hireDate"]), date(source.created_on))',
        'date(source.created_on)',
      );
      pair.lms.fields.splice(
        0,
        pair.lms.fields.length,
        ...pair.lms.fields.filter(({ name }) => name !== 'hireDate'),
      );
      await pair.settle(sync);
      expect(pair.hr.byEmail('kim@example.com').hire_date).toBe('2026-11-20');
    });

    test('an employee who is there by their address is updated: names, address and language, and no more', async () => {
      const pair = await inLine(noor);
      pair.hr.addEmployee({
        first_name: 'Kimberly',
        last_name: 'Lundh',
        email: 'Kim@example.com',
        hire_date: '2019-01-01',
        profile: { city: 'Oslo' },
      });
      pair.lms.addUser({ ...kim, locale: 'de-DE', custom: { city: 'Bergen', hireDate: '2020-02-02' } });
      await pair.settle(sync);
      expect(pair.hr.employees.size).toBe(3);
      const employee = pair.hr.byEmail('Kim@example.com');
      expect(employee).toMatchObject({ first_name: 'Kim', last_name: 'Lund', hire_date: '2019-01-01' });
      expect(Object.fromEntries(employee.profile)).toMatchObject({ city: 'Oslo', hr_languages: [4] });
    });

    test('an employee is known by the TalentLMS id once they were met, whatever the address becomes', async () => {
      const pair = await inLine(noor);
      Object.assign(pair.user('noor@example.com') ?? {}, {
        email: 'n.jansen@example.com',
        surname: 'Jansen-Vos',
      });
      expect(await pair.plan(sync)).toEqual(['update 2: email, last_name']);
      await pair.settle(sync);
      expect(pair.hr.employees.size).toBe(2);
      expect(pair.hr.byEmail('n.jansen@example.com').last_name).toBe('Jansen-Vos');
    });

    test('an employee with another number is reported and left alone', async () => {
      const pair = await inLine(noor);
      const profile = { employee_number: 'E-100' };
      pair.hr.addEmployee({ first_name: 'Kimberly', last_name: 'Lundh', email: 'kim@example.com', profile });
      pair.lms.addUser(kim);
      await pair.settle(sync);
      expect((await pair.sync(sync)).people.disputed).toBe(1);
      expect(pair.hr.byEmail('kim@example.com')).toMatchObject({ first_name: 'Kimberly' });
      expect(pair.hr.employees.size).toBe(3);
    });

    test('an inactive user is left out, and one who becomes inactive costs nobody their employment', async () => {
      const pair = await inLine(noor, gone);
      expect(pair.hr.employees.size).toBe(2);
      Object.assign(pair.user('noor@example.com') ?? {}, { status: 'inactive', surname: 'Other' });
      expect(await pair.settle(sync)).toEqual(['settled']);
      expect(pair.hr.byEmail('noor@example.com')).toMatchObject({
        termination_date: null,
        last_name: 'Jansen',
      });
    });

    test('a department that TalentHR does not have is that person’s error, and the others are hired', async () => {
      const pair = await openPair('from-lms-to-hr', {
        lms: [{ ...kim, custom: { department: 'Ops' } }, noor],
      });
      pair.hr.lists.departments.push({ id: 7, name: 'Operations' });
      expect((await pair.sync(sync)).result).not.toBe('settled');
      expect([...pair.hr.employees.values()].map(({ email }) => email)).toEqual([
        owner.email,
        'noor@example.com',
      ]);
    });

    test('the owner of TalentHR is never changed, and nothing ever goes to the portal', async () => {
      const pair = await inLine(noor);
      Object.assign(pair.user(owner.email) ?? {}, { surname: 'Other' });
      await pair.sync(sync);
      expect(pair.hr.byEmail(owner.email).last_name).toBe('Stavrou');
      expect(pair.lms.loopback.writes()).toEqual([]);
    });
  });
}
