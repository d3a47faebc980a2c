import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask as askPortal, key, noor, type Ask } from './asking.ts';
import { startTalentLms } from './server.ts';
import type { TalentLms } from './state.ts';

let portal: TalentLms;

beforeEach(async () => {
  portal = await startTalentLms({
    apiKey: key,
    users: [noor],
    courses: [{ name: 'Fire & safety', code: 'FS', category: 'Health' }, { name: 'Law' }],
    enrollments: [{ login: noor.login, course: 'Fire & safety', percentage: 40 }],
    now: () => Date.parse('2026-11-20T08:00:00Z'),
  });
});
afterEach(() => portal.close());

const v2 = (method: string, path: string, asked: Ask = {}) =>
  askPortal(portal.url, method, `/api/v2/${path}`, asked);

async function v1(path: string, form?: Record<string, string>) {
  const answer = await fetch(`${portal.url}/api/v1/${path}`, {
    method: form === undefined ? 'GET' : 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  });
  return {
    status: answer.status,
    body: (await answer.json()) as { readonly error?: { readonly message: string } },
  };
}

test('v2 tells the courses of a user by number and name, and progress for each of them', async () => {
  expect((await v2('GET', 'users/2/courses')).data).toEqual({ courses: [{ id: 1, name: 'Fire & safety' }] });
  expect((await v2('GET', 'course-progress?user_id=2&course_id=1')).data).toMatchObject({
    completion_status: 'incomplete',
    completion_percentage: 40,
    score: null,
  });
});

test('v1 tells them with the user, and the users of a course with the course', async () => {
  const { body } = await v1('users/id:2');
  expect(body).toMatchObject({
    courses: [{ id: '1', name: 'Fire &amp; safety', completion_percentage: '40' }],
  });
  expect((await v1('courses/id:1')).body).toMatchObject({ id: '1', users: [{ id: '2', role: 'learner' }] });
  expect((await v1('courses')).body).toMatchObject([
    { id: '1', category_id: '1', status: 'active' },
    { id: '2' },
  ]);
  expect(JSON.stringify((await v1('courses')).body)).not.toContain('users');
});

test('who is enrolled by one API is enrolled by the other', async () => {
  expect((await v1('addusertocourse', { user_id: '2', course_id: '2', role: 'learner' })).body).toHaveLength(
    1,
  );
  expect((await v2('GET', 'users/2/courses')).data).toMatchObject({ courses: [{ id: 1 }, { id: 2 }] });
  expect((await v2('DELETE', 'enrollments', { body: { user_id: 2, course_id: 1 } })).status).toBe(204);
  expect((await v1('removeuserfromcourse/user_id:2,course_id:2')).status).toBe(200);
  expect(portal.enrollments.size).toBe(0);
});

describe('wrong requests are refused', () => {
  test.each<[string, string, string, Ask, number, RegExp]>([
    [
      'into a course twice',
      'POST',
      'enrollments',
      { body: { user_id: 2, course_id: 1 } },
      400,
      /already enrolled/,
    ],
    [
      'out of one not taken',
      'DELETE',
      'enrollments',
      { body: { user_id: 2, course_id: 2 } },
      400,
      /not enrolled/,
    ],
    [
      'into no course',
      'POST',
      'enrollments',
      { body: { user_id: 2, course_id: 9 } },
      404,
      /course does not exist/,
    ],
    ['nobody', 'POST', 'enrollments', { body: { user_id: 9, course_id: 1 } }, 404, /user does not exist/],
    [
      'ids as text',
      'POST',
      'enrollments',
      { body: { user_id: '2', course_id: '1' } },
      400,
      /user_id|course_id/,
    ],
    [
      'with progress',
      'POST',
      'enrollments',
      { body: { user_id: 2, course_id: 2, progress: 50 } },
      400,
      /progress/,
    ],
    ['progress without a course', 'GET', 'course-progress?user_id=2', {}, 400, /course_id/],
    [
      'progress in a course not taken',
      'GET',
      'course-progress?user_id=2&course_id=2',
      {},
      404,
      /not enrolled/,
    ],
  ])('by v2: %s', async (_, method, path, asked, status, message) => {
    const answer = await v2(method, path, asked);
    expect(answer).toMatchObject({ status, body: { message: expect.stringMatching(message) } });
  });

  test.each<[string, string, Record<string, string> | undefined, RegExp]>([
    ['into a course twice', 'addusertocourse', { user_id: '2', course_id: '1' }, /already enrolled/],
    [
      'in a role that is none',
      'addusertocourse',
      { user_id: '2', course_id: '2', role: 'boss' },
      /Invalid arguments/,
    ],
    ['out of one not taken', 'removeuserfromcourse/user_id:2,course_id:2', undefined, /not enrolled/],
    ['a course that is not there', 'courses/id:9', undefined, /course does not exist/],
  ])('by v1: %s', async (_, path, form, message) => {
    expect((await v1(path, form)).body.error?.message).toMatch(message);
  });
});
