import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTorii } from './server.ts';
import type { Torii } from './state.ts';

const keys = { apiKey: 'invented-key', scimKey: 'invented-scim-key' };
let torii: Torii;
let now = 0;

beforeAll(async () => {
  torii = await startTorii({ ...keys, now: () => now });
});
afterAll(() => torii.close());

async function ask(method: string, path: string, json?: unknown, headers: Record<string, string> = {}) {
  const key = path.startsWith('/scim') ? keys.scimKey : keys.apiKey;
  const type = json instanceof FormData || json === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await fetch(`${torii.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'x-api-version': '1.0', ...type, ...headers },
    ...(json === undefined ? {} : { body: json instanceof FormData ? json : JSON.stringify(json) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as Record<string, unknown> };
}

async function upload(file: unknown) {
  const { body } = await ask('POST', '/files/upload', form('customIntegrationData', JSON.stringify(file)));
  return await ask('PUT', '/services/sync/custom', { idFile: body['id'], idAppAccount: 456 });
}

function form(type: string, text: string): FormData {
  const data = new FormData();
  data.set('type', type);
  data.set('file', new Blob([text]), 'users.json');
  return data;
}

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const someone = { schemas: [core], userName: 'noor@example.org' };
const scimKey = { authorization: `Bearer ${keys.scimKey}` };

type Case = [string, number, string, string, unknown?, Record<string, string>?];

test.each<Case>([
  ['an ordinary path with the SCIM key', 401, 'GET', '/orgs/my', undefined, scimKey],
  [
    'a SCIM path with the ordinary key',
    401,
    'GET',
    '/scim/v2/Users',
    undefined,
    { authorization: `Bearer ${keys.apiKey}` },
  ],
  ['no version', 400, 'GET', '/orgs/my', undefined, { 'x-api-version': '' }],
  ['a path that no document has', 404, 'GET', '/scim/v2/Me'],
  ['a query that the document does not have', 400, 'GET', '/scim/v2/Users?attributes=userName'],
  ['a page that is too large', 400, 'GET', '/users?size=1001'],
  ['a person’s name', 400, 'PUT', '/users/1', { lifecycleStatus: 'active', firstName: 'Noor' }],
  ['a life cycle that there is not', 400, 'PUT', '/users/1', { lifecycleStatus: 'left' }],
  [
    'a filter with "and"',
    400,
    'GET',
    '/scim/v2/Users?filter=userName%20eq%20%22a%22%20and%20active%20eq%20true',
  ],
  ['a filter by what it does not filter', 400, 'GET', '/scim/v2/Users?filter=active%20eq%20false'],
  ['a userName that is no address', 400, 'POST', '/scim/v2/Users', { schemas: [core], userName: 'noor' }],
  ['a role that there is not', 400, 'POST', '/scim/v2/Users', { ...someone, userType: 'Chief' }],
  ['a file of a kind that there is not', 400, 'POST', '/files/upload', form('people', '{}')],
  ['a file above 3 MB', 413, 'POST', '/files/upload', form('customIntegrationData', 'x'.repeat(3_200_000))],
  ['a file that is not there', 404, 'PUT', '/services/sync/custom', { idFile: 1, idAppAccount: 456 }],
  ['an account that is not there', 404, 'PUT', '/services/sync/custom', { idFile: 1, idAppAccount: 1 }],
])('it refuses %s with %i', async (_, status, method, path, json, headers) => {
  torii.people.clear();
  torii.people.set(1, { ...torii.addPerson({ email: 'sam@example.org' }), id: 1 });
  expect((await ask(method, path, json, headers)).status).toBe(status);
});

test('it refuses a second file while it takes one over, and what a file must not have', async () => {
  expect(await upload({ users: [{ email: 'a@example.org', status: 'gone' }] })).toMatchObject({
    status: 400,
    body: { statusCode: 400, error: 'Bad Request', message: expect.stringContaining('users[0].status') },
  });
  expect((await upload({ users: [] })).status).toBe(400);
  expect((await upload({ users: [{ email: 'a@example.org' }] })).body).toEqual({ success: true });
  expect((await upload({ users: [{ email: 'b@example.org' }] })).status).toBe(409);
  expect(torii.usersOf(456).size).toBe(0);
  now += 60_000;
  expect([...torii.usersOf(456).keys()]).toEqual(['a@example.org']);
});

test('it refuses to change who is inactive, and the last administrator, and makes whoever is created anew active', async () => {
  const admin = torii.addLogin({ userName: 'ceo@example.org', userType: 'Admin' });
  expect((await ask('DELETE', `/scim/v2/Users/${admin.id}`)).status).toBe(400);
  const { body } = await ask('POST', '/scim/v2/Users', { ...someone, active: false });
  const path = `/scim/v2/Users/${String(body['id'])}`;
  expect((await ask('PUT', path, someone)).status).toBe(400);
  expect((await ask('GET', '/scim/v2/Users')).body['totalResults']).toBe(1);
  expect((await ask('POST', '/scim/v2/Users', someone)).body).toMatchObject({ id: body['id'], active: true });
  expect((await ask('POST', '/scim/v2/Users', someone)).status).toBe(409);
});

test('it counts requests a minute, for each endpoint by itself', async () => {
  now += 60_000;
  const asked = await Promise.all(Array.from({ length: 101 }, () => ask('GET', '/orgs/my')));
  expect(asked.filter(({ status }) => status === 429)).toHaveLength(1);
  expect((await ask('GET', '/users')).status).toBe(200);
});
