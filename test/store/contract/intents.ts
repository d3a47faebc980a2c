import { describe, expect, test } from 'vitest';
import { intent, leaseOf, link, noon, settled } from '../fixtures.ts';
import type { QueuedMail } from '../../../src/store/store.ts';
import type { OpenedStore } from '../fixtures.ts';

export function describeIntents(open: () => Promise<OpenedStore>): void {
  describe('intents', () => {
    test('are open after a restart until something is known of them, oldest first', async () => {
      const { store, clock, reopen } = await open();
      const lease = await leaseOf(store);
      clock.set(noon + 10);
      await store.recordIntents('r1', 'staff', 'lms', [intent('k1', 'p1')], lease);
      clock.set(noon + 5);
      await store.recordIntents('r2', 'interns', 'lms', [intent('k3', 'p3'), intent('k2', 'p2')], lease);
      await store.recordIntents('r3', 'staff', 'crm', [intent('k4', 'p4')], lease);
      const again = await reopen();
      expect(await again.openIntents('lms')).toEqual([
        { run: 'r2', sync: 'interns', intent: intent('k2', 'p2'), recordedAt: noon + 5, outcome: null },
        { run: 'r2', sync: 'interns', intent: intent('k3', 'p3'), recordedAt: noon + 5, outcome: null },
        { run: 'r1', sync: 'staff', intent: intent('k1', 'p1'), recordedAt: noon + 10, outcome: null },
      ]);
    });

    test.each(['applied', 'delivered', 'rejected', 'not-sent'] as const)(
      'what is %s is open no more',
      async (outcome) => {
        const { store } = await open();
        const lease = await leaseOf(store);
        await store.recordIntents('r', 'staff', 'lms', [intent('k1', 'p1'), intent('k2', 'p2')], lease);
        await store.settle([settled('k1', outcome)], lease);
        expect((await store.openIntents('lms')).map((one) => one.intent.key)).toEqual(['k2']);
      },
    );

    test('what is unknown stays open, and says so, until it is known', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.recordIntents('r', 'staff', 'lms', [intent('k1', 'p1')], lease);
      await store.settle([settled('k1', 'unknown')], lease);
      expect(await store.openIntents('lms')).toMatchObject([{ outcome: 'unknown' }]);
      await store.settle([settled('k1', 'applied')], lease);
      expect(await store.openIntents('lms')).toEqual([]);
    });

    test('what was not found and may arrive late is open as if nothing were known, and counts no more', async () => {
      const { store, reopen } = await open();
      const lease = await leaseOf(store);
      const window = { kind: 'sync', sync: 'staff' } as const;
      await store.recordIntents('r', 'staff', 'lms', [intent('k1', 'p1'), intent('k2', 'p2')], lease);
      const counts = [{ class: 'create', personId: 'p1' } as const];
      await store.settle([settled('k1', 'unknown', { counts })], lease);
      const late = { ...settled('k1', 'not-sent'), mayArrive: true } as const;
      await store.settle([late, settled('k2', 'not-sent')], lease);
      const again = await reopen();
      expect(await again.openIntents('lms')).toMatchObject([{ intent: { key: 'k1' }, outcome: null }]);
      expect(await again.windowCounts(window, 0)).toEqual([]);
      await again.settle([settled('k1', 'applied', { counts })], lease);
      expect(await again.openIntents('lms')).toEqual([]);
      expect(await again.windowCounts(window, 0)).toHaveLength(1);
    });
  });

  describe('outcomes', () => {
    test('are saved with the link and the counts', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.recordIntents('r', 'staff', 'lms', [intent('k1', 'p1')], lease);
      const create = { class: 'create', personId: 'p1' } as const;
      const one = settled('k1', 'applied', { link: link('p1', 'a1'), counts: [create] });
      expect(await store.settle([one], lease)).toEqual([]);
      expect(await store.links('staff')).toEqual([link('p1', 'a1')]);
      expect(await store.windowCounts({ kind: 'sync', sync: 'staff' }, 0)).toHaveLength(1);
    });

    test("a link to somebody else's account is not kept; its outcome and all that is the others' are", async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveLinks([link('p1', 'a1', { sync: 'interns' })], lease);
      const keys = ['k2', 'k3', 'k4'];
      await store.recordIntents(
        'r',
        'staff',
        'lms',
        keys.map((key) => intent(key, key)),
        lease,
      );
      const refused = await store.settle(
        [
          settled('k2', 'applied', {
            link: link('p2', 'a1'),
            counts: [{ class: 'create', personId: 'p2' }],
            mail: mail('welcome-k2'),
          }),
          settled('k3', 'applied', { link: link('p3', 'a3'), mail: mail('welcome-k3') }),
          settled('k4', 'applied', { link: link('p4', 'a3') }),
        ],
        lease,
      );
      expect(refused).toEqual([
        { key: 'k2', owner: { sync: 'interns', personId: 'p1' } },
        { key: 'k4', owner: { sync: 'staff', personId: 'p3' } },
      ]);
      expect(await store.openIntents('lms')).toEqual([]);
      expect(await store.links('staff')).toEqual([link('p3', 'a3')]);
      expect((await store.waitingMail(noon)).map(({ id }) => id)).toEqual(['welcome-k3']);
      expect(await store.links('interns')).toEqual([link('p1', 'a1', { sync: 'interns' })]);
      expect(await store.windowCounts({ kind: 'sync', sync: 'staff' }, 0)).toHaveLength(1);
    });

    test('who is refused gives up nothing: the next in the chain is refused as well', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveLinks([link('p1', 'a1'), link('p2', 'a2')], lease);
      await store.recordIntents('r', 'staff', 'lms', [intent('k2', 'p2'), intent('k3', 'p3')], lease);
      const refused = await store.settle(
        [
          settled('k2', 'applied', { link: link('p2', 'a1') }),
          settled('k3', 'applied', { link: link('p3', 'a2') }),
        ],
        lease,
      );
      expect(refused.map(({ key }) => key)).toEqual(['k2', 'k3']);
      expect(await store.links('staff')).toEqual([link('p1', 'a1'), link('p2', 'a2')]);
    });

    test('an intent that was unknown and then applied counts once', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      const counts = [
        { class: 'update', personId: 'p1' },
        { class: 'clear', attribute: 'phone', personId: 'p1' },
        { class: 'clear', attribute: 'city', personId: 'p1' },
      ] as const;
      await store.recordIntents('r', 'staff', 'lms', [intent('k1', 'p1')], lease);
      await store.settle([settled('k1', 'unknown', { counts })], lease);
      await store.settle([settled('k1', 'applied', { at: noon + 9, counts })], lease);
      const counted = await store.windowCounts({ kind: 'target', target: 'lms' }, 0);
      expect(counted.map((one) => [one.class, one.attribute, one.count])).toEqual([
        ['clear', 'city', 1],
        ['clear', 'phone', 1],
        ['update', null, 1],
      ]);
    });

    test.each(['rejected', 'not-sent'] as const)(
      'an intent that was unknown and then %s counts no more',
      async (outcome) => {
        const { store } = await open();
        const lease = await leaseOf(store);
        const counts = [{ class: 'leave', personId: 'p1' }] as const;
        await store.recordIntents('r', 'staff', 'lms', [intent('k1', 'p1')], lease);
        await store.settle([settled('k1', 'unknown', { counts })], lease);
        await store.settle([settled('k1', outcome)], lease);
        expect(await store.windowCounts({ kind: 'installation' }, 0)).toEqual([]);
      },
    );

    test('thousands are settled in one call', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      const keys = Array.from({ length: 1_203 }, (_, index) => `k${index}`);
      const intents = keys.map((key) => intent(key, `person of ${key}`));
      await store.recordIntents('r', 'staff', 'lms', intents, lease);
      await store.settle(
        keys.map((key) =>
          settled(key, 'applied', {
            link: link(`person of ${key}`, `account of ${key}`),
            counts: [{ class: 'create', personId: `person of ${key}` }],
          }),
        ),
        lease,
      );
      expect(await store.openIntents('lms')).toEqual([]);
      expect(await store.links('staff')).toHaveLength(keys.length);
      expect(await store.windowCounts({ kind: 'installation' }, 0)).toMatchObject([{ count: keys.length }]);
    });
  });
}

function mail(id: string): QueuedMail {
  return { id, to: ['p@example.com'], subject: 'Welcome', text: 'Hello', queuedAt: noon };
}
