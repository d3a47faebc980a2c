import { describe, expect, test } from 'vitest';
import { leaseOf, link, noon } from '../fixtures.ts';
import type { OpenedStore } from '../fixtures.ts';

export function describeFormerValues(open: () => Promise<OpenedStore>): void {
  describe('former values', () => {
    const email = { attribute: 'email', hash: 'h1', personId: 'ada' };

    test('are known by target, each until the last moment that it was theirs', async () => {
      const { store, reopen } = await open();
      const lease = await leaseOf(store);
      const login = { attribute: 'login', hash: 'h2', personId: 'ada' };
      await store.saveFormerValues('lms', 'hr', [login, email, email], noon, lease);
      await store.saveFormerValues('lms', 'crm', [email], noon + 1, lease);
      await store.saveFormerValues('wiki', 'hr', [email], noon, lease);
      await store.saveFormerValues('lms', 'hr', [email], noon + 2, lease);
      const again = await reopen();
      expect(await again.formerValues('lms', 0)).toEqual([
        { ...email, source: 'crm', at: noon + 1 },
        { ...email, source: 'hr', at: noon + 2 },
        { ...login, source: 'hr', at: noon },
      ]);
    });

    test('are none of the quarantine once they are as old as it', async () => {
      const { store } = await open();
      await store.saveFormerValues('lms', 'hr', [email], noon, await leaseOf(store));
      expect(await store.formerValues('lms', noon - 1)).toHaveLength(1);
      expect(await store.formerValues('lms', noon)).toEqual([]);
    });
  });

  describe('links that change together', () => {
    test('go from one sync to another, and others are forgotten, in one go', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      const left = link('p3', 'a3', { state: 'tombstone', ended: 'left', endedAt: noon });
      await store.saveLinks([link('p1', 'a1'), link('p2', 'a2'), left], lease);
      const taken = link('p1', 'a1', { sync: 'people', linkedAt: noon });
      const forget = ['p1', 'p3'].map((personId) => ({ sync: 'staff', personId }));
      await store.changeLinks(forget, [taken], lease);
      expect(await store.links('staff')).toEqual([link('p2', 'a2')]);
      expect(await store.links('people')).toEqual([taken]);
    });

    test('stay as they were where one of them cannot be saved', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveLinks([link('p1', 'a1'), link('p2', 'a2')], lease);
      const forget = [{ sync: 'staff', personId: 'p1' }];
      const change = store.changeLinks(forget, [link('p1', 'a2', { sync: 'people' })], lease);
      await expect(change).rejects.toMatchObject({ reason: 'AccountTaken' });
      expect(await store.links('staff')).toHaveLength(2);
    });
  });
}
