import { describe, expect, test } from 'vitest';
import { intent, leaseOf, noon, person, run, testSealer } from '../fixtures.ts';
import type { OpenedStore } from '../fixtures.ts';

export function describeSealing(open: () => Promise<OpenedStore>): void {
  describe('sealed rows', () => {
    test('of an older key open while that key is at hand', async () => {
      const { store, reopen } = await open();
      await store.beginRun(run('r1'));
      await store.recordPeople('r1', [person('p1')]);
      const again = await reopen(testSealer('k2', 9, [{ keyId: 'k1', key: new Uint8Array(32).fill(7) }]));
      await again.recordPeople('r1', [person('p2')]);
      expect(await again.people('r1')).toEqual([person('p1'), person('p2')]);
    });

    test('of a key that is not at hand stop the pass, and the key is named', async () => {
      const { store, reopen } = await open();
      await store.recordIntents('r1', 'staff', 'lms', [intent('k', 'p1')], await leaseOf(store));
      await store.queueMail({ id: 'm', to: [], subject: '', text: '', queuedAt: noon });
      const again = await reopen(testSealer('k2', 9));
      for (const opened of [again.openIntents('lms'), again.waitingMail(noon)]) {
        await expect(opened).rejects.toMatchObject({ name: 'Stalled', reason: 'SealingKeyMissing' });
        await expect(opened).rejects.toThrow('"k1"');
      }
    });

    test('are not added to with a mistyped key under the same id', async () => {
      const { reopen } = await open();
      await expect(reopen(testSealer('k1', 8))).rejects.toMatchObject({
        name: 'Stalled',
        reason: 'SealingKeyWrong',
      });
    });
  });
}
