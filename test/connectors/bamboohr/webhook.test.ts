import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { webhook } from '../../../src/connectors/bamboohr/webhook.ts';

const body = '{"type":"employee.updated","data":{"employeeId":"123"}}';
// HMAC-SHA256 of body and timestamp joined without a sign, computed apart from this code with openssl.
const signature = '741c21305b85ea4597668316d770973e0cb4c3b398d426959fc0542717bd2662';
const timestamp = '1770134155';
const now = 1_770_134_160_000;

const verdict = (text: string, sentAt: string, signed: string) =>
  webhook.verify(
    {
      headers: { 'x-bamboohr-timestamp': sentAt, 'x-bamboohr-signature': signed },
      rawBody: Buffer.from(text),
      now,
    },
    'invented-key',
    {},
  );

test('as BambooHR signs it: it names who changed, when it was sent, and itself', () => {
  expect(verdict(body, timestamp, signature)).toEqual({
    kind: 'genuine',
    people: ['123'],
    id: signature,
    sentAt: 1_770_134_155_000,
  });
});

test.each([
  ['with another timestamp', body, '1770134156', signature],
  ['with a changed body', `${body} `, timestamp, signature],
  ['signed as others do, with a dot between', body, `.${timestamp}`, signature],
  ['in capitals', body, timestamp, signature.toUpperCase()],
  ['with half a signature', body, timestamp, signature.slice(0, 32)],
  ['without a signature', body, timestamp, ''],
])('%s it is refused', (_, text, sentAt, signed) => {
  expect(verdict(text, sentAt, signed)).toEqual({ kind: 'refused', reason: 'signature' });
});

const sign = (text: string) =>
  createHmac('sha256', 'invented-key').update(text).update(timestamp).digest('hex');

test.each([
  ['{"employees":[{"id":"7","action":"Updated"},{"id":8}]}', ['7', '8']],
  ['{"type":"employee.deleted","data":{"employeeId":"9"}}', ['9']],
])('%s names them', (text, people) => {
  expect(verdict(text, timestamp, sign(text))).toMatchObject({ kind: 'genuine', people });
});

test.each(['', 'nonsense', '[]', '{}', '{"data":{}}', '{"employees":[{}]}'])(
  'what is well signed and names nobody (%s) is malformed',
  (text) => {
    expect(verdict(text, timestamp, sign(text))).toEqual({ kind: 'refused', reason: 'malformed' });
  },
);
