import { describe, expect, test } from 'vitest';
import type { SeedEmployee } from '../../vendors/talenthr/state.ts';
import { openPair, type Pair } from './pair.ts';

const sync = 'hr-to-lms';

const dana: SeedEmployee = {
  first_name: 'Dana',
  last_name: 'Kerr',
  email: 'dana@example.com',
  hire_date: '2023-11-28',
  department: 'Operations',
  division: 'Europe',
  location: 'Athens',
  job_title: 'Analyst',
  language: 'el',
  profile: { birth_date: '1990-05-17', ssn: '001-23', city: 'Patras', country: 'Greece' },
};
const mia: SeedEmployee = { first_name: 'Mia', last_name: 'Berg', email: 'mia@example.com' };
const leaver: SeedEmployee = {
  first_name: 'Timo',
  last_name: 'Laine',
  email: 'timo@example.com',
  termination_date: '2026-10-31',
};

async function inLine(hr: readonly SeedEmployee[]): Promise<Pair> {
  const pair = await openPair('from-hr-to-lms', { hr });
  await pair.sync(sync);
  return pair;
}

export function describeFromHrToLms(): void {
  describe('from HR to LMS', () => {
    test('an active employee who is not in the portal becomes a user, with every field that the portal has', async () => {
      const pair = await openPair('from-hr-to-lms', { hr: [dana] });
      expect(await pair.plan(sync)).toEqual(['create 2']);
      expect(await pair.settle(sync)).toEqual(['applied']);
      const writes = pair.writes().length;
      expect(await pair.settle(sync)).toEqual(['settled']);
      expect(pair.writes()).toHaveLength(writes);
      expect(pair.user('dana@example.com')).toMatchObject({
        name: 'Dana',
        surname: 'Kerr',
        login: 'dana@example.com',
        locale: 'el-GR',
        status: 'active',
      });
      const held = (name: string) => pair.custom('dana@example.com', name);
      const person = ['hireDate', 'dateOfBirth', 'ssn', 'city', 'country'].map(held);
      expect(person.join(', ')).toBe('2023-11-28, 1990-05-17, 001-23, Patras, Greece');
      const job = ['jobTitle', 'department', 'location', 'division'].map(held);
      expect(job.join(', ')).toBe('Analyst, Operations, Athens, Europe');
    });

    test('an employee who has left and is not in the portal is ignored', async () => {
      const pair = await inLine([dana, leaver]);
      expect(pair.user('timo@example.com')).toBeUndefined();
      expect(pair.lms.users.size).toBe(2);
    });

    test('an active employee who is in the portal by their address is updated there, not created again', async () => {
      const pair = await inLine([dana]);
      pair.lms.addUser({ login: 'mia.b', name: 'Maria', surname: 'Bergh', email: 'Mia@example.com' });
      pair.hr.addEmployee(mia);
      await pair.settle(sync);
      expect(pair.user('Mia@example.com')).toMatchObject({ name: 'Mia', surname: 'Berg', login: 'mia.b' });
      expect(pair.lms.users.size).toBe(3);
    });

    test('an employee who has left and is in the portal is made inactive there', async () => {
      const pair = await inLine([dana]);
      pair.lms.addUser({ login: 'timo', name: 'Timo', surname: 'Laine', email: 'timo@example.com' });
      pair.hr.addEmployee(leaver);
      await pair.settle(sync);
      expect(pair.user('timo@example.com')?.status).toBe('inactive');
    });

    test('whoever is hired becomes a user by themselves', async () => {
      const pair = await inLine([dana]);
      pair.hr.addEmployee(mia);
      expect(await pair.plan(sync)).toEqual(['create 3']);
      await pair.settle(sync);
      expect(pair.user('mia@example.com')?.status).toBe('active');
    });

    test('whoever is terminated is active until the end of their last day and inactive after it', async () => {
      const pair = await inLine([dana, mia]);
      pair.hr.byEmail('dana@example.com').termination_date = '2026-11-21';
      await pair.settle(sync);
      expect(pair.user('dana@example.com')?.status).toBe('active');
      pair.clock.pass(48 * 3_600_000);
      await pair.settle(sync);
      expect(pair.user('dana@example.com')?.status).toBe('inactive');
      expect(pair.user('mia@example.com')?.status).toBe('active');
    });

    test('whoever is deleted, and is shown as deleted, is made inactive', async () => {
      const pair = await inLine([dana, mia]);
      pair.hr.byEmail('dana@example.com').deleted_at = '2026-11-20 10:00:00';
      await pair.settle(sync);
      expect(pair.user('dana@example.com')?.status).toBe('inactive');
    });

    test('whoever is missing from TalentHR without a word stays active: absence is no termination', async () => {
      const pair = await inLine([dana, mia]);
      pair.hr.employees.delete(pair.hr.byEmail('dana@example.com').id);
      await pair.sync(sync);
      expect(pair.user('dana@example.com')?.status).toBe('active');
    });

    test('an edit of any field of an employee reaches the user', async () => {
      const pair = await inLine([dana]);
      const employee = pair.hr.byEmail('dana@example.com');
      Object.assign(employee, { first_name: 'Daina', email: 'daina@example.com', language: 3 });
      employee.profile.set('city', 'Volos').set('birth_date', '1990-05-18');
      expect(await pair.plan(sync)).toEqual([
        'update 2: custom.city, custom.dateOfBirth, email, first_name, language',
      ]);
      await pair.settle(sync);
      expect(pair.user('daina@example.com')).toMatchObject({ name: 'Daina', locale: 'nl-NL' });
      expect(pair.custom('daina@example.com', 'city')).toBe('Volos');
    });

    test('an edit in the portal is set right, and nothing ever goes to TalentHR', async () => {
      const pair = await inLine([dana]);
      Object.assign(pair.user('dana@example.com') ?? {}, {
        surname: 'Carr',
        lastUpdated: '2026-11-20T09:00:00Z',
      });
      await pair.settle(sync);
      expect(pair.user('dana@example.com')?.surname).toBe('Kerr');
      expect(pair.hr.loopback.writes()).toEqual([]);
    });

    test('names of fields count with their capitals: one that is spelled otherwise stops the sync with a hint', async () => {
      const pair = await openPair('from-hr-to-lms', { hr: [dana] });
      const field = pair.lms.fields.findIndex(({ name }) => name === 'jobTitle');
      Object.assign(pair.lms.fields[field] ?? {}, { name: 'JobTitle' });
      const summary = await pair.sync(sync);
      expect(summary).toMatchObject({ result: 'stalled' });
      expect(summary.message).toContain('it has "JobTitle", and names are compared exactly');
    });

    test('with a branch, new users are put into it and users outside it are left alone', async () => {
      const pair = await openPair('from-hr-to-lms', { hr: [dana] });
      await pair.edit('sync.yaml', '# scope: { branch: emea }', 'scope: { branch: emea }');
      await pair.settle(sync);
      expect([...(pair.user('dana@example.com')?.branches ?? [])]).toHaveLength(1);
      pair.lms.addUser({ login: 'mia', name: 'Maria', surname: 'Bergh', email: 'mia@example.com' });
      pair.hr.addEmployee(mia);
      await pair.settle(sync);
      expect(pair.user('mia@example.com')).toMatchObject({ name: 'Maria', surname: 'Bergh' });
    });

    test('where the portal has users whom nobody knows, new ones wait for an approval on the first day', async () => {
      const stranger = { login: 'x', name: 'Kim', surname: 'Lund', email: 'kim@example.com' };
      const pair = await openPair('from-hr-to-lms', { hr: [dana], lms: [stranger] });
      const first = await pair.sync(sync);
      expect([first.result, pair.user('dana@example.com')]).toEqual(['held', undefined]);
      await pair.approve(sync, first.heldDigest);
      await pair.settle(sync);
      expect(pair.user('dana@example.com')?.status).toBe('active');
      expect(pair.user('kim@example.com')).toMatchObject({ name: 'Kim', status: 'active' });
    });
  });
}
