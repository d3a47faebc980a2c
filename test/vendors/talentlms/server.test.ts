import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTalentLms } from './server.ts';
import type { TalentLms } from './state.ts';

const key = 'invented-key';
const noor = { login: 'noor.jansen', name: 'Noor', surname: 'Jansen', email: 'noor.jansen@example.org' };
let portal: TalentLms;
let time = 0;

beforeEach(async () => {
  time = Date.parse('2026-11-20T08:00:00Z');
  portal = await startTalentLms({
    apiKey: key,
    users: [noor],
    customFields: [
      { name: 'Employee number', type: 'text' },
      { name: 'Division', type: 'dropdown', values: ['North', 'South'] },
      { name: 'hireDate', type: 'date' },
    ],
    branches: ['emea'],
    limits: { perHour: 500, per5s: 50 },
    now: () => time,
  });
});
afterEach(() => portal.close());

interface Ask {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

async function ask(method: string, path: string, { body, headers }: Ask = {}) {
  const answer = await fetch(`${portal.url}${path}`, {
    method,
    headers: headers ?? {
      'x-api-key': key,
      'x-api-version': '2025-01-01',
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = (text === '' ? null : JSON.parse(text)) as { readonly _data?: unknown } | null;
  const data = json === null ? null : Object.entries(json).find(([name]) => name === '_data')?.[1];
  return {
    status: answer.status,
    section: answer.headers.get('x-refused-by'),
    remaining: answer.headers.get('x-ratelimit-remaining'),
    body: json,
    data,
  };
}

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
    const answer = await ask(method, `/api/v2${path}`, options);
    expect(answer.status).toBe(status);
    expect(answer.section).toContain(section);
    expect(answer.body).toMatchObject({ type: 'invalid_request_error', message: expect.any(String) });
    expect([...portal.users]).toEqual(before);
  });
});

test('health needs no key', async () => {
  expect((await ask('GET', '/api/v2/health', { headers: {} })).status).toBe(200);
});

test('the list has no custom fields, and prev of page 1 is page 1', async () => {
  const { body } = await ask('GET', '/api/v2/users?page[size]=1');
  const self = `${portal.url}/api/v2/users?page[number]=1&page[size]=1`;
  expect(body).toMatchObject({
    _links: { self, prev: self, next: self.replace('number]=1', 'number]=2') },
    _meta: { pagination: { page: 1, page_size: 1, total_items: 2, total_pages: 2 } },
  });
  expect(JSON.stringify(body)).not.toContain('custom');
});

test('custom fields have gaps in their index and come with the single user', async () => {
  portal.byLogin(noor.login).custom.set(4, '2025-02-03');
  const { data } = await ask('GET', '/api/v2/users/2');
  const { custom_fields: fields } = data as { custom_fields: { id: number; value: string | null }[] };
  expect(fields.map(({ id, value }) => [id, value])).toEqual([
    [1, null],
    [2, null],
    [4, '2025-02-03'],
  ]);
});

test('a batch is carried out in the background, and its task says what became of each', async () => {
  const users = [
    { id: 2, custom_field_1: 'E-1', custom_field_4: '2025-02-03' },
    { id: 2, custom_field_2: 'West' },
    { id: 2, custom_field_3: 'gap' },
    { login: 'noor.jansen', name: 'Nora' },
    { id: 77, custom_field_1: 'E-2' },
  ];
  const { data } = await ask('POST', '/api/v2/batch/users', { body: { users } });
  const { id } = data as { id: string };
  expect((await ask('GET', `/api/v2/tasks/${id}`)).data).toMatchObject({ status: 'pending' });
  const done = (await ask('GET', `/api/v2/tasks/${id}`)).data as {
    status: string;
    results: { status: string }[];
  };
  expect(done.status).toBe('completed');
  expect(done.results.map((one) => one.status)).toEqual(['success', 'error', 'error', 'success', 'error']);
  expect(portal.byLogin(noor.login)).toMatchObject({
    name: 'Nora',
    custom: new Map([
      [1, 'E-1'],
      [4, '2025-02-03'],
    ]),
  });
});

test('a bare language comes back with its region, a date as an instant', async () => {
  const body = { status: 'inactive', locale: 'nl', deactivation_date: '2026-12-31' };
  expect((await ask('PATCH', '/api/v2/users/2', { body })).status).toBe(204);
  expect((await ask('GET', '/api/v2/users/2')).body).toMatchObject({
    _data: { status: 'inactive', locale: 'nl-NL', deactivation_date: '2026-12-31T00:00:00+00:00' },
  });
});

test('too many requests in 5 seconds and in an hour are refused without Retry-After, until time has passed', async () => {
  const statuses = async (count: number) =>
    Promise.all(Array.from({ length: count }, async () => (await ask('GET', '/api/v2/user-fields')).status));
  expect((await statuses(51)).filter((status) => status === 429)).toHaveLength(1);
  time += 5_000;
  expect(await ask('GET', '/api/v2/user-fields')).toMatchObject({ status: 200, remaining: '449' });
  for (let round = 0; round < 9; round += 1) {
    time += 5_000;
    await statuses(50);
  }
  time += 5_000;
  expect((await ask('GET', '/api/v2/user-fields')).status).toBe(429);
  time += 3_600_000;
  expect((await ask('GET', '/api/v2/user-fields')).status).toBe(200);
});

test('an error may stand below the key error', async () => {
  portal.errorShape = 'nested';
  expect((await ask('GET', '/api/v2/users/99')).body).toEqual({
    error: { type: 'invalid_request_error', message: 'The requested user does not exist' },
  });
});
