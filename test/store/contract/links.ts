import { describe, expect, test } from 'vitest';
import { leaseOf, link, noon } from '../fixtures.ts';
import type { OpenedStore } from '../fixtures.ts';

export function describeLinks(open: () => Promise<OpenedStore>): void {
  describe('links', () => {
    test('come back as they were saved, tombstones included, in order of person', async () => {
      const { store, reopen } = await open();
      const saved = [
        link('p3', 'a3', { writtenAt: null, applied: '', strays: 'email=2\nphone=1' }),
        link('p1', 'a1', { absentReads: 2, absentSince: noon - 5, missingReads: 1 }),
        link('p2', 'a2', { state: 'tombstone', ended: 'left', endedAt: noon - 1 }),
      ];
      await store.saveLinks(saved, await leaseOf(store));
      await store.saveLinks([link('p1', 'a9', { sync: 'other' })], await leaseOf(store));
      const again = await reopen();
      expect(await again.links('staff')).toEqual([saved[1], saved[2], saved[0]]);
    });

    test('a link whose account shows our values again carries no counts', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveLinks([link('p1', 'a1', { strays: 'email=2' })], lease);
      await store.saveLinks([link('p1', 'a1')], lease);
      expect(await store.links('staff')).toEqual([link('p1', 'a1')]);
    });

    test('a link saved again replaces the one before, also within one call', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveLinks([link('p1', 'a1')], lease);
      await store.saveLinks(
        [link('p1', 'a2', { mapping: 'm2' }), link('p1', 'a3', { mapping: 'm3' })],
        lease,
      );
      expect(await store.links('staff')).toEqual([link('p1', 'a3', { mapping: 'm3' })]);
    });

    test('a link remembers from which sync its account came, until it is saved without', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      const own = link('q1', 'a1', { sync: 'interns' });
      await store.saveLinks([link('p1', 'a2'), own], lease);
      const taken = link('q1', 'a2', { sync: 'interns', takenFrom: 'staff' });
      await store.saveLinks([taken], lease);
      expect(await store.links('interns')).toEqual([taken]);
      await store.saveLinks([link('q1', 'a2', { sync: 'interns' })], lease);
      expect(await store.links('interns')).toEqual([link('q1', 'a2', { sync: 'interns' })]);
    });

    test('more links than one page or batch holds all come back', async () => {
      const { store } = await open();
      const many = Array.from({ length: 12_001 }, (_, index) => link(`p${index}`, `a${index}`));
      await store.saveLinks(many, await leaseOf(store));
      const links = await store.links('staff');
      expect(links.map((one) => one.personId)).toEqual(many.map((one) => one.personId).toSorted());
      expect((await store.owners('lms')).size).toBe(many.length);
    });

    test('owners of a target are those of every sync, without tombstones and other targets', async () => {
      const { store } = await open();
      await store.saveLinks(
        [
          link('p1', 'a1'),
          link('p2', 'a2', { sync: 'interns' }),
          link('p3', 'a3', { state: 'tombstone' }),
          link('p4', 'a1', { sync: 'elsewhere', target: 'crm' }),
        ],
        await leaseOf(store),
      );
      expect([...(await store.owners('lms'))]).toEqual([
        ['a1', { sync: 'staff', personId: 'p1' }],
        ['a2', { sync: 'interns', personId: 'p2' }],
      ]);
    });
  });

  describe('an account', () => {
    test('is not linked to a second person, and the refusal names syncs and nobody', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveLinks([link('p1', 'a1')], lease);
      const taken = store.saveLinks([link('p7', 'a7'), link('p2', 'a1', { sync: 'interns' })], lease);
      await expect(taken).rejects.toMatchObject({ name: 'Stalled', reason: 'AccountTaken' });
      await expect(taken).rejects.toThrow(/^[^p]*"lms"[^]*"staff" and "interns"/);
      await expect(taken).rejects.not.toThrow(/p1|p2|a1/);
      expect(await store.links('staff')).toEqual([link('p1', 'a1')]);
      expect(await store.links('interns')).toEqual([]);
    });

    test('is not claimed twice in one call', async () => {
      const { store } = await open();
      const twice = store.saveLinks([link('p1', 'a1'), link('p2', 'a1')], await leaseOf(store));
      await expect(twice).rejects.toMatchObject({ name: 'Stalled', reason: 'AccountTaken' });
      expect(await store.links('staff')).toEqual([]);
    });

    test('is free for another once its link is a tombstone', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveLinks([link('p2', 'a1')], lease);
      const handedOver = [link('p1', 'a1'), link('p2', 'a1', { state: 'tombstone', ended: 'left' })];
      await store.saveLinks(handedOver, lease);
      expect(await store.links('staff')).toEqual(handedOver);
    });

    test('ends for the other sync in the step in which one with precedence takes it over', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveLinks([link('p1', 'a1'), link('p2', 'a2')], lease);
      const taken = link('q1', 'a1', { sync: 'interns', takenFrom: 'staff' });
      await store.saveLinks([taken], lease);
      expect(await store.links('interns')).toEqual([taken]);
      expect(await store.links('staff')).toEqual([
        link('p1', 'a1', { state: 'tombstone', ended: 'handedOver' }),
        link('p2', 'a2'),
      ]);
      expect(await store.owners('lms')).toEqual(
        new Map([
          ['a1', { sync: 'interns', personId: 'q1' }],
          ['a2', { sync: 'staff', personId: 'p2' }],
        ]),
      );
    });

    test('is not taken from a third sync, nor from somebody of the same', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveLinks([link('p1', 'a1')], lease);
      for (const takenFrom of ['guests', 'interns']) {
        const taken = store.saveLinks([link('q1', 'a1', { sync: 'interns', takenFrom })], lease);
        await expect(taken).rejects.toMatchObject({ reason: 'AccountTaken' });
      }
      const own = store.saveLinks([link('p2', 'a1', { takenFrom: 'staff' })], lease);
      await expect(own).rejects.toMatchObject({ reason: 'AccountTaken' });
      expect(await store.links('staff')).toEqual([link('p1', 'a1')]);
    });

    test('two people may change accounts in one call', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.saveLinks([link('p1', 'a1'), link('p2', 'a2')], lease);
      await store.saveLinks([link('p1', 'a2'), link('p2', 'a1')], lease);
      expect(await store.links('staff')).toEqual([link('p1', 'a2'), link('p2', 'a1')]);
    });
  });
}
