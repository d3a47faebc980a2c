import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask as askPortal, key, noor, type Ask } from './asking.ts';
import { startTalentLms } from './server.ts';
import type { TalentLms } from './state.ts';

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

function ask(method: string, path: string, asked: Ask = {}) {
  return askPortal(portal.url, method, path, asked);
}

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
