import { afterEach, beforeEach, expect, test } from 'vitest';

import { inventPeople } from '../../people/people.ts';
import { startPersonio, type Personio, type PersonioOptions } from './server.ts';

const people = inventPeople({ count: 120, seed: 5 });
let personio: Personio;
let time: number;
let token: string;

async function start(options: Partial<PersonioOptions> = {}): Promise<void> {
  time = Date.parse('2026-03-02T09:00:00Z');
  personio = await startPersonio({
    people,
    clientId: 'us',
    clientSecret: 'hush',
    now: () => time,
    ...options,
  });
  token = await freshToken();
}

beforeEach(() => start());
afterEach(() => personio.close());

test('a list comes in pages of 50, at most 100, with totals', async () => {
  const usual = await list('');
  expect(usual.body).toMatchObject({
    limit: 50,
    offset: 0,
    metadata: { total_elements: 120, total_pages: 3 },
  });
  expect(usual.body.data).toHaveLength(50);
  const capped = await list('?limit=500&offset=100');
  expect(capped.body).toMatchObject({ limit: 100, offset: 100, metadata: { current_page: 1 } });
  expect(capped.body.data).toHaveLength(20);
});

test('every value is in a wrapper, hours are text, dates are midnight with the offset of the company', async () => {
  personio.employees.get(1)?.set('hire_date', '2021-07-01');
  const { body } = await list(
    '?limit=1&attributes[]=hire_date&attributes[]=weekly_working_hours&attributes[]=office',
  );
  const attributes = body.data[0]?.attributes ?? {};
  expect(Object.keys(attributes)).toEqual(['id', 'weekly_working_hours', 'hire_date', 'office']);
  expect(attributes.hire_date).toEqual({
    label: 'Hire date',
    value: '2021-07-01T00:00:00+02:00',
    type: 'date',
    universal_id: 'hire_date',
  });
  expect(attributes.weekly_working_hours?.value).toBeTypeOf('string');
  expect(attributes.office?.value).toMatchObject({ type: 'Office', attributes: { name: people[0]?.office } });
});

test('what the credential may not read is missing without a word, and only /attributes tells', async () => {
  personio.readable.delete('status');
  const { body } = await list('?limit=1&attributes[]=status&attributes[]=email');
  expect(Object.keys(body.data[0]?.attributes ?? {})).toEqual(['id', 'email']);
  const { body: readable } = await ask('/v1/company/employees/attributes', bearer());
  const keys = readable.data.map((one) => one.key);
  expect(keys).toContain('dynamic_24407');
  expect(keys).not.toContain('status');
});

test('a person is found by address and by id, and gone when deleted', async () => {
  const email = people[3]?.email ?? '';
  const found = await list(`?email=${encodeURIComponent(email)}`);
  expect(found.body.data.map((one) => one.attributes.id?.value)).toEqual([4]);
  personio.leave(4, '2026-02-27');
  const { body } = await ask('/v1/company/employees/4', bearer());
  expect(JSON.stringify(body)).toContain('"value":"inactive"');
  personio.vanish(4);
  expect((await ask('/v1/company/employees/4', bearer())).response.status).toBe(404);
});

test('the token stays the same for a day, comes back in each answer, and ends by itself or when revoked', async () => {
  expect(await freshToken()).toBe(token);
  expect((await list('?limit=1')).response.headers.get('authorization')).toBe(`Bearer ${token}`);
  time += 86_400_000;
  expect((await list('?limit=1')).response.status).toBe(401);
  token = await freshToken();
  expect((await list('?limit=1')).response.status).toBe(200);
  personio.tokens.revoke();
  expect((await list('?limit=1')).response.status).toBe(401);
});

test('sixteen reads in a second are one too many, and so are 61 tokens in a minute', async () => {
  await personio.close();
  await start({ limits: true, retryAfter: '1' });
  const statuses: number[] = [];
  for (let n = 0; n < 16; n += 1) statuses.push((await list('?limit=1')).response.status);
  expect(statuses).toEqual([...Array<number>(15).fill(200), 429]);
  time += 1000;
  expect((await list('?limit=1')).response.status).toBe(200);
  for (let n = 0; n < 59; n += 1) await freshToken();
  const { response } = await ask('/v1/auth', json({ client_id: 'us', client_secret: 'hush' }));
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1']);
});

test('an error may come with 200 and in German', async () => {
  personio.softErrors = 1;
  const { response, body } = await list('');
  expect(response.status).toBe(200);
  expect(body).toEqual({ success: false, error: { code: 500, message: 'Es ist ein Problem aufgetreten ' } });
});

test.each([
  { name: 'an unknown path', path: '/v1/company/persons', status: 404, says: 'section 1' },
  { name: 'another version', path: '/v3/persons', status: 404, says: 'section 1' },
  {
    name: 'an unknown parameter',
    path: '/v1/company/employees?page=2',
    status: 400,
    says: /section 3|OpenAPI/,
  },
  {
    name: 'a limit that is no number',
    path: '/v1/company/employees?limit=all',
    status: 400,
    says: /section 3|OpenAPI/,
  },
  { name: 'an id that is no number', path: '/v1/company/employees/mira', status: 404, says: 'section 3' },
  {
    name: 'parameters for one employee',
    path: '/v1/company/employees/4?attributes[]=email',
    status: 400,
    says: /section 3|OpenAPI/,
  },
])('$name is refused with its section', async ({ path, status, says }) => {
  const { response } = await ask(path, bearer());
  expect(response.status).toBe(status);
  expect(response.headers.get('x-refused-by')).toMatch(says);
});

test.each([
  { name: 'no token', init: {}, status: 401, says: 'no Authorization header' },
  {
    name: 'a token of somebody else',
    init: { headers: { authorization: 'Bearer papi-1' } },
    status: 401,
    says: 'valid',
  },
])('$name is refused', async ({ init, status, says }) => {
  const { response } = await ask('/v1/company/employees', init);
  expect(response.status).toBe(status);
  expect(response.headers.get('x-refused-by')).toContain(says);
});

test.each([
  { name: 'wrong credentials', init: json({ client_id: 'us', client_secret: 'no' }), status: 403 },
  { name: 'no body', init: { method: 'POST' }, status: 400 },
  { name: 'a GET', init: {}, status: 405 },
])('$name get no token', async ({ init, status }) => {
  const { response } = await ask('/v1/auth', init);
  expect(response.status).toBe(status);
  expect(response.headers.get('x-refused-by')).toContain('section 2');
});

test('a form gets a token as JSON does', async () => {
  const body = new URLSearchParams({ client_id: 'us', client_secret: 'hush' });
  expect((await ask('/v1/auth', { method: 'POST', body })).response.status).toBe(200);
});

interface Body {
  readonly data: readonly {
    readonly key: string;
    readonly attributes: Readonly<Record<string, { readonly value: unknown }>>;
  }[];
}

async function ask(path: string, init: RequestInit = {}): Promise<{ response: Response; body: Body }> {
  const response = await fetch(`${personio.url}${path}`, init);
  return { response, body: (await response.json()) as Body };
}

function list(query: string): Promise<{ response: Response; body: Body }> {
  return ask(`/v1/company/employees${query}`, bearer());
}

function bearer(): RequestInit {
  return { headers: { authorization: `Bearer ${token}` } };
}

async function freshToken(): Promise<string> {
  const { body } = await ask('/v1/auth', json({ client_id: 'us', client_secret: 'hush' }));
  return (body.data as unknown as { token: string }).token;
}

function json(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
