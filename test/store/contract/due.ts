import { describe, expect, test } from 'vitest';
import type { Due } from '../../../src/store/due.ts';
import { leaseOf, noon } from '../fixtures.ts';
import type { OpenedStore } from '../fixtures.ts';

export function describeDue(open: () => Promise<OpenedStore>): void {
  describe('due moments', () => {
    test('are kept by sync in order of time, also over a restart, and told from one moment to another', async () => {
      const { store, reopen } = await open();
      const lease = await leaseOf(store);
      await store.saveDue('staff', [due('p2', 2), due('p1', 2), due('p1', 1, 'create')], lease);
      await store.saveDue('interns', [due('p3', 3)], lease);
      const again = await reopen();
      expect(await again.due('staff', noon, noon + 9)).toEqual([
        due('p1', 1, 'create'),
        due('p1', 2),
        due('p2', 2),
      ]);
      expect(await again.due('staff', noon + 1, noon + 1)).toEqual([]);
      expect(await again.due('staff', noon + 1, noon + 2)).toEqual([due('p1', 2), due('p2', 2)]);
      expect(await again.nextDue('staff', noon + 1)).toBe(noon + 2);
      expect(await again.nextDue('staff', noon + 2)).toBeUndefined();
    });

    test('are replaced by the next pass: those of everybody, or those of a few people alone', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveDue('staff', [due('p1', 1), due('p2', 2), due('p2', 5)], lease);
      await store.saveDue('staff', [due('p2', 2), due('p2', 7)], lease, new Set(['p2', 'p9']));
      expect(await store.due('staff', noon, noon + 9)).toEqual([due('p1', 1), due('p2', 2), due('p2', 7)]);
      await store.saveDue('staff', [], lease, new Set(['p1']));
      expect(await store.nextDue('staff', noon)).toBe(noon + 2);
      await store.saveDue('staff', [due('p3', 3)], lease);
      expect(await store.due('staff', noon, noon + 9)).toEqual([due('p3', 3)]);
    });
  });
}

function due(personId: string, at: number, kind: Due['kind'] = 'disable'): Due {
  return { personId, at: noon + at, kind };
}
