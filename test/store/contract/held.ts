import { describe, expect, test } from 'vitest';
import type { HeldItem } from '../../../src/model/hold.ts';
import { change, heldSet, leaseOf, noon } from '../fixtures.ts';
import type { OpenedStore } from '../fixtures.ts';

export function describeHeld(open: () => Promise<OpenedStore>): void {
  describe('held sets', () => {
    test('come back whole, by sync and by digest, also after a restart', async () => {
      const { store, reopen } = await open();
      const lease = await leaseOf(store);
      const set = heldSet('d1', [ada, grace]);
      await store.saveHeld(set, noon, lease);
      const again = await reopen();
      const stored = { set, since: noon, state: 'open', done: new Set() };
      expect(await again.held('staff')).toEqual(stored);
      expect(await again.heldByDigest('d1')).toEqual(stored);
      expect(await again.held('interns')).toBeUndefined();
      expect(await again.heldByDigest('d2')).toBeUndefined();
    });

    test('the same set again keeps its age', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveHeld(heldSet('d1', [ada]), noon, lease);
      await store.saveHeld(heldSet('d1', [ada]), noon + 10, lease);
      expect(await store.held('staff')).toMatchObject({ since: noon, state: 'open' });
    });

    test('another set supersedes it; an approval may still name the older one', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveHeld(heldSet('d1', [ada, grace]), noon, lease);
      await store.saveHeld(heldSet('d2', [ada]), noon + 10, lease);
      expect(await store.held('staff')).toMatchObject({ set: { digest: 'd2' }, since: noon + 10 });
      expect(await store.heldByDigest('d1')).toMatchObject({
        state: 'superseded',
        set: { items: [ada, grace] },
      });
    });

    test('an empty set leaves nothing held', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveHeld(heldSet('d1', [ada]), noon, lease);
      await store.saveHeld(heldSet('', []), noon + 10, lease);
      expect(await store.held('staff')).toBeUndefined();
      expect(await store.heldByDigest('d1')).toMatchObject({ state: 'superseded' });
      expect(await store.heldByDigest('')).toBeUndefined();
    });

    test('a superseded set that is held again is open again, its age counted anew', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveHeld(heldSet('d1', [ada]), noon, lease);
      await store.saveHeld(heldSet('', []), noon + 10, lease);
      await store.saveHeld(heldSet('d1', [ada]), noon + 20, lease);
      expect(await store.held('staff')).toMatchObject({ state: 'open', since: noon + 20 });
    });

    test('is used up when each member was applied or fell away, and not before', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveHeld(heldSet('d1', [ada, grace, gracesPhone]), noon, lease);
      await store.useHeld('d1', ['update/ada', 'update/somebody-else'], 'staff', lease);
      expect(await store.heldByDigest('d1')).toMatchObject({ state: 'open', done: new Set(['update/ada']) });
      await store.useHeld('d1', ['update/grace', 'update/ada'], 'staff', lease);
      expect(await store.heldByDigest('d1')).toMatchObject({ state: 'open' });
      await store.useHeld('d1', ['update/grace#phone'], 'staff', lease);
      expect(await store.heldByDigest('d1')).toMatchObject({ state: 'used' });
    });

    test('a set that was used up releases nothing a second time', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveHeld(heldSet('d1', [ada]), noon, lease);
      await store.useHeld('d1', ['update/ada'], 'staff', lease);
      await store.saveHeld(heldSet('', []), noon + 10, lease);
      await store.saveHeld(heldSet('d1', [ada]), noon + 20, lease);
      expect(await store.held('staff')).toMatchObject({ state: 'used', done: new Set(['update/ada']) });
    });

    test('two syncs that hold the same are told apart', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveHeld(heldSet('d1', [ada]), noon, lease);
      await store.saveHeld(heldSet('d1', [ada], 'interns'), noon + 10, lease);
      await store.useHeld('d1', ['update/ada'], 'staff', lease);
      expect(await store.heldByDigest('d1', 'staff')).toMatchObject({ state: 'used' });
      expect(await store.heldByDigest('d1', 'interns')).toMatchObject({ state: 'open' });
      expect(await store.heldByDigest('d1')).toMatchObject({ set: { sync: 'interns' } });
    });

    test('using a set that was never seen does nothing', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.useHeld('never', ['update/ada'], 'staff', lease);
      expect(await store.heldByDigest('never')).toBeUndefined();
    });
  });
}

const ada = item('update/ada', 'ada');
const grace = item('update/grace', 'grace');
const gracesPhone: HeldItem = { ...grace, attribute: 'phone' };

function item(id: string, personId: string): HeldItem {
  return {
    change: change(id, personId),
    reason: 'LimitReached',
    class: 'update',
    message: 'update: 2 planned, 1 allowed',
  };
}
