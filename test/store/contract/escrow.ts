import { describe, expect, test } from 'vitest';
import type { Escrow } from '../../../src/store/store.ts';
import { intent, leaseOf, noon, settled } from '../fixtures.ts';
import type { OpenedStore } from '../fixtures.ts';

export function describeEscrow(open: () => Promise<OpenedStore>): void {
  describe('escrow', () => {
    test('is kept with the refusal, change by change and sync by sync, also over a restart', async () => {
      const { store, reopen } = await open();
      const lease = await leaseOf(store);
      const intents = ['k1', 'k2', 'k3', 'k4'].map((key) => intent(key, key));
      await store.recordIntents('r', 'staff', 'lms', intents, lease);
      await store.settle(
        [
          settled('k1', 'rejected', { escrow: entry('update/p2', 'p2') }),
          settled('k2', 'rejected', { escrow: entry('update/p1/references', 'p1') }),
          settled('k3', 'rejected', { escrow: entry('create/p1', 'p1') }),
          settled('k4', 'rejected', { sync: 'interns', escrow: entry('create/p1', 'p1') }),
        ],
        lease,
      );
      const again = await reopen();
      expect(await again.escrow('staff')).toEqual([
        entry('create/p1', 'p1'),
        entry('update/p1/references', 'p1'),
        entry('update/p2', 'p2'),
      ]);
      expect(await again.escrow('interns')).toEqual([entry('create/p1', 'p1')]);
    });

    test('the next refusal takes the place of the one before, until it is cleared', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.recordIntents('r', 'staff', 'lms', [intent('k1', 'p1'), intent('k2', 'p1')], lease);
      await store.settle([settled('k1', 'rejected', { escrow: entry('create/p1', 'p1') })], lease);
      const worse = { ...entry('create/p1', 'p1'), attempts: 2, notBefore: noon + 5, fingerprint: 'f2' };
      await store.settle([settled('k2', 'rejected', { escrow: worse })], lease);
      expect(await store.escrow('staff')).toEqual([worse]);
      await store.clearEscrow('interns', ['create/p1'], lease);
      await store.clearEscrow('staff', ['create/p1', 'create/p9'], lease);
      expect(await store.escrow('staff')).toEqual([]);
    });
  });
}

function entry(change: string, personId: string): Escrow {
  return { change, personId, reason: 'Rejected', attempts: 1, fingerprint: 'f1', notBefore: noon };
}
