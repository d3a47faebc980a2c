import { describe, expect, test } from 'vitest';
import { leaseOf, link, noon } from '../fixtures.ts';
import type { OpenedStore } from '../fixtures.ts';

export function describeLeases(open: () => Promise<OpenedStore>): void {
  describe('leases', () => {
    test('of two replicas one gets the lease, the other once it has run out', async () => {
      const { store, clock } = await open();
      expect(await store.acquireLease('t', 'one', 1_000)).toEqual({ name: 't', holder: 'one', token: 1 });
      expect(await store.acquireLease('t', 'two', 1_000)).toBeUndefined();
      clock.set(noon + 999);
      expect(await store.acquireLease('t', 'two', 1_000)).toBeUndefined();
      clock.set(noon + 1_000);
      expect(await store.acquireLease('t', 'two', 1_000)).toEqual({ name: 't', holder: 'two', token: 2 });
    });

    test('the same replica asking again gets a new token, and its old one is worth nothing', async () => {
      const { store } = await open();
      const first = await leaseOf(store);
      const second = await leaseOf(store);
      expect(second.token).toBe(first.token + 1);
      expect(await store.renewLease(first, 1_000)).toBe(false);
      expect(await store.renewLease(second, 1_000)).toBe(true);
    });

    test('a renewed lease lasts from the renewal', async () => {
      const { store, clock } = await open();
      const lease = await leaseOf(store);
      clock.set(noon + 50_000);
      await store.renewLease(lease, 60_000);
      clock.set(noon + 100_000);
      expect(await store.acquireLease(lease.name, 'two', 1_000)).toBeUndefined();
    });

    test('a released lease is free at once, and its token goes on growing', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.releaseLease(lease);
      expect(await store.renewLease(lease, 1_000)).toBe(false);
      expect(await store.acquireLease(lease.name, 'two', 1_000)).toMatchObject({ token: 2 });
      await store.releaseLease(lease);
      expect(await store.acquireLease(lease.name, 'three', 1_000)).toBeUndefined();
    });

    test('a clock that has gone back keeps nobody waiting for a lease that no one can hold so long', async () => {
      const { store, clock } = await open();
      await store.acquireLease('t', 'one', 1_000);
      clock.set(noon - 1_000);
      expect(await store.acquireLease('t', 'two', 1_000)).toBeUndefined();
      clock.set(noon - 3_600_000);
      expect(await store.acquireLease('t', 'two', 1_000)).toMatchObject({ holder: 'two', token: 2 });
      clock.set(0);
      expect(await store.acquireLease('t', 'three', 1_000)).toMatchObject({ holder: 'three', token: 3 });
    });

    test('leases of two names do not meet', async () => {
      const { store } = await open();
      expect(await store.acquireLease('a', 'one', 1_000)).toBeDefined();
      expect(await store.acquireLease('b', 'two', 1_000)).toMatchObject({ token: 1 });
    });
  });

  describe('a writer whose lease was taken', () => {
    test('writes on while its lease has run out but nobody took it', async () => {
      const { store, clock } = await open();
      const lease = await leaseOf(store);
      clock.set(noon + 3_600_000);
      await store.saveLinks([link('p1', 'a1')], lease);
      expect(await store.links('staff')).toHaveLength(1);
    });

    test('writes nothing after it gave the lease back', async () => {
      const { store } = await open();
      const lease = await leaseOf(store);
      await store.releaseLease(lease);
      await expect(store.saveLinks([link('p1', 'a1')], lease)).rejects.toMatchObject({ reason: 'LeaseLost' });
    });
  });
}
