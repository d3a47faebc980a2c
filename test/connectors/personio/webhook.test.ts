import { expect, test } from 'vitest';
import { configSchema } from '../../../src/connectors/personio/schema.ts';
import { webhook } from '../../../src/connectors/personio/webhook.ts';

const token = 'invented-token';

/** A delivery as "Webhooks" of v2 describes it: the token that was chosen, as it is, and no signature. */
const delivery = (event: string, payload: unknown, headers: Readonly<Record<string, string>> = {}) => ({
  headers: { authorization: token, 'content-type': 'application/json', ...headers },
  rawBody: Buffer.from(
    JSON.stringify({ company_id: '4201', event_name: event, occurred_at: '2026-11-20T07:59:58Z', payload }),
  ),
  now: Date.parse('2026-11-20T08:00:00Z'),
});

const verdict = (sent: ReturnType<typeof delivery>, config: Readonly<Record<string, unknown>> = {}) =>
  webhook.verify(sent, token, configSchema.parse(config));

test.each([
  ['person.updated', { person: { id: '4711' } }, ['4711']],
  ['person.updated', { id: 4711 }, ['4711']],
  ['person.deleted', { person_id: '4711' }, ['4711']],
  ['employment.updated', { id: '2306b77a', person: { id: '4711' } }, ['4711']],
  ['employment.terminated', { employment: { id: '17', person: { id: '4711' } } }, ['4711']],
  ['employment.updated.cost-centers', { id: '17', person_id: 4711 }, ['4711']],
  // An employment's own id is nobody's.
  ['employment.updated', { id: '17' }, 'everybody'],
  ['person.created', {}, 'everybody'],
  ['absence-period.created', { person: { id: '4711' } }, ['4711']],
  ['document.signed', { id: '17' }, []],
])('%s of %j is about %j', (event, payload, people) => {
  expect(verdict(delivery(event, payload))).toMatchObject({ kind: 'genuine', people });
});

const idOf = (payload: unknown) => {
  const found = verdict(delivery('person.updated', payload));
  return found.kind === 'genuine' ? found.id : undefined;
};

test('the same delivery has the same id, and another another', () => {
  expect(idOf({ id: 1 })).toBe(idOf({ id: 1 }));
  expect(idOf({ id: 1 })).not.toBe(idOf({ id: 2 }));
});

test('it may be repeated for three days, and is told by what it says of when', () => {
  expect(verdict(delivery('person.updated', { id: 1 }))).toMatchObject({
    sentAt: Date.parse('2026-11-20T07:59:58Z'),
    withinMs: 4 * 86_400_000,
  });
  const sent = { ...delivery('', {}), rawBody: Buffer.from('{"event_name":"person.updated","payload":{}}') };
  expect(verdict(sent)).not.toHaveProperty('sentAt');
});

test('what is about another company than the one of the connection names nobody', () => {
  const sent = delivery('person.updated', { id: 1 });
  expect(verdict(sent, { companyId: '4201' })).toMatchObject({ people: ['1'] });
  expect(verdict(sent, { companyId: '4202' })).toMatchObject({ kind: 'genuine', people: [] });
});

test('the scheme may stand before the token', () => {
  const sent = delivery('person.updated', { id: 1 }, { authorization: `Bearer ${token}` });
  expect(verdict(sent)).toMatchObject({ kind: 'genuine' });
});

test.each(['', 'Bearer ', 'invented-toke', 'invented-token ', 'Invented-Token', 'Basic invented-token'])(
  'the header "%s" is refused',
  (authorization) => {
    const sent = delivery('person.updated', { id: 1 }, { authorization });
    expect(verdict(sent)).toEqual({ kind: 'refused', reason: 'signature' });
  },
);

test('no token is right where none was chosen', () => {
  const sent = delivery('person.updated', { id: 1 }, { authorization: '' });
  expect(webhook.verify(sent, '', configSchema.parse({}))).toEqual({ kind: 'refused', reason: 'signature' });
});

test.each(['', 'nonsense', '[]', '{}', '{"event_name":"person.updated"}', '{"event_name":7,"payload":{}}'])(
  'what is not as the vendor describes it (%s) is malformed',
  (text) => {
    const sent = { ...delivery('person.updated', {}), rawBody: Buffer.from(text) };
    expect(verdict(sent)).toEqual({ kind: 'refused', reason: 'malformed' });
  },
);
