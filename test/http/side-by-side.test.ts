import { expect, test } from 'vitest';

import { applySideBySide } from '../../src/http/side-by-side.ts';
import { settle } from '../fake-clock.ts';

interface Offer {
  readonly orders: AsyncGenerator<number>;
  readonly taken: number[];
  readonly closed: () => boolean;
}

function offer(count: number): Offer {
  const taken: number[] = [];
  let closed = false;
  async function* generate(): AsyncGenerator<number> {
    try {
      for (let order = 1; order <= count; order += 1) {
        taken.push(order);
        yield order;
      }
    } finally {
      closed = true;
    }
  }
  return { orders: generate(), taken, closed: () => closed };
}

test('every order is answered once, and never more are taken and unanswered than there is room', async () => {
  const { orders, taken } = offer(100);
  const results: number[] = [];
  let most = 0;
  for await (const result of applySideBySide(orders, () => 7, answerLater)) {
    most = Math.max(most, taken.length - results.length);
    results.push(result);
  }
  expect(results.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
  expect(most).toBe(7);
});

test('results come as they are ready, not in the order of the orders', async () => {
  const first = Promise.withResolvers<void>();
  const results: number[] = [];
  const apply = async (order: number) => {
    if (order === 1) await first.promise;
    return order;
  };
  for await (const result of applySideBySide(offer(3).orders, () => 2, apply)) {
    results.push(result);
    if (result === 3) first.resolve();
  }
  expect(results).toEqual([2, 3, 1]);
});

test('room that shrinks and grows is followed', async () => {
  const { orders, taken } = offer(30);
  let room = 4;
  let results = 0;
  for await (const _ of applySideBySide(
    orders,
    () => room,
    (order) => Promise.resolve(order),
  )) {
    results += 1;
    if (results === 10) room = 1;
    if (results > 14) expect(taken.length - results).toBeLessThanOrEqual(1);
  }
  expect(results).toBe(30);
});

test('when the connection is gone, what was in flight is still answered, nothing more is taken, then it rejects', async () => {
  const { orders, taken, closed } = offer(100);
  const gate = Promise.withResolvers<void>();
  const results: number[] = [];
  const apply = async (order: number) => {
    if (order === 3) {
      gate.resolve();
      throw new Error('refused');
    }
    await gate.promise;
    return order;
  };
  const run = async () => {
    for await (const result of applySideBySide(orders, () => 3, apply)) results.push(result);
  };
  await expect(run()).rejects.toThrow('refused');
  expect(results.toSorted((a, b) => a - b)).toEqual([1, 2]);
  expect(taken).toEqual([1, 2, 3]);
  expect(closed()).toBe(true);
});

test('an error of the orders themselves comes after the results of what was taken', async () => {
  const results: number[] = [];
  const run = async () => {
    for await (const result of applySideBySide(
      broken(),
      () => 5,
      (order) => Promise.resolve(order),
    ))
      results.push(result);
  };
  await expect(run()).rejects.toThrow('the store is full');
  expect(results).toEqual([1]);
});

test('a caller who walks away leaves no write behind and takes no order more', async () => {
  const { orders, taken, closed } = offer(100);
  let running = 0;
  const apply = async (order: number) => {
    running += 1;
    await settle();
    running -= 1;
    return order;
  };
  for await (const _ of applySideBySide(orders, () => 5, apply)) break;
  expect(running).toBe(0);
  expect(closed()).toBe(true);
  expect(taken.length).toBeLessThanOrEqual(6);
});

async function answerLater(order: number): Promise<number> {
  await settle();
  return order;
}

async function* broken(): AsyncGenerator<number> {
  yield 1;
  throw new Error('the store is full');
}
