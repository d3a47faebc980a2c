import { describe, expect, test } from 'vitest';
import { intent, leaseOf, link, noon, settled } from '../fixtures.ts';
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

    test('leases of two names do not meet', async () => {
      const { store } = await open();
      expect(await store.acquireLease('a', 'one', 1_000)).toBeDefined();
      expect(await store.acquireLease('b', 'two', 1_000)).toMatchObject({ token: 1 });
    });
  });

  describe('a writer whose lease was taken', () => {
    test.each([
      { what: 'links', write: writeLink },
      { what: 'intents', write: writeIntent },
      { what: 'outcomes', write: writeOutcome },
    ])('writes no $what any more', async ({ write }) => {
      const { store, clock } = await open();
      const stale = await leaseOf(store, 'one');
      await store.recordIntents('r', 'staff', 'lms', [intent('open', 'p0')], stale);
      clock.set(noon + 60_000);
      await leaseOf(store, 'two');
      await expect(write(store, stale)).rejects.toMatchObject({ name: 'Waiting', reason: 'LeaseLost' });
      expect(await store.links('staff')).toEqual([]);
      expect(await store.openIntents('lms')).toHaveLength(1);
      expect(await store.windowCounts({ kind: 'installation' }, 0)).toEqual([]);
    });

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
      await expect(writeLink(store, lease)).rejects.toMatchObject({ reason: 'LeaseLost' });
    });
  });
}

type Write = (store: OpenedStore['store'], lease: Awaited<ReturnType<typeof leaseOf>>) => Promise<void>;

const writeLink: Write = (store, lease) => store.saveLinks([link('p1', 'a1')], lease);
const writeIntent: Write = (store, lease) =>
  store.recordIntents('r', 'staff', 'lms', [intent('k1', 'p1')], lease);
const writeOutcome: Write = (store, lease) =>
  store.settle(
    [settled('open', 'applied', { link: link('p0', 'a0'), counts: [{ class: 'create', personId: 'p0' }] })],
    lease,
  );
