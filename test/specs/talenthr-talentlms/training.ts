import { describe, expect, test } from 'vitest';
import { openPair, type Pair } from './pair.ts';

const dana = { first_name: 'Dana', last_name: 'Kerr', email: 'dana@example.com' };
const noor = {
  login: 'noor',
  name: 'Noor',
  surname: 'Jansen',
  email: 'noor@example.com',
  custom: { hireDate: '2025-02-03' },
};

const directions = [
  { direction: 'from-hr-to-lms', people: ['hr-to-lms'], seeds: { hr: [dana] }, user: 'dana@example.com' },
  { direction: 'from-lms-to-hr', people: ['lms-to-hr'], seeds: { lms: [noor] }, user: 'noor@example.com' },
  {
    direction: 'two-way',
    people: ['hr-to-lms', 'lms-to-hr'],
    seeds: { hr: [dana] },
    user: 'dana@example.com',
  },
] as const;

export function describeTraining(): void {
  describe.each(directions)('training, $direction', ({ direction, people, seeds, user }) => {
    test('what somebody learns is listed by the id of the employee, once, and again only when it changes', async () => {
      const pair = await openPair(direction, seeds);
      for (const name of [...people, 'employee-list']) await pair.sync(name);
      const { login } = pair.user(user) ?? { login: '' };
      const { id } = pair.hr.byEmail(user);
      pair.lms.addCourse({ name: 'Fire safety', code: 'fire' });
      pair.lms.addCourse({ name: 'Data protection', code: 'gdpr' });
      const fire = pair.lms.addEnrollment({
        login,
        course: 'Fire safety',
        enrolledOn: '2026-11-02T08:00:00Z',
      });

      await learn(pair);
      expect(await pair.list('courses')).toBe(
        'course,name,code\n1,Fire safety,fire\n2,Data protection,gdpr\n',
      );
      expect(await pair.list('training')).toBe(`${head}${id},1,Fire safety,not-started,0,2026-11-02,\n`);
      const before = await pair.list('training');
      expect(await learn(pair)).toEqual(['settled', 'settled']);
      expect(await pair.list('training')).toBe(before);

      Object.assign(fire, { percentage: 100, completedOn: '2026-11-19T16:00:00Z' });
      // Their courses are looked at again when they have signed in since.
      Object.assign(pair.user(user) ?? {}, { lastLogin: '2026-11-19T15:00:00Z' });
      expect(await learn(pair)).toEqual(['settled', 'applied']);
      expect(await pair.list('training')).toBe(
        `${head}${id},1,Fire safety,completed,100,2026-11-02,2026-11-19\n`,
      );
    });
  });

  test('what a user learns who is nobody in TalentHR waits until they are somebody', async () => {
    const pair = await openPair('two-way', { hr: [dana] });
    await pair.sync('hr-to-lms');
    pair.lms.addUser(noor);
    pair.lms.addCourse({ name: 'Fire safety', code: 'fire' });
    pair.lms.addEnrollment({ login: 'noor', course: 'Fire safety', enrolledOn: '2026-11-02T08:00:00Z' });
    await pair.sync('employee-list');
    expect((await pair.sync('training')).people).toMatchObject({ undecided: 1 });
    for (const name of ['lms-to-hr', 'employee-list', 'training']) await pair.sync(name);
    const { id } = pair.hr.byEmail('noor@example.com');
    expect(await pair.list('training')).toBe(`${head}${id},1,Fire safety,not-started,0,2026-11-02,\n`);
  });
}

const head = 'employee,course,course_name,status,progress,enrolled_on,completed_on\n';

async function learn(pair: Pair): Promise<readonly string[]> {
  const results: string[] = [];
  for (const name of ['courses', 'training']) results.push((await pair.sync(name)).result);
  return results;
}
