import { expect, test } from 'vitest';
import { leaseOf, noon } from '../store/fixtures.ts';
import { openTestStore } from '../store/sqlite/folder.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test('a lease of a clock that has gone back since keeps nobody waiting', async () => {
  const { store, clock } = await openTestStore();
  await store.acquireLease('t', 'one', minute);
  // Clocks of two machines differ by so much.
  clock.set(noon - 5 * minute);
  expect(await store.acquireLease('t', 'two', minute)).toBeUndefined();
  clock.set(noon - hour);
  expect(await store.acquireLease('t', 'two', minute)).toMatchObject({ holder: 'two', token: 2 });
  clock.set(0);
  expect(await store.acquireLease('t', 'three', minute)).toMatchObject({ holder: 'three', token: 3 });
});

test('a mail whose next try was set by a clock that ran ahead is tried again within a day', async () => {
  const { store } = await openTestStore();
  const mail = { to: ['a@example.com'], subject: 'held', text: 'two people', queuedAt: noon };
  await store.queueMail({ id: 'm1', ...mail });
  await store.mailFailed('m1', noon + 6 * hour);
  expect(await store.waitingMail(noon)).toEqual([]);
  expect(await store.waitingMail(noon - 10 * day)).toHaveLength(1);
  expect(await store.waitingMail(0)).toHaveLength(1);
});

test('what a clock that ran ahead has counted counts for one window more, not for years', async () => {
  const { store, clock } = await openTestStore();
  const lease = await leaseOf(store);
  const run = {
    id: 'r1',
    sync: 'staff',
    target: 'lms',
    revision: 'r',
    trigger: 'schedule',
    startedAt: noon,
  } as const;
  await store.beginRun(run);
  const inYears = noon + 1_500 * day;
  await store.recordCounts('staff', 'lms', [{ class: 'leave', personId: 'p1' }], inYears, lease);
  await store.recordPopulation('staff', 'lms', 9_000, inYears, lease);
  clock.set(noon + hour);
  const level = { kind: 'sync', sync: 'staff' } as const;
  expect(await store.windowCounts(level, noon)).toMatchObject([{ count: 1, at: inYears }]);

  await store.expire(noon - 30 * day);
  expect(await store.windowCounts(level, noon)).toMatchObject([{ count: 1, at: noon + hour }]);
  expect(await store.windowCounts(level, noon + hour)).toEqual([]);
  expect(await store.largestPopulation(level, noon)).toBe(9_000);
  expect(await store.largestPopulation(level, noon + hour + 1)).toBe(0);
});

test('a machine that begins in 1970 does not take what was counted for misdated', async () => {
  const { store, clock } = await openTestStore();
  const lease = await leaseOf(store);
  await store.beginRun({
    id: 'r1',
    sync: 'staff',
    target: 'lms',
    revision: 'r',
    trigger: 'schedule',
    startedAt: noon,
  });
  await store.recordCounts('staff', 'lms', [{ class: 'leave', personId: 'p1' }], noon, lease);
  clock.set(1_000);
  await store.expire(1_000 - 30 * day);
  const level = { kind: 'sync', sync: 'staff' } as const;
  expect(await store.windowCounts(level, 0)).toMatchObject([{ count: 1, at: noon }]);
});
