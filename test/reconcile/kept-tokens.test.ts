import { expect, test } from 'vitest';
import { keptTokensOf } from '../../src/compose/kept-tokens.ts';
import { FakeClock } from '../fake-clock.ts';
import { noon } from '../plan/columns.ts';
import { createMemoryStore } from '../simulator/memory/store.ts';

const signal = new AbortController().signal;

/** Two processes over one store. */
function open() {
  const clock = new FakeClock(noon);
  const store = createMemoryStore(clock);
  let holders = 0;
  const process = () => keptTokensOf('hr', { store, clock, holder: () => `h${(holders += 1)}` });
  return { clock, store, one: process(), other: process() };
}

test('what one process does with its token, no other does at the same time', async () => {
  const { clock, one, other } = open();
  const steps: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = one.alone(async () => {
    steps.push('one begins');
    await gate.promise;
    steps.push('one ends');
  }, signal);
  await clock.advance(0);
  const second = other.alone(async () => void steps.push('other'), signal);
  await clock.advance(10_000);
  expect(steps).toEqual(['one begins']);
  gate.resolve();
  await first;
  await clock.advance(1000);
  await second;
  expect(steps).toEqual(['one begins', 'one ends', 'other']);
});

test('who waits for two minutes is told why, and a killed process is waited for no longer than its lease', async () => {
  const { clock, store, one, other } = open();
  await store.acquireLease('tokens:hr', 'killed', 60_000);
  const done = one.alone(async () => 'renewed', signal);
  await clock.advance(61_000);
  expect(await done).toBe('renewed');

  void one.alone(async () => await new Promise<never>(() => undefined), signal);
  await clock.advance(0);
  const refused = other.alone(async () => 'never', signal);
  const seen = expect(refused).rejects.toMatchObject({ name: 'Waiting', reason: 'TokenBusy' });
  await clock.advance(125_000);
  await seen;
});
