import { describe, expect, test } from 'vitest';
import type { StandIn } from '../../../src/model/stand-in.ts';
import { leaseOf, noon } from '../fixtures.ts';
import type { OpenedStore } from '../fixtures.ts';

const waiting = (sync: string, accountId: string, more: Partial<StandIn> = {}): StandIn => ({
  sync,
  accountId,
  personId: `${sync}-${accountId}`,
  starts: null,
  seenAt: noon,
  ...more,
});

export function describeStandIns(open: () => Promise<OpenedStore>): void {
  describe('people who wait for an account', () => {
    test('are those of the latest reading of their sync, and of this target', async () => {
      const { store, reopen } = await open();
      const lease = await leaseOf(store);
      await store.saveStandIns('paris', 'lms', [waiting('paris', 'a1'), waiting('paris', 'a2')], lease);
      await store.saveStandIns('rome', 'lms', [waiting('rome', 'a1', { starts: '2027-02-01' })], lease);
      await store.saveStandIns('paris', 'crm', [waiting('paris', 'a9')], lease);
      const later = waiting('paris', 'a2', { seenAt: noon + 5 });
      await store.saveStandIns('paris', 'lms', [later], lease);
      const again = await reopen();
      expect(await again.standIns('lms')).toEqual([later, waiting('rome', 'a1', { starts: '2027-02-01' })]);
    });

    test('may be added to by another sync, until their own says anew who waits', async () => {
      const { store, reopen } = await open();
      const lease = await leaseOf(store);
      await store.saveStandIns('paris', 'lms', [waiting('paris', 'a1')], lease);
      await store.addStandIns(
        'lms',
        [waiting('paris', 'a1', { seenAt: noon + 1 }), waiting('paris', 'a2')],
        lease,
      );
      const again = await reopen();
      expect(await again.standIns('lms')).toEqual([
        waiting('paris', 'a1', { seenAt: noon + 1 }),
        waiting('paris', 'a2'),
      ]);
    });

    test('are not told by a pass that another has taken over from', async () => {
      const { store } = await open();
      const old = await leaseOf(store);
      await store.releaseLease(old);
      await leaseOf(store, 'two');
      await expect(store.saveStandIns('paris', 'lms', [waiting('paris', 'a1')], old)).rejects.toMatchObject({
        reason: 'LeaseLost',
      });
      expect(await store.standIns('lms')).toEqual([]);
    });
  });
}
