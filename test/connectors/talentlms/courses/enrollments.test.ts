import { afterEach, describe, expect, test } from 'vitest';
import type { Intent } from '../../../../src/model/order.ts';
import { never } from '../bench.ts';
import { openSchool, person, type School } from './bench.ts';

let open: School | undefined;
afterEach(() => open?.close());

async function school(...given: Parameters<typeof openSchool>): Promise<School> {
  open = await openSchool(...given);
  return open;
}

const day = 86_400_000;
const all = [
  'user',
  'course',
  'course_name',
  'status',
  'progress',
  'enrolled_on',
  'completed_on',
  'expires_on',
];
const enrollments = [
  { login: 'ada', course: 'Fire & safety', percentage: 40 },
  { login: 'ada', course: 'First aid', percentage: 100, completedOn: '2026-11-18T10:00:00Z', score: 87.5 },
  { login: 'noor', course: 'Fire & safety', expiresOn: '2026-11-01T00:00:00Z', percentage: 60 },
  { login: 'noor', course: 'First aid', enrolledOn: '2026-10-02T23:30:00Z' },
];

describe.each(['v1', 'v2'] as const)('by API %s', (api) => {
  test('somebody’s progress has the names, states and dates that the other API gives', async () => {
    const of = await school(api, 'enrollment', { enrollments });
    const { rows, receipt } = await of.read(all);
    expect(Object.fromEntries(rows.map((row) => [row.id, row.values]))).toEqual({
      '1/1': ['1', '1', 'Fire & safety', 'in-progress', 40, '2026-11-20', null, null],
      '1/2': ['1', '2', 'First aid', 'completed', 100, '2026-11-20', '2026-11-18', null],
      '2/1': ['2', '1', 'Fire & safety', 'expired', 60, '2026-11-20', null, '2026-11-01'],
      '2/2': ['2', '2', 'First aid', 'not-started', 0, '2026-10-02', null, null],
    });
    expect(receipt).toMatchObject({ records: 4, end: expect.stringContaining('total reached') });
  });

  test('a course expires when its day has passed, without anybody doing something', async () => {
    const soon = [{ login: 'ada', course: 'First aid', percentage: 10, expiresOn: '2026-11-21T12:00:00Z' }];
    const of = await school(api, 'enrollment', { enrollments: soon });
    const states = async () => (await of.read(['status'])).rows.map((row) => row.values[0]);
    expect(await states()).toEqual(['in-progress']);
    await of.clock.sleep(2 * day);
    expect(await states()).toEqual(['expired']);
  });

  test('enrolments of people outside the branch are seen and outside', async () => {
    const users = [person('ada'), { ...person('noor'), branches: ['emea'] }];
    const of = await school(api, 'enrollment', { users, enrollments, branches: ['emea'] });
    const { rows } = await of.read(['user'], { branch: 'emea' });
    expect(
      rows
        .filter((row) => row.outside !== true)
        .map((row) => row.id)
        .toSorted(),
    ).toEqual(['2/1', '2/2']);
    const want = { attributes: ['user'], scope: { branch: 'emea' } };
    const found = await of.reader.find(want, [{ attribute: 'id', value: '1/1' }], never);
    expect(found).toMatchObject([{ id: '1/1', outside: true }]);
  });

  test('one user is found by a few requests; a course by all', async () => {
    const of = await school(api, 'enrollment', { enrollments });
    const find = async (attribute: string, value: string) =>
      (await of.reader.find({ attributes: ['id'] }, [{ attribute, value }], never))
        .map((row) => row.id)
        .toSorted();
    expect(await find('user', '1')).toEqual(['1/1', '1/2']);
    expect(await find('course', '2')).toEqual(['1/2', '2/2']);
    expect(await find('user', '99')).toEqual([]);
    expect(await find('id', 'nobody')).toEqual([]);
    expect(['id', 'user', 'course'].map((name) => of.reader.looksUp?.(name))).toEqual([true, true, false]);
  });

  test('somebody is put into a course and taken out of it; what is so already is done', async () => {
    const of = await school(api, 'enrollment');
    const put = { kind: 'create', set: { user: '1', course: '2' } } as const;
    for (let time = 1; time <= 2; time += 1) {
      expect(await of.apply(put)).toMatchObject({ outcome: 'applied', accountId: '1/2', sent: put.set });
      expect([...of.portal.enrollments.keys()]).toEqual(['1/2']);
    }
    for (let time = 1; time <= 2; time += 1) {
      expect(await of.apply({ kind: 'delete', accountId: '1/2' })).toMatchObject({ outcome: 'applied' });
      expect([...of.portal.enrollments.keys()]).toEqual([]);
    }
  });

  test.each([
    ['who is not there', { user: '99', course: '1' }, 'AccountGone'],
    ['into a course that is not there', { user: '1', course: '99' }, 'AccountGone'],
  ])('somebody %s is that enrolment’s error', async (_, set, reason) => {
    const of = await school(api, 'enrollment');
    expect(await of.apply({ kind: 'create', set })).toMatchObject({
      outcome: 'rejected',
      error: { reason, fate: 'person' },
    });
  });

  test('progress is not written', async () => {
    const of = await school(api, 'enrollment', { enrollments });
    const order = { kind: 'create', set: { user: '1', course: '1', progress: 100 } } as const;
    expect(await of.apply(order)).toMatchObject({ outcome: 'not-sent', error: { fate: 'person' } });
    expect(of.reader.shape.abilities).toMatchObject({ create: true, update: false, delete: true });
    expect(of.portal.enrollments.get('1/1')?.percentage).toBe(40);
  });

  test('an enrolment whose answer was lost is looked for', async () => {
    const of = await school(api, 'enrollment');
    const order = { kind: 'create', accountId: null, set: { user: '1', course: '2' }, identity: {} };
    expect(await of.reader.resolve(order as unknown as Intent, never)).toEqual({ state: 'not-done' });
    of.portal.addEnrollment({ login: 'ada', course: 'First aid' });
    expect(await of.reader.resolve(order as unknown as Intent, never)).toEqual({
      state: 'done',
      accountId: '1/2',
    });
  });
});

