import { describe, expect, test } from 'vitest';
import type { SeedEmployee } from '../../vendors/talenthr/state.ts';
import type { SeedUser } from '../../vendors/talentlms/state.ts';
import { openPair, owner, type Pair } from './pair.ts';

const [toLms, toHr] = ['hr-to-lms', 'lms-to-hr'];

const dana: SeedEmployee = {
  first_name: 'Dana',
  last_name: 'Kerr',
  email: 'dana@example.com',
  hire_date: '2023-11-28',
  department: 'Operations',
  profile: { city: 'Patras', employee_number: 'E-100' },
};
const noor: SeedUser = {
  login: 'noor',
  name: 'Noor',
  surname: 'Jansen',
  email: 'noor@example.com',
  locale: 'nl-NL',
  custom: { hireDate: '2025-02-03', city: 'Delft', department: 'Operations' },
};

/** Dana came from TalentHR, Noor from the portal, and both are on both sides. */
async function inLine(): Promise<Pair> {
  const pair = await openPair('two-way', { hr: [dana] });
  await pair.sync(toLms);
  pair.lms.addUser(noor);
  for (const name of [toHr, toLms]) await pair.sync(name);
  return pair;
}

export function describeTwoWay(): void {
  describe('two way', () => {
    test('whoever is new on either side is created on the other', async () => {
      const pair = await inLine();
      expect(await pair.settle(toLms, toHr)).toEqual(['settled', 'settled']);
      expect(pair.user('dana@example.com')).toMatchObject({ name: 'Dana', status: 'active' });
      expect(pair.hr.byEmail('noor@example.com')).toMatchObject({
        first_name: 'Noor',
        hire_date: '2025-02-03',
      });
      expect([pair.hr.employees.size, pair.lms.users.size]).toEqual([3, 3]);
      expect(pair.hr.mails).toEqual([]);
    });

    test('a user who became an employee keeps their language on both sides', async () => {
      const pair = await inLine();
      expect(pair.hr.byEmail('noor@example.com').profile.get('hr_languages')).toEqual([3]);
      expect(pair.user('noor@example.com')?.locale).toBe('nl-NL');
    });

    test('a user who became an employee carries the id of the employee from then on', async () => {
      const pair = await inLine();
      expect(pair.custom('noor@example.com', 'hris_id')).toBe(String(pair.hr.byEmail('noor@example.com').id));
    });

    test('an edit of an employee reaches the user, whoever of the two was there first', async () => {
      const pair = await inLine();
      pair.hr.byEmail('dana@example.com').last_name = 'Kerr-Vos';
      pair.hr.byEmail('noor@example.com').profile.set('city', 'Leiden');
      await pair.settle(toLms, toHr);
      expect(pair.user('dana@example.com')?.surname).toBe('Kerr-Vos');
      expect(pair.custom('noor@example.com', 'city')).toBe('Leiden');
    });

    test('an edit of a user reaches no employee, and is set right where TalentHR had said the name', async () => {
      const pair = await inLine();
      const writes = pair.hr.loopback.writes().length;
      Object.assign(pair.user('noor@example.com') ?? {}, { surname: 'Other' });
      Object.assign(pair.user('dana@example.com') ?? {}, { surname: 'Other' });
      await pair.sync(toHr);
      await pair.settle(toLms, toHr);
      expect(pair.hr.byEmail('noor@example.com').last_name).toBe('Jansen');
      expect(pair.hr.byEmail('dana@example.com').last_name).toBe('Kerr');
      expect(pair.user('dana@example.com')?.surname).toBe('Kerr');
      expect(pair.hr.loopback.writes()).toHaveLength(writes);
    });

    test('of somebody who came from the portal, TalentHR has the last word once their name was edited there', async () => {
      const pair = await inLine();
      pair.hr.byEmail('noor@example.com').last_name = 'Vos';
      await pair.settle(toLms, toHr);
      Object.assign(pair.user('noor@example.com') ?? {}, { surname: 'Other' });
      await pair.settle(toLms, toHr);
      expect(pair.user('noor@example.com')?.surname).toBe('Vos');
      expect(pair.hr.byEmail('noor@example.com').last_name).toBe('Vos');
    });

    test('an employee who is terminated becomes inactive, and is not hired again by their user', async () => {
      const pair = await inLine();
      pair.hr.byEmail('noor@example.com').termination_date = '2026-11-01';
      await pair.settle(toLms, toHr);
      expect(pair.user('noor@example.com')?.status).toBe('inactive');
      expect(pair.hr.employees.size).toBe(3);
    });

    test('a user who is switched off in the portal is still an employee, and is switched on again', async () => {
      const pair = await inLine();
      Object.assign(pair.user('dana@example.com') ?? {}, { status: 'inactive' });
      await pair.settle(toHr, toLms);
      expect(pair.hr.byEmail('dana@example.com').termination_date).toBeNull();
      expect(pair.user('dana@example.com')?.status).toBe('active');
    });

    test('of people who are on both sides from the start nobody is doubled', async () => {
      const both: SeedUser = { login: 'dk', name: 'D.', surname: 'Kerr', email: 'Dana@example.com' };
      const pair = await openPair('two-way', { hr: [dana], lms: [both] });
      await pair.settle(toLms, toHr);
      expect([pair.hr.employees.size, pair.lms.users.size]).toEqual([2, 2]);
      expect(pair.user('Dana@example.com')).toMatchObject({ name: 'Dana', login: 'dk' });
      expect(pair.hr.byEmail('dana@example.com').profile.get('employee_number')).toBe('E-100');
    });

    test('six rounds of edits on both sides come to rest each time, without an echo', async () => {
      const pair = await inLine();
      for (let round = 1; round <= 6; round += 1) {
        const isHr = round % 2 === 0;
        if (isHr) pair.hr.byEmail('dana@example.com').last_name = `Kerr ${round}`;
        else Object.assign(pair.user('dana@example.com') ?? {}, { surname: `Other ${round}` });
        const before = pair.writes().length;
        await pair.sync(toLms);
        await pair.sync(toHr);
        expect(pair.writes().length - before, `round ${round}`).toBe(1);
      }
      expect(pair.hr.byEmail(owner.email).last_name).toBe('Stavrou');
    });
  });
}
