import { expect, test } from 'vitest';

import { Limiter } from '../../src/http/limiter.ts';
import { FakeClock, settle } from '../fake-clock.ts';
import { JumpingClock } from './effects.ts';

const signal = new AbortController().signal;

test('no window ever holds more requests than the limit, though a bucket would let twice as many through', async () => {
  const clock = new JumpingClock(0);
  const limiter = new Limiter(clock, [{ requests: 5, perMs: 1000 }], 50);
  const starts: number[] = [];
  for (let n = 0; n < 40; n += 1) {
    starts.push(await limiter.enter(signal));
    limiter.leave();
    clock.advance(n % 3 === 0 ? 130 : 0);
  }
  for (const [index, start] of starts.entries()) {
    expect(start - (starts[index - 5] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(1000);
  }
});

test('a pause that begins while others wait holds for all of them', async () => {
  const clock = new FakeClock(0);
  const limiter = new Limiter(clock, [{ requests: 1, perMs: 100 }], 10);
  const started: number[] = [];
  const all = Array.from({ length: 4 }, async () => {
    started.push(await limiter.enter(signal));
    limiter.leave();
  });
  await settle();
  limiter.pause(5000);
  await clock.advance(4999);
  expect(started).toHaveLength(1);
  await clock.advance(1000);
  await Promise.all(all);
  expect(started).toEqual([0, 5000, 5150, 5300]);
});

test('requests in flight are as many as there is room, and the next in line starts when one ends', async () => {
  const limiter = new Limiter(new FakeClock(0), [], 4);
  expect(limiter.room).toBe(2);
  const order: number[] = [];
  const entering = [1, 2, 3, 4].map(async (n) => {
    await limiter.enter(signal);
    order.push(n);
  });
  await settle();
  expect(order).toEqual([1, 2]);
  limiter.leave();
  await settle();
  expect(order).toEqual([1, 2, 3]);
  limiter.faster();
  await Promise.all(entering);
  expect(order).toEqual([1, 2, 3, 4]);
});

test('room grows by one with each success up to the most, and halves once for all that were in flight', () => {
  const clock = new JumpingClock(0);
  const limiter = new Limiter(clock, [], 8);
  for (let n = 0; n < 20; n += 1) limiter.faster();
  expect(limiter.room).toBe(8);
  clock.advance(10);
  limiter.slower(3);
  limiter.slower(5);
  limiter.slower(9);
  expect(limiter.room).toBe(4);
  clock.advance(10);
  limiter.slower(15);
  clock.advance(10);
  limiter.slower(25);
  clock.advance(10);
  limiter.slower(35);
  expect(limiter.room).toBe(1);
});

test('whoever stops waiting gives the place away', async () => {
  const limiter = new Limiter(new FakeClock(0), [], 1);
  await limiter.enter(signal);
  const stop = new AbortController();
  const stopped = limiter.enter(stop.signal);
  const other = limiter.enter(signal);
  stop.abort(new Error('stopping'));
  await expect(stopped).rejects.toThrow('stopping');
  limiter.leave();
  await expect(other).resolves.toBe(0);
});
