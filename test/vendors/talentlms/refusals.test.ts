import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, key, noor, type Ask } from './asking.ts';
import { startTalentLms } from './server.ts';
import type { TalentLms } from './state.ts';

let portal: TalentLms;

beforeEach(async () => {
  portal = await startTalentLms({
    apiKey: key,
    users: [noor],
    customFields: [
      { name: 'Employee number', type: 'text' },
      { name: 'Division', type: 'dropdown', values: ['North', 'South'] },
      { name: 'hireDate', type: 'date' },
    ],
    branches: ['emea'],
  });
});
afterEach(() => portal.close());

const whole = { ...noor, login: 'ida', email: 'ida@example.org', password: 'Invented1' };
const batch = (user: object) => ({ users: [user] });
const accept = { accept: 'application/json' };

describe('wrong requests are refused, each with its section', () => {
  test.each<[string, string, string, Ask, number, string]>([
    ['no key', 'GET', '/users', { headers: accept }, 401, 'Errors'],
    ['no version', 'GET', '/users', { headers: { ...accept, 'x-api-key': key } }, 400, 'Base'],
    [
      'a version that is no date',
      'GET',
      '/users',
      { headers: { ...accept, 'x-api-key': key, 'x-api-version': '2' } },
      400,
      'Base',
    ],
    [
      'no Accept',
      'GET',
      '/users',
      { headers: { accept: '*/*', 'x-api-key': key, 'x-api-version': '2025-01-01' } },
      400,
      'Base',
    ],
    ['an unknown path', 'GET', '/people', {}, 404, 'Simulator'],
    ['a method that the path has not', 'PUT', '/users/2', { body: {} }, 404, 'Simulator'],
    ['an unknown parameter', 'GET', '/users?limit=5', {}, 400, 'Users'],
    ['a page of more than 100', 'GET', '/users?page[size]=101', {}, 400, 'Users'],
    ['page 0', 'GET', '/users?page[number]=0', {}, 400, 'Users'],
    ['a user who is not there', 'GET', '/users/99', {}, 404, 'Users'],
    ['a create with v1 names', 'POST', '/users', { body: { ...whole, first_name: 'Ida' } }, 400, 'Users'],
    [
      'a create without password',
      'POST',
      '/users',
      { body: { ...whole, password: undefined } },
      400,
      'Users',
    ],
    ['a weak password', 'POST', '/users', { body: { ...whole, password: 'invented1' } }, 400, 'Users'],
    [
      'status as a word in a create',
      'POST',
      '/users',
      { body: { ...whole, status: 'active' } },
      400,
      'Users',
    ],
    [
      'a login in use, in other case',
      'POST',
      '/users',
      { body: { ...whole, login: 'NOOR.Jansen' } },
      400,
      'Users',
    ],
    ['an e-mail in use', 'POST', '/users', { body: { ...whole, email: noor.email } }, 400, 'Users'],
    [
      'custom fields in a create',
      'POST',
      '/users',
      { body: { ...whole, custom_field_1: 'x' } },
      400,
      'Users',
    ],
    ['an update without status', 'PATCH', '/users/2', { body: { name: 'Ida' } }, 400, 'Users'],
    ['status as a boolean in an update', 'PATCH', '/users/2', { body: { status: true } }, 400, 'Users'],
    [
      'custom fields in an update',
      'PATCH',
      '/users/2',
      { body: { status: 'active', custom_field_1: 'x' } },
      400,
      'Users',
    ],
    [
      'text of 192 characters',
      'PATCH',
      '/users/2',
      { body: { status: 'active', name: 'x'.repeat(192) } },
      400,
      'Users',
    ],
    [
      'a batch of 101',
      'POST',
      '/batch/users',
      { body: { users: Array.from({ length: 101 }, () => noor) } },
      400,
      'Users',
    ],
    [
      'a batch with an unknown field',
      'POST',
      '/batch/users',
      { body: batch({ id: 2, nick: 'x' }) },
      400,
      'Users',
    ],
    ['a task that is not there', 'GET', '/tasks/none', {}, 404, 'Users'],
    [
      'a branch that is not there',
      'POST',
      '/branch-users',
      { body: { branch_id: 9, user_id: 2 } },
      404,
      'Branches',
    ],
  ])('%s', async (_, method, path, options, status, section) => {
    const before = structuredClone([...portal.users]);
    const answer = await ask(portal.url, method, `/api/v2${path}`, options);
    expect(answer.status).toBe(status);
    expect(answer.section).toContain(section);
    expect(answer.body).toMatchObject({ type: 'invalid_request_error', message: expect.any(String) });
    expect([...portal.users]).toEqual(before);
  });
});
