import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTalentHr } from './server.ts';
import type { TalentHr } from './state.ts';

let company: TalentHr;
let time: number;
const noor = {
  first_name: 'Noor',
  last_name: 'Jansen',
  email: 'noor@example.org',
  hire_date: '2026-02-02',
  employment_status: { employment_status_id: 14 },
  compensation_record: { pay_rate: 0, pay_rate_period: 'month' },
};

beforeEach(async () => {
  time = Date.parse('2026-03-02T09:00:00Z');
  company = await startTalentHr({ apiKey: 'key', now: () => time, perMinute: 40 });
  for (let n = 1; n <= 12; n += 1) {
    company.addEmployee({ first_name: 'Ada', last_name: 'Okafor', email: `ada${n}@example.org` });
  }
});
afterEach(() => company.close());

test('the directory comes ten at a time unless said, and whole at offset -1', async () => {
  expect(await rows('')).toEqual([12, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]);
  expect(await rows('?limit=3&offset=10')).toEqual([12, [11, 12]]);
  expect((await rows('?offset=-1'))[1]).toHaveLength(12);
});

test('small lists come plain, and a record names a department otherwise than the directory', async () => {
  const statuses = await ask('GET', 'employment-statuses');
  expect(statuses.body.data).toMatchObject([{ name: 'Full-Time' }, { name: 'Part-Time' }]);
  company.addEmployee({
    first_name: 'Mia',
    last_name: 'Berg',
    email: 'mia@example.org',
    department: 'Sales',
  });
  const { body } = await ask('GET', 'employees/13');
  expect(body.data).toMatchObject({ department_name: 'Sales', user: { email: 'mia@example.org' } });
  expect(body.data).not.toHaveProperty('department');
  const { body: list } = await ask('GET', 'directory?limit=1&offset=12');
  expect(list.data).toMatchObject({ rows: [{ department: 'Sales' }] });
});

test('a hire invites and begins the onboarding unless told otherwise', async () => {
  expect((await ask('POST', 'employees/hire', noor)).body).toMatchObject({ success: true, data: { id: 13 } });
  expect(company.mails).toEqual([{ to: 'noor@example.org', about: 'invitation' }]);
  expect(company.onboardings).toEqual([13]);
  const quiet = { ...noor, email: 'noor2@example.org', prevent_email: true, is_existing: true };
  await ask('POST', 'employees/hire', quiet);
  expect([company.mails.length, company.onboardings.length]).toEqual([1, 1]);
});

test('a manager of null makes the head of the company', async () => {
  expect(company.headId).toBe(1);
  await ask('PUT', 'employees/5', { city: 'Delft' });
  expect(company.headId).toBe(1);
  await ask('PUT', 'employees/5', { reports_to_employee_id: null });
  expect(company.headId).toBe(5);
});

test.each([
  { name: 'a hire without a status', body: { ...noor, employment_status: undefined }, says: 'Writing' },
  {
    name: 'a status of another list',
    body: { ...noor, employment_status: { employment_status_id: 1 } },
    says: 'Writing',
  },
  { name: 'a hire without pay', body: { ...noor, compensation_record: undefined }, says: 'Writing' },
  { name: 'a hire without a date', body: { ...noor, hire_date: '2026-02-30' }, says: 'Writing' },
  { name: 'an address in use', body: { ...noor, email: 'ADA3@example.org' }, says: 'Writing' },
  { name: 'a field that no hire has', body: { ...noor, city: 'Delft' }, says: 'Writing' },
  { name: 'a manager who is nobody', body: { ...noor, reports_to_employee_id: 99 }, says: 'Writing' },
])('$name is refused with its section, and nobody is hired', async ({ body, says }) => {
  const { response, body: answer } = await ask('POST', 'employees/hire', body);
  expect([400, 422]).toContain(response.status);
  expect(response.headers.get('x-refused-by')).toContain(says);
  expect(answer.success).toBe(false);
  expect(company.employees.size).toBe(12);
});

test.each([
  { name: 'a date of birth before 1930', body: { birth_date: '1929-12-31' } },
  { name: 'a gender that is not listed', body: { gender: 'x' } },
  { name: 'a department, which an update does not take', body: { department_id: 1 } },
  { name: 'an empty name', body: { first_name: ' ' } },
  { name: 'a language that is not there', body: { hr_languages: [77] } },
])('$name is refused, and nothing of the update is kept', async ({ body }) => {
  const { response } = await ask('PUT', 'employees/3', { city: 'Delft', ...body });
  expect([400, 422]).toContain(response.status);
  expect(company.byEmail('ada3@example.org').profile.get('city')).toBeUndefined();
});

test.each([
  { name: 'nobody’s id', method: 'GET', path: 'employees/99', status: 404 },
  { name: 'an unknown path', method: 'GET', path: 'people', status: 404 },
  { name: 'an unknown parameter', method: 'GET', path: 'directory?since=2026', status: 400 },
  { name: 'a new location, which takes more than a name', method: 'POST', path: 'locations', status: 404 },
  { name: 'a delete', method: 'DELETE', path: 'employees/3', status: 404 },
])('$name is refused', async ({ method, path, status }) => {
  const { response } = await ask(method, path, method === 'POST' ? { name: 'Delft' } : undefined);
  expect(response.status).toBe(status);
  expect(response.headers.get('x-refused-by')).toMatch(/talenthr\.md/);
});

test('another key is refused, and so is one request too many in a minute', async () => {
  expect((await ask('GET', 'directory', undefined, 'another')).response.status).toBe(401);
  for (let n = 0; n < 40; n += 1) expect((await ask('GET', 'languages')).response.status).toBe(200);
  expect((await ask('GET', 'languages')).response.status).toBe(429);
  time += 60_000;
  expect((await ask('GET', 'languages')).response.status).toBe(200);
});

async function rows(query: string) {
  const { body } = await ask('GET', `directory${query}`);
  const data = body.data as { total: number; rows: readonly { id: number }[] };
  return [data.total, data.rows.map(({ id }) => id)];
}

async function ask(method: string, path: string, body?: object, key = 'key') {
  const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
  const headers = { authorization, accept: 'application/json', 'content-type': 'application/json' };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${company.url}/${path}`, init);
  return { response, body: (await response.json()) as { success: boolean; data: unknown } };
}
