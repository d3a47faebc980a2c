import { describe, expect, test } from 'vitest';
import { leaseOf, noon } from '../fixtures.ts';
import type { OpenedStore } from '../fixtures.ts';
import type { WindowLevel } from '../../../src/store/store.ts';

export function describeWindows(open: () => Promise<OpenedStore>): void {
  describe('windows', () => {
    test('count by class, attribute and moment, of a sync, a target or everything', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.recordCounts('staff', 'lms', [remove('p1'), remove('p2')], noon, lease);
      await store.recordCounts('staff', 'lms', [remove('p3')], noon + 1, lease);
      await store.recordCounts(
        'interns',
        'lms',
        [{ class: 'clear', attribute: 'city', personId: 'p4' }],
        noon,
        lease,
      );
      await store.recordCounts('staff-crm', 'crm', [remove('p1')], noon, lease);
      expect(await store.windowCounts({ kind: 'sync', sync: 'staff' }, noon - 1)).toEqual([
        { class: 'remove', attribute: null, at: noon, count: 2 },
        { class: 'remove', attribute: null, at: noon + 1, count: 1 },
      ]);
      expect(await store.windowCounts({ kind: 'target', target: 'lms' }, noon - 1)).toEqual([
        { class: 'clear', attribute: 'city', at: noon, count: 1 },
        { class: 'remove', attribute: null, at: noon, count: 2 },
        { class: 'remove', attribute: null, at: noon + 1, count: 1 },
      ]);
      expect(await store.windowCounts({ kind: 'installation' }, noon)).toEqual([
        { class: 'remove', attribute: null, at: noon + 1, count: 1 },
      ]);
      expect(await store.windowCounts({ kind: 'installation' }, noon - 1)).toContainEqual({
        class: 'remove',
        attribute: null,
        at: noon,
        count: 3,
      });
    });

    test('of people are apart from those of courses and enrolments', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.recordCounts('staff', 'lms', [remove('p1')], noon, lease);
      await store.recordCounts('learning', 'lms/enrollment', [remove('p1/c1'), remove('p1/c2')], noon, lease);
      await store.recordPopulation('staff', 'lms', 10, noon, lease);
      await store.recordPopulation('learning', 'lms/enrollment', 5_000, noon, lease);
      const counted = async (level: WindowLevel) =>
        (await store.windowCounts(level, 0)).reduce((sum, { count }) => sum + count, 0);

      expect(await counted({ kind: 'target', target: 'lms' })).toBe(1);
      expect(await counted({ kind: 'target', target: 'lms/enrollment' })).toBe(2);
      expect(await counted({ kind: 'installation', entity: 'person' })).toBe(1);
      expect(await counted({ kind: 'installation', entity: 'enrollment' })).toBe(2);
      expect(await counted({ kind: 'installation', entity: 'course' })).toBe(0);
      expect(await store.largestPopulation({ kind: 'installation', entity: 'person' }, 0)).toBe(10);
      expect(await store.largestPopulation({ kind: 'target', target: 'lms' }, 0)).toBe(10);
    });

    test('nobody counted is no count', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.recordCounts('staff', 'lms', [], noon, lease);
      expect(await store.windowCounts({ kind: 'installation' }, 0)).toEqual([]);
    });
  });

  describe('the population', () => {
    test('is the largest since then; of a target the sum over its syncs', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.recordPopulation('staff', 'lms', 100, noon, lease);
      await store.recordPopulation('staff', 'lms', 40, noon + 10, lease);
      await store.recordPopulation('interns', 'lms', 7, noon + 10, lease);
      await store.recordPopulation('staff-crm', 'crm', 1_000, noon + 10, lease);
      expect(await store.largestPopulation({ kind: 'sync', sync: 'staff' }, noon)).toBe(100);
      expect(await store.largestPopulation({ kind: 'sync', sync: 'staff' }, noon + 1)).toBe(40);
      expect(await store.largestPopulation({ kind: 'target', target: 'lms' }, noon)).toBe(107);
      expect(await store.largestPopulation({ kind: 'installation' }, noon)).toBe(1_107);
    });

    test('is 0 where none was recorded', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.recordPopulation('staff', 'lms', 100, noon, lease);
      expect(await store.largestPopulation({ kind: 'sync', sync: 'staff' }, noon + 1)).toBe(0);
      expect(await store.largestPopulation({ kind: 'sync', sync: 'nobody' }, 0)).toBe(0);
    });

    test('of the same size again counts from its last moment, also when told late', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.recordPopulation('staff', 'lms', 100, noon, lease);
      await store.recordPopulation('staff', 'lms', 100, noon + 10, lease);
      await store.recordPopulation('staff', 'lms', 100, noon + 5, lease);
      expect(await store.largestPopulation({ kind: 'sync', sync: 'staff' }, noon + 10)).toBe(100);
    });
  });
}

function remove(personId: string) {
  return { class: 'remove', personId } as const;
}
