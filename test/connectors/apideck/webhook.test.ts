import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { configSchema } from '../../../src/connectors/apideck/schema.ts';
import { connectors } from '../../../src/connectors/registry.ts';
import { webhook } from '../../../src/connectors/apideck/webhook.ts';
import { employeeEvent, signed, validation } from '../../vendors/apideck/webhooks.ts';
import { ids } from './application.ts';

const config = configSchema.parse(ids);
const now = Date.parse('2026-11-20T08:00:00Z');
const about = { id: 'emp_00007', ...ids, at: now - 60_000 };

const judge = (headers: Readonly<Record<string, string>>, body: string, key = 'invented-key') =>
  webhook.verify({ headers, rawBody: Buffer.from(body), now }, key, config);

/** An event with these changes, signed. */
function judged(changed: Readonly<Record<string, unknown>>) {
  const event = employeeEvent('updated', about);
  const delivery = signed({ payload: { ...(event['payload'] as object), ...changed } }, 'invented-key');
  return judge(delivery.headers, delivery.body);
}

// HMAC-SHA256 over the same without spaces and with its keys in order, computed apart from this code with openssl.
const known = {
  body: '{"payload": {"occurred_at": "2026-11-20T07:59:00.000Z", "event_type": "hris.employee.updated", "event_id": "e-1", "entity_id": "emp_1", "consumer_id": "example-and-sons"}}',
  signature: '87aee93396c8f02196d1bed540562a87bec79423bab65f855d21d868ded4808e',
};

test('as Apideck signs it, over the sorted form: it names who changed, when, and itself', () => {
  expect(judge({ 'x-apideck-signature': known.signature }, known.body)).toEqual({
    kind: 'genuine',
    people: ['emp_1'],
    id: 'e-1',
    sentAt: now - 60_000,
    withinMs: 172_800_000,
  });
});

test.each(['created', 'updated', 'deleted', 'terminated'] as const)('an employee %s names them', (type) => {
  const { headers, body } = signed(employeeEvent(type, about), 'invented-key');
  expect(judge(headers, body)).toMatchObject({ kind: 'genuine', people: ['emp_00007'] });
});

test.each<[name: string, changed: Record<string, unknown>, people: unknown]>([
  ['the id of the unified API before that of the HR system', { entity_id: '113' }, ['emp_00007']],
  ['the id of the HR system, where there is no address', { entity_id: '113', entity_url: null }, ['113']],
  ['an id with signs', { entity_url: 'https://unify.apideck.com/hris/employees/a%2Fb' }, ['a/b']],
  ['nobody for another consumer of the application', { consumer_id: 'somebody-else' }, []],
  ['nobody for a day off', { event_type: 'hris.time-off-request.created' }, []],
  ['nobody for another kind of record', { event_type: 'crm.contact.created' }, []],
  [
    'everybody when the connection can be called again',
    { event_type: 'vault.connection.callable' },
    'everybody',
  ],
  ['everybody when it was revoked', { event_type: 'vault.connection.revoked' }, 'everybody'],
  [
    'nobody for a connection of another kind',
    { event_type: 'vault.connection.callable', entity: { unified_api: 'crm' } },
    [],
  ],
  [
    "nobody for another consumer's connection",
    {
      consumer_id: undefined,
      event_type: 'vault.connection.callable',
      entity: { consumer_id: 'somebody-else' },
    },
    [],
  ],
  ['nobody when a token was refreshed, which reading does', { event_type: 'vault.connection.updated' }, []],
])('it names %s', (_, changed, people) => {
  expect(judged(changed)).toMatchObject({ kind: 'genuine', people });
});

test('each attempt to deliver an event is the same event', () => {
  const first = judged({ event_id: 'e-7', execution_attempt: 1 });
  const second = judged({ event_id: 'e-7', execution_attempt: 2 });
  expect([first, second]).toMatchObject([{ id: 'e-7' }, { id: 'e-7' }]);
});

const delivery = signed(employeeEvent('updated', about), 'invented-key');
const signature = delivery.headers['x-apideck-signature'] ?? '';

test.each([
  ['with a changed body', signature, delivery.body.replace('emp_00007', 'emp_00008'), 'invented-key'],
  ['signed with another key', signature, delivery.body, 'another-key'],
  ['with half a signature', signature.slice(0, 32), delivery.body, 'invented-key'],
  ['without a signature', '', delivery.body, 'invented-key'],
  ['that is no JSON', signature, 'payload=1', 'invented-key'],
  ['that is too deep', signature, `${'['.repeat(40)}${']'.repeat(40)}`, 'invented-key'],
])('one %s is refused', (_, given, body, key) => {
  expect(judge({ 'x-apideck-signature': given }, body, key)).toEqual({
    kind: 'refused',
    reason: 'signature',
  });
});

test.each<[name: string, changed: Record<string, unknown>]>([
  ['id', { event_id: undefined }],
  ['type', { event_type: 7 }],
  ['moment', { occurred_at: 'yesterday' }],
  ['employee', { entity_id: undefined, entity_url: undefined }],
])('one that is well signed and has no %s is malformed', (_, changed) => {
  expect(judged(changed)).toEqual({ kind: 'refused', reason: 'malformed' });
});

test('the request that tries the address is greeted, unsigned as it is, and an event is never taken for one', () => {
  expect(judge(validation.headers, validation.body)).toEqual({ kind: 'greeting' });
  const disguised = { 'x-apideck-event-type': 'apideck.subscription.created' };
  expect(judge(disguised, delivery.body)).toEqual({ kind: 'refused', reason: 'signature' });
  expect(judge({}, validation.body)).toEqual({ kind: 'refused', reason: 'signature' });
});

test('the registry hands over the config of the connection as it stands in the spec', () => {
  const registered = connectors.get('apideck')?.webhook;
  const request = { headers: delivery.headers, rawBody: Buffer.from(delivery.body), now };
  expect(registered?.verify(request, 'invented-key', ids)).toMatchObject({ people: ['emp_00007'] });
  const other = { ...ids, consumerId: 'somebody-else' };
  expect(registered?.verify(request, 'invented-key', other)).toMatchObject({ kind: 'genuine', people: [] });
});

test('a body that spells a key twice or an inherited name is judged by what is read from it', () => {
  const body = '{"payload":{"event_id":"a","event_id":"b","__proto__":{"event_type":"x"}}}';
  const canonical = '{"payload":{"__proto__":{"event_type":"x"},"event_id":"b"}}';
  const given = createHmac('sha256', 'invented-key').update(canonical).digest('hex');
  expect(judge({ 'x-apideck-signature': given }, body)).toEqual({ kind: 'refused', reason: 'malformed' });
});
