import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { key, noor } from '../asking.ts';
import { startTalentLms } from '../server.ts';
import type { TalentLms } from '../state.ts';

let portal: TalentLms;

beforeEach(async () => {
  portal = await startTalentLms({
    apiKey: key,
    users: [{ ...noor, name: "Noor's", locale: 'nl-NL', custom: { hireDate: '2025-02-03' } }],
    customFields: [
      { name: 'Employee number', type: 'text' },
      { name: 'Division', type: 'dropdown', values: ['North', 'South'] },
      { name: 'hireDate', type: 'date' },
    ],
    branches: ['emea'],
    limits: { perHour: 500, per5s: 200 },
    now: () => Date.parse('2026-11-20T08:00:00Z'),
  });
});
afterEach(() => portal.close());

interface Asked {
  readonly form?: Record<string, string>;
  readonly json?: unknown;
  readonly key?: string;
}

async function ask(method: string, path: string, { form, json, key: given = key }: Asked = {}) {
  const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded';
  const body = form === undefined ? JSON.stringify(json) : new URLSearchParams(form).toString();
  const answer = await fetch(`${portal.url}/api/v1/${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${given}:`).toString('base64')}`,
      ...(method === 'POST' ? { 'content-type': type } : {}),
    },
    ...(method === 'POST' ? { body } : {}),
  });
  const said = (await answer.json()) as { readonly error?: { readonly message?: string } };
  return { status: answer.status, body: said, message: said.error?.message, headers: answer.headers };
}

const ida = {
  first_name: 'Ida',
  last_name: 'Bos',
  email: 'ida@example.org',
  login: 'ida',
  password: 'Invented1',
};

test('a user is all text, in display forms, with entities; custom fields have gaps in their index', async () => {
  const { body } = await ask('GET', 'users/id:2');
  expect(body).toMatchObject({
    id: '2',
    first_name: 'Noor&#039;s',
    language: 'Dutch',
    timezone: '(GMT +01:00) Amsterdam, Berlin, Rome',
    created_on: '20/11/2026, 08:00:00',
    last_updated_timestamp: String(Date.parse('2026-11-20T08:00:00Z') / 1_000),
    custom_field_1: '',
    custom_field_4: '03/02/2025',
    branches: [],
    courses: [],
  });
  expect(body).toHaveProperty('login_key');
});

test('the list is a bare array of 20, without branches and courses', async () => {
  const { body } = await ask('GET', 'users');
  expect(body).toHaveLength(2);
  expect(JSON.stringify(body)).not.toMatch(/"branches"|"courses"/);
  expect((await ask('GET', 'users/page_size:1,page_number:2')).body).toMatchObject([{ id: '2' }]);
  expect((await ask('GET', 'users/page_size:1,page_number:3')).body).toEqual([]);
});

test('an id is a number on sign-up and text everywhere else; names of actions have no case', async () => {
  expect((await ask('POST', 'userSignup', { form: ida })).body).toMatchObject({ id: 3 });
  expect((await ask('GET', 'Users/username:ida')).body).toMatchObject({ id: '3' });
});

test('GET changes a status and a branch', async () => {
  expect((await ask('GET', 'usersetstatus/user_id:2,status:inactive')).body).toEqual({
    user_id: '2',
    status: 'inactive',
  });
  await ask('GET', 'addusertobranch/user_id:2,branch_id:3');
  expect(portal.byLogin(noor.login)).toMatchObject({ status: 'inactive', branches: new Set([3]) });
});

test('a search over custom fields is an object by id, nobody is an empty list', async () => {
  portal.byLogin(noor.login).custom.set(1, 'E-1');
  expect(Object.keys((await ask('GET', 'getusersbycustomfield/custom_field_value:E-1')).body)).toEqual(['2']);
  expect((await ask('GET', 'getusersbycustomfield/custom_field_value:E-2')).body).toEqual([]);
});

test('what is changed by v1 is seen by v2', async () => {
  await ask('POST', 'edituser', { form: { user_id: '2', custom_field_4: '31/12/2024', last_name: 'Bos' } });
  expect(portal.byLogin(noor.login)).toMatchObject({ surname: 'Bos', custom: new Map([[4, '2024-12-31']]) });
});

test('the limits are told by an action that is not counted, and by no header', async () => {
  await ask('GET', 'siteinfo');
  const { body, headers } = await ask('GET', 'ratelimit');
  expect(body).toMatchObject({ limit: '500', remaining: 499 });
  expect(headers.get('x-ratelimit-limit')).toBeNull();
});

test('deleting for good leaves nothing; otherwise a ghost keeps the login and is no longer available', async () => {
  await ask('POST', 'deleteuser', { form: { user_id: '2' } });
  expect((await ask('GET', 'users/id:2')).message).toBe('The requested user is no longer available');
  const again = { ...ida, login: noor.login };
  expect((await ask('POST', 'usersignup', { form: again })).message).toMatch(/same login already exists/);
  await ask('POST', 'usersignup', { form: ida });
  await ask('POST', 'deleteuser', { form: { user_id: '3', permanent: 'yes' } });
  expect((await ask('GET', 'users/id:3')).message).toBe('The requested user does not exist');
  expect((await ask('POST', 'usersignup', { form: ida })).status).toBe(200);
});

describe('wrong requests are refused by words alone', () => {
  test.each<[string, string, string, Asked, number, RegExp]>([
    ['another key', 'GET', 'users', { key: 'other' }, 401, /not valid/],
    ['an unknown action', 'GET', 'people', {}, 404, /API action does not exist/],
    [
      'a change by the wrong method',
      'POST',
      'usersetstatus',
      { form: { user_id: '2' } },
      404,
      /does not exist/,
    ],
    ['a JSON body', 'POST', 'usersignup', { json: ida }, 400, /Invalid arguments/],
    ['a value with a colon that is not encoded', 'GET', 'users/email:a:b', {}, 400, /Invalid arguments/],
    [
      'an argument of v2',
      'POST',
      'usersignup',
      { form: { ...ida, surname: 'Bos' } },
      400,
      /Invalid arguments/,
    ],
    ['a sign-up without password', 'POST', 'usersignup', { form: { ...ida, password: '' } }, 400, /Invalid/],
    [
      'a weak password',
      'POST',
      'usersignup',
      { form: { ...ida, password: 'weak' } },
      400,
      /not strong enough/,
    ],
    [
      'a password that is too long',
      'POST',
      'usersignup',
      { form: { ...ida, password: 'Aa1'.repeat(11) } },
      400,
      /too long/,
    ],
    ['an address in use', 'POST', 'usersignup', { form: { ...ida, email: noor.email } }, 400, /same email/],
    ['a language to change', 'POST', 'edituser', { form: { user_id: '2', language: 'de' } }, 400, /Invalid/],
    ['a field in a gap', 'POST', 'edituser', { form: { user_id: '2', custom_field_3: 'x' } }, 400, /Invalid/],
    [
      'a date of another form',
      'POST',
      'edituser',
      { form: { user_id: '2', custom_field_4: '2025-02-03' } },
      400,
      /hireDate/,
    ],
    [
      'a value that is no choice',
      'POST',
      'edituser',
      { form: { user_id: '2', custom_field_2: 'West' } },
      400,
      /Division/,
    ],
    ['a user who is not there', 'GET', 'users/id:99', {}, 404, /user does not exist/],
    ['a branch that is not there', 'GET', 'branches/id:99', {}, 404, /branch does not exist/],
    [
      'a branch that somebody has left',
      'GET',
      'removeuserfrombranch/user_id:2,branch_id:3',
      {},
      400,
      /not a member/,
    ],
  ])('%s', async (_, method, path, asked, status, message) => {
    const answer = await ask(method, path, asked);
    expect(answer).toMatchObject({ status, message: expect.stringMatching(message) });
    expect(answer.headers.get('x-refused-by')).toMatch(/vendors\/talentlms\.md: (?:v1|Simulator)/);
  });

  test('a deactivation date of somebody who is inactive', async () => {
    portal.byLogin(noor.login).status = 'inactive';
    const wrong = { user_id: '2', deactivation_date: '31/01/2027' };
    expect((await ask('POST', 'edituser', { form: wrong })).message).toMatch(/not active/);
    const cleared = { user_id: '2', deactivation_date: '' };
    expect((await ask('POST', 'edituser', { form: cleared })).status).toBe(200);
  });
});
