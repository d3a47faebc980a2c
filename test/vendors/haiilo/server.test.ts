import { expect, onTestFinished, test } from 'vitest';
import { request } from 'undici';
import type { Json } from '../../../src/model/value.ts';
import { textOf } from '../scim/resource.ts';
import { startAdvocacy } from './advocacy.ts';
import { startIntranet, type IntranetOptions } from './intranet.ts';

const directory = { id: 'directory', secret: 's' };
const api = { id: 'api', secret: 's', username: 'admin@example.com', password: 'p' };
const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];

interface Asking {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: Json;
  readonly form?: string;
}

async function ask(url: string, { method = 'GET', headers = {}, json, form }: Asking) {
  const type =
    json === undefined
      ? { 'content-type': 'application/x-www-form-urlencoded' }
      : { 'content-type': 'application/json' };
  const body = json === undefined ? form : JSON.stringify(json);
  const answer = await request(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : type) },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.body.text();
  return { status: answer.statusCode, body: (text === '' ? null : JSON.parse(text)) as Record<string, Json> };
}

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

async function intranet(options: Partial<IntranetOptions> = {}) {
  let now = 0;
  const server = await startIntranet({ directory, api, now: () => now, ...options });
  onTestFinished(() => server.close());
  const token = async (client: typeof directory, form: string) =>
    await ask(`${server.url}/api/oauth/token`, {
      method: 'POST',
      headers: basic(client.id, client.secret),
      form,
    });
  const bearer = async (client: typeof directory, form: string) => ({
    authorization: `Bearer ${textOf((await token(client, form)).body['access_token'])}`,
  });
  return {
    server,
    token,
    bearer,
    pass: (ms: number) => (now += ms),
    users: `${server.url}/api/scim/v2/Users`,
  };
}

const credentials = 'grant_type=client_credentials';
const login = `grant_type=password&username=${api.username}&password=${api.password}`;

test.each([
  { name: 'a wrong secret', client: { id: 'directory', secret: 'x' }, form: credentials, status: 401 },
  { name: 'client credentials of the API client', client: api, form: credentials, status: 400 },
  { name: 'a login with the client of the directory', client: directory, form: login, status: 400 },
  { name: 'a wrong password', client: api, form: `${login}x`, status: 400 },
])('no token for $name', async ({ client, form, status }) => {
  const { token } = await intranet();
  expect((await token(client, form)).status).toBe(status);
});

test('a token lives an hour, and each is good for its own API alone', async () => {
  const { server, bearer, users, pass } = await intranet();
  const [scim, rest] = [await bearer(directory, credentials), await bearer(api, login)];
  const me = `${server.url}/api/users/me`;
  expect((await ask(users, { headers: scim })).status).toBe(200);
  expect((await ask(me, { headers: rest })).status).toBe(200);
  expect((await ask(users, { headers: rest })).status).toBe(401);
  expect((await ask(me, { headers: scim })).status).toBe(401);
  pass(3_600_000);
  expect((await ask(users, { headers: scim })).status).toBe(401);
});

test.each([
  { policy: 'deactivate', method: 'PATCH', left: false },
  { policy: 'deactivate', method: 'DELETE', left: false },
  { policy: 'delete', method: 'PATCH', left: undefined },
  { policy: 'delete', method: 'DELETE', left: undefined },
] as const)('$method under the policy $policy', async ({ policy, method, left }) => {
  const { server, bearer, users } = await intranet({ policy });
  const id = server.add({ userName: 'ada@example.org', active: true });
  const json = { Operations: [{ op: 'replace', path: 'active', value: false }] };
  const headers = await bearer(directory, credentials);
  const answer = await ask(`${users}/${id}`, { method, headers, ...(method === 'PATCH' ? { json } : {}) });
  expect(answer.status).toBeLessThan(300);
  expect(server.users.get(id)?.['active']).toBe(left);
});

test.each([
  { name: 'no userName', json: { schemas, active: true } },
  { name: 'a profile field that is not there', json: { schemas, userName: 'a', profileField_shoe: '43' } },
  { name: 'an attribute that is none', json: { schemas, userName: 'a', shoe: '43' } },
])('the directory creates nobody with $name', async ({ json }) => {
  const { bearer, users, server } = await intranet({ profileFields: ['department'] });
  const headers = await bearer(directory, credentials);
  expect((await ask(users, { method: 'POST', headers, json })).status).toBe(400);
  expect(server.users.size).toBe(0);
});

test('Advocacy: the token dies with its owner, and there are no groups', async () => {
  const server = await startAdvocacy({ token: 't', owner: 'owner@example.com' });
  onTestFinished(() => server.close());
  const headers = { authorization: 'Bearer t' };
  const users = `${server.url}/api/scim/v2/Users`;
  expect((await ask(`${server.url}/api/scim/v2/Groups`, { headers })).status).toBe(404);
  const json = { Operations: [{ op: 'replace', path: 'active', value: false }] };
  await ask(`${users}/${server.owner ?? ''}`, { method: 'PATCH', headers, json });
  expect((await ask(users, { headers })).status).toBe(401);
});

test.each([
  { name: 'a country in another case', more: { addresses: [{ type: 'work', country: 'finland' }] } },
  { name: 'no address', more: { userName: 'ada' } },
  { name: 'nothing said of active', more: { active: null } },
])('Advocacy refuses $name, and notes what it does not know', async ({ more }) => {
  const server = await startAdvocacy({ token: 't' });
  onTestFinished(() => server.close());
  const sound = { schemas, userName: 'ada@example.org', active: true };
  const create = async (json: Json) =>
    (
      await ask(`${server.url}/api/scim/v2/Users`, {
        method: 'POST',
        headers: { authorization: 'Bearer t' },
        json,
      })
    ).status;
  expect(await create({ ...sound, ...more })).toBe(400);
  expect(await create({ ...sound, title: 'Countess' })).toBe(201);
  expect(server.sideEffects).toEqual(['title']);
});
