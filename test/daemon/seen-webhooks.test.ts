import { expect, test } from 'vitest';
import { SeenWebhooks } from '../../src/daemon/seen-webhooks.ts';
import { FakeClock } from '../fake-clock.ts';
import { minute, start } from './rig.ts';

test('two systems may send webhooks with the same id', () => {
  const seen = new SeenWebhooks(new FakeClock(start));
  expect(seen.judge('personio', { id: '1' })).toBe('new');
  expect(seen.judge('bamboohr', { id: '1' })).toBe('new');
  expect(seen.judge('personio', { id: '1' })).toBe('repeated');
});

test('one that was sent ahead of our clock is known for as long as it would be taken', async () => {
  const clock = new FakeClock(start);
  const seen = new SeenWebhooks(clock);
  const ahead = { id: '1', sentAt: start + 5 * minute };
  expect(seen.judge('bamboohr', ahead)).toBe('new');
  await clock.advance(10 * minute - 1);
  expect(seen.judge('bamboohr', ahead)).toBe('repeated');
  await clock.advance(2);
  expect(seen.judge('bamboohr', ahead)).toBe('stale');
});

const patient = (id: string) => ({ id, sentAt: start, withinMs: 2_880 * minute });

test('a system that tries for two days is heard for two days, and once', async () => {
  const clock = new FakeClock(start);
  const seen = new SeenWebhooks(clock);
  await clock.advance(2_800 * minute);
  expect(seen.judge('apideck', patient('1'))).toBe('new');
  await clock.advance(80 * minute);
  expect(seen.judge('apideck', patient('1'))).toBe('repeated');
  await clock.advance(1);
  expect(seen.judge('apideck', patient('2'))).toBe('stale');
  expect(seen.judge('apideck', { ...patient('3'), sentAt: clock.now() + 6 * minute })).toBe('stale');
});

test('of ten thousand and one the oldest is forgotten', () => {
  const seen = new SeenWebhooks(new FakeClock(start));
  for (let id = 0; id <= 10_000; id += 1) seen.judge('merge', { id: String(id) });
  expect(seen.judge('merge', { id: '1' })).toBe('repeated');
  expect(seen.judge('merge', { id: '0' })).toBe('new');
});
