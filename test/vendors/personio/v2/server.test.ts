import { afterEach, beforeEach, expect, test } from 'vitest';
import { inventPeople } from '../../../people/people.ts';
import { startPersonio, type Personio } from '../server.ts';
import { cursorOf } from './paging.ts';

let personio: Personio;
let token: string;

beforeEach(async () => {
  personio = await startPersonio({
    people: inventPeople({ count: 23, seed: 5 }),
    clientId: 'us',
    clientSecret: 'hush',
  });
  const { body } = await ask('/v2/auth/token', form({}));
  token = String(body['access_token']);
});
afterEach(() => personio.close());

test('a list comes in pages of ten, and its cursor is good for nothing once a plus has become a space', async () => {
  const { body } = await ask('/v2/persons');
  const { _data: items, _meta: meta } = body as unknown as Page;
  expect(items).toHaveLength(10);
  expect(meta.links['next']?.href).toBe(`${personio.url}/v2/persons?cursor=${cursorOf(10)}`);
  expect(cursorOf(10)).toMatch(/\+.*\//);
  expect((await ask(`/v2/persons?cursor=${encodeURIComponent(cursorOf(20))}`)).status).toBe(200);
  expect((await ask(`/v2/persons?cursor=${cursorOf(20)}`)).status).toBe(400);
});

test('what the credential may not read is missing without a word, of a person and of an employment', async () => {
  personio.readable.clear();
  const { body: person } = await ask('/v2/persons/7');
  expect(Object.keys(person)).toEqual(['id', 'employments', '_meta']);
  const { body } = await ask('/v2/persons/7/employments');
  const [employment] = (body as unknown as Page)['_data'];
  expect(Object.keys(employment ?? {})).toEqual(['id', 'status', 'person', '_meta']);
});

test.each([
  ['/v2/persons?limit=51', 400],
  ['/v2/persons?limit=0', 400],
  ['/v2/persons?page=2', 400],
  ['/v2/persons?id.nooperator=7', 400],
  ['/v2/persons?updated_at.gt=yesterday', 400],
  ['/v2/persons?cursor=cur_1', 400],
  ['/v2/persons/999', 404],
  ['/v2/persons/999/employments', 404],
  ['/v2/org-units/21', 400],
  ['/v2/org-units/999?type=team', 404],
  ['/v2/org-units?type=team', 404],
  ['/v2/workplaces', 404],
  ['/v2/legal-entities?limit=101', 400],
  ['/v2/nothing', 404],
])('%s is refused with a problem (%i)', async (path, status) => {
  const answer = await ask(path);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.headers.get('x-refused-by')).toContain('vendors/personio.md');
});

test('lists in beta come to who asks for beta, where the company has them', async () => {
  const beta = { headers: { authorization: `Bearer ${token}`, beta: 'true' } };
  expect((await ask('/v2/workplaces', beta)).status).toBe(200);
  personio.v2.betas.delete('workplaces');
  expect((await ask('/v2/workplaces', beta)).status).toBe(404);
});

test('a token that was revoked, or lacks the scope, opens nothing', async () => {
  personio.v2.tokens.scopes.delete('personio:employments:read');
  expect((await ask('/v2/persons/7/employments')).status).toBe(403);
  personio.v2.tokens.revoke();
  expect((await ask('/v2/persons')).status).toBe(401);
});

test('one of v1 opens nothing either', async () => {
  const { body } = await ask('/v1/auth', form({}));
  const { token: old } = body['data'] as { readonly token: string };
  expect((await ask('/v2/persons', { headers: { authorization: `Bearer ${old}` } })).status).toBe(401);
});

test.each([
  [
    'JSON',
    { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } },
    'invalid_request',
  ],
  ['no grant', form({ grant_type: '' }), 'unsupported_grant_type'],
  ['another grant', form({ grant_type: 'password' }), 'unsupported_grant_type'],
  ['a wrong secret', form({ client_secret: 'no' }), 'unauthorized_client'],
  ['a scope that they lack', form({ scope: 'personio:documents:read' }), 'invalid_scope'],
])('%s gets no token', async (_, init, error) => {
  const answer = await ask('/v2/auth/token', init);
  expect([answer.status, answer.body['error']]).toEqual([400, error]);
});

interface Page {
  readonly _data: readonly Readonly<Record<string, unknown>>[];
  readonly _meta: { readonly links: Readonly<Record<string, { readonly href: string }>> };
}

async function ask(path: string, init?: RequestInit) {
  const response = await fetch(
    `${personio.url}${path}`,
    init ?? { headers: { authorization: `Bearer ${token}` } },
  );
  const body = (await response.json()) as Readonly<Record<string, unknown>>;
  return { status: response.status, headers: response.headers, body };
}

function form(changed: Readonly<Record<string, string>>): RequestInit {
  const fields = { grant_type: 'client_credentials', client_id: 'us', client_secret: 'hush', ...changed };
  return { method: 'POST', body: new URLSearchParams(fields) };
}
