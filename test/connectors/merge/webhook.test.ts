import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { configSchema } from '../../../src/connectors/merge/schema.ts';
import { webhook } from '../../../src/connectors/merge/webhook.ts';

const key = 'invented-key';
const endUser = { originId: 'example', organization: 'Example', email: 'people-ops@example.org' };
const ours = configSchema.parse({ endUser });
const anybodys = configSchema.parse({});

const body =
  '{"hook":{"id":"h1","event":"Employee.changed"},"linked_account":{"category":"hris","end_user_origin_id":"example"},' +
  '"data":{"id":"6f1c7c54-0f4a-4f0b-8a59-1b2f0e2f9a11","remote_id":"204"}}';
// base64url of HMAC-SHA256 over the body, computed apart from this code with openssl.
const signature = 'ym4B4ZpwHKSCTlIoi3mhJxcrZnb6OQZqd4hL4y1BnGM=';

const verdict = (text: string, signed: string, config = ours) =>
  webhook.verify(
    { headers: { 'x-merge-webhook-signature': signed }, rawBody: Buffer.from(text), now: 0 },
    key,
    config,
  );
const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');

test('as Merge signs it, with padding or without: it names who changed, and is the same one', () => {
  const genuine = { kind: 'genuine', people: ['204'], id: signature.slice(0, 43) };
  expect(verdict(body, signature)).toEqual(genuine);
  expect(verdict(body, signature.slice(0, 43))).toEqual(genuine);
});

test('where people are known by the ids of Merge, those are named', () => {
  const byMerge = configSchema.parse({ endUser, identifyBy: 'id' });
  expect(verdict(body, signature, byMerge)).toMatchObject({
    people: ['6f1c7c54-0f4a-4f0b-8a59-1b2f0e2f9a11'],
  });
});

test.each([
  ['with a changed body', `${body} `, signature],
  ['signed in plain base64', body, signature.replaceAll('-', '+').replaceAll('_', '/').replace('GM=', '+M=')],
  ['with half a signature', body, signature.slice(0, 22)],
  ['with more than a signature', body, `${signature}=`],
  ['without a signature', body, ''],
])('%s it is refused', (_, text, signed) => {
  expect(verdict(text, signed)).toEqual({ kind: 'refused', reason: 'signature' });
});

const event = (name: string, data: unknown = {}, originId = 'example', category = 'hris') =>
  JSON.stringify({
    hook: { id: 'h1', event: name },
    linked_account: { category, end_user_origin_id: originId },
    data,
  });
const of = (name: string, data?: unknown) => {
  const text = event(name, data);
  return verdict(text, sign(text));
};

test.each([
  ['Employee.added', { remote_id: '7' }, ['7']],
  ['Employee.removed', { remote_id: '7' }, ['7']],
  ['Employee.added', { remote_id: null }, 'everybody'],
  ['Employee.synced', { sync_status: {} }, 'everybody'],
  ['Employment.changed', { employee: '6f1c' }, 'everybody'],
  ['Group.changed', { name: 'Lab' }, 'everybody'],
  ['PayGroup.added', {}, 'everybody'],
  ['LinkedAccount.sync_completed', { is_initial_sync: true }, 'everybody'],
  ['LinkedAccount.fully_synced_initial', {}, 'everybody'],
  ['LinkedAccount.linked', {}, []],
  ['LinkedAccount.deleted', {}, []],
  ['Issue.new', { error_description: 'Invalid login credentials' }, []],
  ['TimeOff.changed', {}, []],
])('%s with %j names %j', (name, data, people) => {
  expect(of(name, data)).toMatchObject({ kind: 'genuine', people });
});

test('the token of an account that was linked is handed over, and only that of this end user', () => {
  const data = { account_token: 'a token', is_relink: false };
  expect(of('LinkedAccount.linked', data)).toMatchObject({ tokens: { accountToken: 'a token' }, people: [] });
  const others = event('LinkedAccount.linked', data, 'another customer');
  expect(verdict(others, sign(others))).toEqual({ kind: 'genuine', people: [], id: sign(others) });
  const hiring = event('LinkedAccount.linked', data, 'example', 'ats');
  expect(verdict(hiring, sign(hiring))).not.toHaveProperty('tokens');
  const unknown = event('LinkedAccount.linked', data);
  expect(verdict(unknown, sign(unknown), anybodys)).not.toHaveProperty('tokens');
});

test('what concerns people of another end user names nobody, and somebody where the config names no end user', () => {
  const others = event('Employee.changed', { remote_id: '7' }, 'another customer');
  expect(verdict(others, sign(others))).toMatchObject({ people: [] });
  expect(verdict(others, sign(others), anybodys)).toMatchObject({ people: ['7'] });
});

test('what the dashboard sends to try the address is greeted, once it is signed', () => {
  const text = '{"response":"Success! This URL will be notified."}';
  expect(verdict(text, sign(text))).toEqual({ kind: 'greeting' });
  expect(verdict(text, '')).toEqual({ kind: 'refused', reason: 'signature' });
});

test.each(['', 'nonsense', '[]', '{}', '{"hook":{}}', '{"hook":{"event":"Employee.added"}}'])(
  'what is well signed and is no event (%s) is malformed',
  (text) => {
    expect(verdict(text, sign(text))).toEqual({ kind: 'refused', reason: 'malformed' });
  },
);
