import { expect, onTestFinished, test } from 'vitest';

import type { Writer } from '../../src/connectors/connector.ts';
import { Waiting } from '../../src/model/error.ts';
import type { Result } from '../../src/model/order.ts';
import { person } from '../plan/people.ts';
import { Rig } from './rig.ts';

async function openRig(): Promise<Rig> {
  const rig = await Rig.open();
  onTestFinished(() => rig.close());
  rig.people = [person('ada')];
  return rig;
}

const says = (reason: string, more: { connection?: string; retryAfterMs?: number } = {}) =>
  new Waiting(reason, 'no', more);

test.each([
  {
    name: 'does not answer',
    error: says('Unreachable', { connection: 'personio' }),
    away: 'personio',
  },
  { name: 'is out of order', error: says('Unavailable', { connection: 'personio' }), away: 'personio' },
  {
    name: 'asks for an hour',
    error: says('Unavailable', { connection: 'personio', retryAfterMs: 3_600_000 }),
    away: undefined,
  },
  { name: 'is asked too often', error: says('RateLimited', { connection: 'personio' }), away: undefined },
  {
    name: 'moved its list meanwhile',
    error: says('ListMoved', { connection: 'personio' }),
    away: undefined,
  },
  { name: 'is not the one that failed', error: says('StoreUnavailable'), away: undefined },
])('a system that $name while it is read', async ({ error, away }) => {
  const rig = await openRig();
  rig.around = (store) => ({ ...store, openIntents: async () => await Promise.reject(error) });
  const outcome = await rig.pass();
  expect(outcome.summary.reason).toBe(error.reason);
  expect(outcome.away).toBe(away);
});

const answering = (error: NonNullable<Result['error']>) => (inner: Writer) => ({
  ...inner,
  async *apply(orders: Parameters<Writer['apply']>[0]): AsyncGenerator<Result> {
    for await (const { key } of orders) yield { key, outcome: 'not-sent', error };
  },
});

const breaking = (error: Error) => (inner: Writer) => ({
  ...inner,
  apply: () => {
    throw error;
  },
});

test.each([
  {
    name: 'is gone for one and so for all',
    writer: answering({ reason: 'Unreachable', message: 'no', fate: 'waiting' }),
    away: 'lms',
  },
  {
    name: 'breaks off',
    writer: breaking(says('Unreachable', { connection: 'lms' })),
    away: 'lms',
  },
  {
    name: 'lost one answer',
    writer: answering({ reason: 'AnswerLost', message: 'no', fate: 'waiting' }),
    away: undefined,
  },
  {
    name: 'refuses one',
    writer: answering({ reason: 'Refused', message: 'no', fate: 'person' }),
    away: undefined,
  },
  { name: 'has a bug in its connector', writer: breaking(new TypeError('oh')), away: undefined },
])('a target that $name while it is written to', async ({ writer, away }) => {
  const rig = await openRig();
  rig.writer = writer;
  expect((await rig.pass()).away).toBe(away);
});
