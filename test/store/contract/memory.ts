import { describe, expect, test } from 'vitest';
import type { QueuedMail, SyncState } from '../../../src/store/store.ts';
import { leaseOf, noon } from '../fixtures.ts';
import type { OpenedStore } from '../fixtures.ts';

export function describeMemory(open: () => Promise<OpenedStore>): void {
  describe('the state of a sync', () => {
    test('is that of a sync that never ran, until it did', async () => {
      const { store } = await open();
      expect(await store.syncState('staff')).toEqual(fresh);
    });

    test('keeps what is not told anew, also over a restart', async () => {
      const { store, reopen } = await open();
      const conditions = [
        { type: 'Ready', status: true, reason: 'Settled', message: 'all done', since: noon },
      ] as const;
      await store.saveSyncState('staff', { activatedAt: noon, failures: 2, conditions });
      await store.saveSyncState('staff', { firstPassDone: true }, await leaseOf(store));
      await store.saveSyncState('staff', { appliedRevision: 'abc', failures: 0 });
      await store.saveSyncState('staff', { activatedAt: null });
      await store.saveSyncState('staff', {});
      const again = await reopen();
      expect(await again.syncState('staff')).toEqual({
        ...fresh,
        firstPassDone: true,
        conditions,
        appliedRevision: 'abc',
      });
      expect(await again.syncState('interns')).toEqual(fresh);
    });
  });

  describe('what names were seen to mean', () => {
    test('the remote account of a connection is the one that was told last, also after a restart', async () => {
      const { store, reopen } = await open();
      const lease = await leaseOf(store);
      expect(await store.remoteAccount('lms')).toBeUndefined();
      await store.saveRemoteAccount('lms', 'acme.example.com', lease);
      await store.saveRemoteAccount('wiki', 'wiki.example.com', lease);
      await store.saveRemoteAccount('lms', 'umbrella.example.com', lease);
      await store.expire(noon * 2);
      const again = await reopen();
      expect(await again.remoteAccount('lms')).toBe('umbrella.example.com');
      expect(await again.remoteAccount('wiki')).toBe('wiki.example.com');
    });

    test('the source of a sync stays whatever else is kept of it', async () => {
      const { store, reopen } = await open();
      await store.saveSyncState('staff', { source: 'hr' }, await leaseOf(store));
      await store.saveSyncState('staff', { failures: 1 });
      expect(await (await reopen()).syncState('staff')).toEqual({ ...fresh, source: 'hr', failures: 1 });
    });
  });

  describe('fill rates', () => {
    test('are the median of the last ten readings, attribute by attribute', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      expect(await store.fillRates('hr')).toEqual(new Map());
      for (let reading = 0; reading < 14; reading += 1) {
        const rates = new Map([['email', reading < 4 ? 0 : reading / 100]]);
        if (reading > 10) rates.set('phone', 0.5);
        await store.recordFillRates('hr', rates, noon + reading, lease);
      }
      await store.recordFillRates('lms', new Map([['email', 1]]), noon, lease);
      const median = await store.fillRates('hr');
      expect(median.get('email')).toBeCloseTo(0.085);
      expect(median.get('phone')).toBe(0.5);
    });
  });

  describe('details', () => {
    test('are recalled under exactly the version that they had', async () => {
      const { store } = await open();
      const hr = store.details('hr');
      await hr.remember([
        { id: 'p1', version: '1', data: { born: '1815-12-10' }, readAt: noon },
        { id: 'p2', version: '1', data: ['b'], readAt: noon },
        { id: 'p3', version: '1', data: null, readAt: noon },
      ]);
      await hr.remember([{ id: 'p1', version: '2', data: 'newer', readAt: noon + 1 }]);
      await store.details('lms').remember([{ id: 'p4', version: '1', data: 'x', readAt: noon }]);
      const wanted = [
        { id: 'p1', version: '1' },
        { id: 'p2', version: '1' },
        { id: 'p3', version: '1' },
        { id: 'p4', version: '1' },
      ];
      expect([...(await hr.recall(wanted))]).toEqual([
        ['p2', { data: ['b'], readAt: noon }],
        ['p3', { data: null, readAt: noon }],
      ]);
      expect(await hr.recall([{ id: 'p1', version: '2' }])).toEqual(
        new Map([['p1', { data: 'newer', readAt: noon + 1 }]]),
      );
      await hr.forget(['p2', 'p9']);
      expect((await hr.recall(wanted)).size).toBe(1);
    });

    test('of thousands are recalled in one call', async () => {
      const { store } = await open();
      const many = Array.from({ length: 1_201 }, (_, index) => ({
        id: `p${index}`,
        version: 'v',
        data: index,
        readAt: noon,
      }));
      await store.details('hr').remember(many);
      expect((await store.details('hr').recall(many)).size).toBe(1_201);
      await store.details('hr').forget(many.map((one) => one.id));
      expect((await store.details('hr').recall(many)).size).toBe(0);
    });
  });

  describe('alerts and mails', () => {
    test('an alert is kept under its key in its last state', async () => {
      const { store } = await open();
      await store.saveAlert({ key: 'b', state: 'firing', since: noon, notifiedAt: null });
      await store.saveAlert({ key: 'a', state: 'firing', since: noon, notifiedAt: noon });
      await store.saveAlert({ key: 'b', state: 'resolved', since: noon + 1, notifiedAt: noon + 2 });
      expect(await store.alerts()).toEqual([
        { key: 'a', state: 'firing', since: noon, notifiedAt: noon },
        { key: 'b', state: 'resolved', since: noon + 1, notifiedAt: noon + 2 },
      ]);
    });

    test('a mail is taken by one of all who try, and by another when that one did not hand it over', async () => {
      const { store, reopen } = await open();
      await store.queueMail(mail('m1', noon));
      const takers = await Promise.all([1, 2].map(() => store.takeMail('m1', noon, noon + 100)));
      expect(takers.filter((taken) => taken)).toHaveLength(1);
      const other = await reopen();
      expect(await other.waitingMail(noon + 99)).toEqual([]);
      expect(await other.takeMail('m1', noon + 99, noon + 200)).toBe(false);
      expect(await other.waitingMail(noon + 100)).toEqual([{ ...mail('m1', noon), attempts: 0 }]);
      expect(await other.takeMail('m1', noon + 100, noon + 200)).toBe(true);
      await other.mailSent('m1');
      expect(await other.takeMail('m1', noon + 300, noon + 400)).toBe(false);
    });

    test('a mail waits until it is sent, and after a failure until its time has come', async () => {
      const { store, reopen } = await open();
      await store.queueMail(mail('m2', noon + 1));
      await store.queueMail(mail('m1', noon));
      await store.queueMail(mail('m1', noon + 5));
      await store.mailFailed('m1', noon + 100);
      const again = await reopen();
      expect(await again.waitingMail(noon)).toEqual([]);
      expect(await again.waitingMail(noon + 99)).toEqual([{ ...mail('m2', noon + 1), attempts: 0 }]);
      await again.mailSent('m2');
      expect(await again.waitingMail(noon + 100)).toEqual([{ ...mail('m1', noon), attempts: 1 }]);
    });
  });
}

const fresh: SyncState = {
  firstPassDone: false,
  source: null,
  activatedAt: null,
  lastOccurrence: null,
  observedRevision: null,
  attemptedRevision: null,
  appliedRevision: null,
  lookedAt: null,
  lastSuccess: null,
  failures: 0,
  conditions: [],
};

function mail(id: string, queuedAt: number): QueuedMail {
  return { id, to: ['ops@example.com'], subject: 'Held', text: 'Two people', queuedAt };
}