describe('by API v1', () => {
  test('a course is one request, however many take it', async () => {
    const users = Array.from({ length: 60 }, (_, n) => person(`ada${n}`));
    const many = users.map(({ login }) => ({ login, course: 'First aid' }));
    const of = await school('v1', 'enrollment', { users, enrollments: many });
    expect((await of.read(['user'])).rows).toHaveLength(60);
    expect(of.asked().toSorted()).toEqual([
      'GET courses',
      'GET courses/id:1',
      'GET courses/id:2',
      'GET siteinfo',
    ]);
    expect((await of.reader.probe(never)).cost).toEqual({ requests: 4, limitPerHour: 10_000 });
  });

  test('who teaches a course is seen in it and never taken out', async () => {
    const of = await school('v1', 'enrollment', {
      enrollments: [{ login: 'ada', course: 'First aid', role: 'instructor' }],
    });
    const { rows } = await of.read(['role']);
    expect(rows).toEqual([{ id: '1/2', active: true, protected: true, values: ['instructor'] }]);
  });
});

describe('by API v2', () => {
  const first = [
    'GET users',
    'GET users/1/courses',
    'GET users/2/courses',
    ...['1', '2'].flatMap((user) =>
      ['1', '2'].map((course) => `GET course-progress?user_id=${user}&course_id=${course}`),
    ),
  ];

  test('a first reading asks for each user and each of their courses, the next only for the list', async () => {
    const of = await school('v2', 'enrollment', { enrollments });
    await of.read(['progress']);
    expect(of.asked().toSorted()).toEqual(first.toSorted());
    expect((await of.read(['progress'])).rows).toHaveLength(4);
    expect(of.asked()).toEqual(['GET users']);
  });

  test('who signed in is asked again, also a day long after, and nobody else', async () => {
    const of = await school('v2', 'enrollment', { enrollments });
    const progress = async () => (await of.read(['user', 'progress'])).rows.map((row) => row.values);
    await progress();
    of.asked();
    const ada = of.portal.byLogin('ada');
    ada.lastLogin = new Date(of.clock.now()).toISOString();
    expect(await progress()).toContainEqual(['1', 40]);
    // Still at it, without signing in again.
    Object.assign(of.portal.enrollments.get('1/1') ?? {}, { percentage: 70 });
    expect(await progress()).toContainEqual(['1', 70]);
    expect(of.asked()).not.toContain('GET users/2/courses');
    await of.clock.sleep(day + 1_000);
    await progress();
    of.asked();
    await progress();
    expect(of.asked()).toEqual(['GET users']);
  });

  test('what the list does not show is seen when the user’s turn comes', async () => {
    const of = await school('v2', 'enrollment', { enrollments });
    await of.read(['progress']);
    of.portal.enrollments.delete('1/1');
    expect((await of.read(['progress'])).rows).toHaveLength(4);
    await of.clock.sleep(7 * day);
    expect((await of.read(['progress'])).rows).toHaveLength(3);
  });

  test('what we write ourselves is not remembered from before', async () => {
    const of = await school('v2', 'enrollment', { enrollments });
    await of.read(['progress']);
    await of.apply({ kind: 'delete', accountId: '1/1' });
    expect((await of.read(['progress'])).rows.map((row) => row.id).toSorted()).toEqual(['1/2', '2/1', '2/2']);
  });

  test('a first reading that outlasts the hour goes on in the next pass, and is no whole reading until then', async () => {
    const users = Array.from({ length: 130 }, (_, n) => person(`ada${n}`));
    const many = users.map(({ login }) => ({ login, course: 'First aid' }));
    const limits = { perHour: 210, per5s: 500 };
    const of = await school('v2', 'enrollment', { users, enrollments: many, limits });
    const missing: (number | undefined)[] = [];
    for (let pass = 1; pass <= 3; pass += 1) {
      missing.push((await of.read(['progress'])).receipt.incomplete?.missing);
      await of.clock.sleep(3_600_000);
    }
    expect(missing.at(0)).toBeGreaterThan(0);
    expect(missing.at(-1)).toBeUndefined();
    expect(of.portal.loopback.log.filter(({ status }) => status === 429)).toEqual([]);
  });

  test('an answer that says nothing of progress is no progress of nothing', async () => {
    const of = await school('v2', 'enrollment', { enrollments });
    of.portal.loopback.fail(({ path }) => path.endsWith('/course-progress'), {
      kind: 'change',
      change: (answer) => ({ ...answer, body: { _data: { user_id: 1, course_id: 1 } } }),
    });
    await expect(of.read(['progress'])).rejects.toMatchObject({
      reason: 'UnexpectedAnswer',
      fate: 'waiting',
    });
  });

  test('courses of another user than the one asked for are nobody’s', async () => {
    const of = await school('v1', 'enrollment', { enrollments });
    of.portal.loopback.fail(({ path }) => path.includes('users/id:1'), {
      kind: 'change',
      change: (answer) => ({ ...answer, body: { ...(answer.body as object), id: '2' } }),
    });
    await expect(
      of.reader.find({ attributes: ['progress'] }, [{ attribute: 'user', value: '1' }], never),
    ).rejects.toThrow('another user than the one asked for');
  });

  test('a score is read where the portal tells one, and the price of a pass is reckoned from a few users', async () => {
    const of = await school('v2', 'enrollment', { enrollments });
    const { rows } = await of.read(['id', 'score']);
    expect(rows.map((row) => row.values)).toContainEqual(['1/2', 87.5]);
    expect((await of.reader.probe(never)).cost).toEqual({ requests: 1 + 2 + 4, limitPerHour: 10_000 });
  });
});
