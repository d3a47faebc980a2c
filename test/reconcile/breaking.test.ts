import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Order, Result } from '../../src/model/order.ts';
import { account, person } from '../plan/people.ts';
import { Rig } from './rig.ts';

const ids = ['ada', 'ben', 'cleo', 'dora', 'eve'];
let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
  rig.people = ids.map((id) => person(id));
  rig.hold(...ids.map((id) => account(id)));
  await rig.pass();
  rig.people = ids.map((id) => person(id, { status: 'inactive' }));
});
afterEach(() => rig.close());

/** The target breaks at orders of these people. */
function breaksAt(people: readonly string[]): void {
  rig.writer = (inner) => ({
    ...inner,
    async *apply(orders, signal) {
      for await (const order of orders) {
        if (people.includes(order.personId)) yield broken(order);
        else yield* inner.apply(only(order), signal);
      }
    },
  });
}

function broken({ key }: Order): Result {
  const error = { reason: 'ServerError', message: 'status 500', fate: 'waiting' } as const;
  return { key, outcome: 'unknown', error };
}

async function* only(order: Order) {
  yield order;
}

test('nobody waits behind somebody at whose record the target breaks each time', async () => {
  breaksAt(['ada']);
  expect(await ends()).toEqual(['failed-people', undefined]);
  expect(rig.log).toEqual(['disable ben', 'disable cleo', 'disable dora', 'disable eve']);
  expect(await ends()).toEqual(['waiting', 'lms']);
});

test('a target that breaks at several in a row is away, and nothing more is sent', async () => {
  breaksAt(['ada', 'ben', 'cleo']);
  expect(await ends()).toEqual(['waiting', 'lms']);
  expect(rig.log).toEqual([]);
});

test('so is one that breaks at the last', async () => {
  breaksAt(['eve']);
  expect(await ends()).toEqual(['waiting', 'lms']);
});

async function ends() {
  const { summary, away } = await rig.pass();
  return [summary.result, away];
}
