import { beforeEach, expect, test } from 'vitest';
import { DueMoments } from '../../src/daemon/due-moments.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { FakeClock } from '../fake-clock.ts';
import { specsOf, syncNamed } from './invented.ts';
import { MemoryStore } from './memory-store.ts';
import { hour, minute, start } from './rig.ts';

const specs = specsOf('r1', [syncNamed('staff')]);
let clock: FakeClock;
let store: MemoryStore;
let moments: DueMoments;

beforeEach(() => {
  clock = new FakeClock(start);
  store = new MemoryStore();
  const telemetry = { log: createLogger({ level: 'silent' }), metrics: createMetrics() };
  moments = new DueMoments({ store, clock, telemetry });
});

const taken = async (now: number) => [...((await moments.take(specs, now)).get('staff') ?? [])];
const due = (...list: readonly (readonly [personId: string, at: number])[]) =>
  store.dues.set(
    'staff',
    list.map(([personId, at]) => ({ personId, at, kind: 'disable' as const })),
  );

test('what a clock that was ahead took does not keep later moments from waking', async () => {
  due(['ada', start + 365 * 24 * hour]);
  expect(await taken(start + 366 * 24 * hour)).toEqual(['ada']);
  due(['bob', start + hour]);
  await clock.advance(2 * minute);
  expect(await taken(start)).toEqual([]);
  await clock.advance(2 * minute);
  expect(await taken(start + hour)).toEqual(['bob']);
});

test('after a pass its new list is asked for at once', async () => {
  due(['ada', start + hour]);
  expect(await taken(start)).toEqual([]);
  due(['bob', start - 1]);
  expect(await taken(start), 'until a minute has passed the list that is known').toEqual([]);
  moments.changed('staff');
  expect(await taken(start)).toEqual(['bob']);
});
