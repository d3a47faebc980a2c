import { expect, onTestFinished, test } from 'vitest';
import { inventPeople } from '../../people/people.ts';
import { startMerge, type Merge, type MergeOptions } from './server.ts';

const people = inventPeople({ count: 5, seed: 7 });
const key = { authorization: 'Bearer key' };
const both = { ...key, 'x-account-token': 'token' };

async function started(options: Partial<MergeOptions> = {}): Promise<Merge> {
  const server = await startMerge({ apiKey: 'key', accountToken: 'token', people, ...options });
  onTestFinished(() => server.close());
  return server;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: {
    readonly next?: string | null;
    readonly detail?: string;
    readonly results?: readonly Record<string, unknown>[];
  };
}

async function ask(
  server: Merge,
  path: string,
  headers: Record<string, string> = both,
  init: RequestInit = {},
): Promise<Answer> {
  const answer = await fetch(`${server.url}/hris/v1/${path}`, { headers, ...init });
  return {
    status: answer.status,
    retryAfter: answer.headers.get('retry-after'),
    body: (await answer.json()) as Answer['body'],
  };
}

test.each([
  ['neither key nor token', 'employees', {}, 401],
  ['a key without a token', 'employees', key, 401],
  ['another token', 'employees', { ...both, 'x-account-token': 'other' }, 401],
  ['a parameter that there is not', 'employees?limit=5', both, 400],
  ['a relation that there is not', 'employees?expand=groups,boss', both, 400],
  ['a page size that is no number', 'employees?page_size=many', both, 400],
  ['a cursor of nobody', 'employees?cursor=x', both, 404],
  ['an employee of nobody', 'employees/6f1c7c54-0f4a-4f0b-8a59-1b2f0e2f9a11', both, 404],
  ['a path of nobody', 'people', both, 404],
])('%s is refused', async (_, path, headers, status) => {
  expect((await ask(await started(), path, headers)).status).toBe(status);
});

test('a cursor holds for the question that it was given for', async () => {
  const server = await started();
  const { body } = await ask(server, 'employees?page_size=2&include_deleted_data=true');
  expect((await ask(server, `employees?page_size=2&cursor=${body.next}`)).status).toBe(404);
  const more = await ask(server, `employees?page_size=3&include_deleted_data=true&cursor=${body.next}`);
  expect([more.body.results?.length, more.body.next]).toEqual([3, null]);
});

test('the copy follows the HR system only when Merge copies, and only what changed is modified', async () => {
  let now = Date.parse('2026-11-20T08:00:00Z');
  const server = await started({ now: () => now });
  server.account.change('2', { last_name: 'Changed' });
  now += 60_000;
  const changed = async () =>
    (await ask(server, 'employees?modified_after=2026-11-20T08:00:30Z')).body.results;
  expect(await changed()).toEqual([]);
  server.account.copy();
  expect(await changed()).toMatchObject([{ remote_id: '2', last_name: 'Changed' }]);
});

test('whoever is deleted is hidden unless asked for', async () => {
  const server = await started();
  server.account.remove('5');
  server.account.copy();
  expect((await ask(server, 'employees')).body.results).toHaveLength(4);
  const { results } = (await ask(server, 'employees?include_deleted_data=true')).body;
  expect(results?.at(-1)).toMatchObject({ remote_id: '5', remote_was_deleted: true });
});

test('relations are ids unless they are brought along, and what is sensitive is masked unless it is asked for', async () => {
  const server = await started();
  const [plain] = (await ask(server, 'employees?remote_id=2')).body.results ?? [];
  expect(plain).toMatchObject({
    manager: server.account.idOf('Employee', '1'),
    ssn: null,
    remote_data: null,
  });
  const wanted =
    'employees?remote_id=2&expand=manager,groups&include_sensitive_fields=true&include_remote_data=true';
  const [full] = (await ask(server, wanted)).body.results ?? [];
  expect(full).toMatchObject({
    manager: { remote_id: '1' },
    groups: [{ type: 'DEPARTMENT' }, { type: 'TEAM' }],
    ssn: '078-05-1120',
    remote_data: [{ path: '/employees' }],
  });
});

test('who asks too often waits, and who fails too often is locked out', async () => {
  let now = 0;
  const server = await started({ perMinute: 3, now: () => now });
  const statuses = async (count: number, path: string) => {
    const all: number[] = [];
    for (let n = 0; n < count; n += 1) all.push((await ask(server, path)).status);
    return all;
  };
  expect(await statuses(4, 'account-details')).toEqual([200, 200, 200, 429]);
  expect((await ask(server, 'account-details')).retryAfter).toBe('5');
  const patient = await started({ perMinute: 1000, now: () => (now += 1) });
  for (let n = 0; n < 21; n += 1) expect((await ask(patient, 'employees?cursor=x')).status).toBe(404);
  expect((await ask(patient, 'account-details')).status).toBe(429);
  now += 10_001;
  expect((await ask(patient, 'account-details')).status).toBe(200);
});

test('nothing but set-up links is written, and those need to say for whom', async () => {
  const server = await started();
  const post = (path: string, body: object) =>
    ask(
      server,
      path,
      { ...both, 'content-type': 'application/json' },
      { method: 'POST', body: JSON.stringify(body) },
    );
  expect((await post('link-token', { categories: ['hris'] })).status).toBe(400);
  expect((await post('sync-status/resync', {})).status).not.toBe(200);
  expect(server.links.size).toBe(0);
});
