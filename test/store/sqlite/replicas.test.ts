import { expect, test } from 'vitest';
import { leaseOf, link, noon } from '../fixtures.ts';
import { openTestStore } from './folder.ts';

test('of two daemons on one store one writes, and the one that slept writes nothing when it wakes', async () => {
  const first = await openTestStore();
  const second = await openTestStore(first.file);
  const slept = await leaseOf(first.store, 'first');
  expect(await second.store.acquireLease(slept.name, 'second', 60_000)).toBeUndefined();

  second.clock.set(noon + 60_000);
  const taken = await leaseOf(second.store, 'second');
  await second.store.saveLinks([link('p1', 'a1')], taken);
  await expect(first.store.saveLinks([link('p2', 'a2')], slept)).rejects.toMatchObject({
    reason: 'LeaseLost',
  });
  await first.store.releaseLease(slept);
  expect(await second.store.renewLease(taken, 60_000)).toBe(true);
  expect(await first.store.links('staff')).toEqual([link('p1', 'a1')]);
});

test('two daemons that ask for a free lease at once get it once', async () => {
  const first = await openTestStore();
  const second = await openTestStore(first.file);
  const asked = await Promise.all([
    first.store.acquireLease('t', 'first', 1_000),
    second.store.acquireLease('t', 'second', 1_000),
    first.store.acquireLease('t', 'third', 1_000),
  ]);
  expect(asked.filter((lease) => lease !== undefined)).toHaveLength(1);
});

test('two daemons on one thread write at the same time, each in its turn', async () => {
  const first = await openTestStore();
  const second = await openTestStore(first.file);
  const people = Array.from({ length: 3_000 }, (_, index) => link(`p${index}`, `a${index}`));
  const others = people.map((one) => link(one.personId, one.accountId, { sync: 'staff-crm', target: 'crm' }));
  const leases = [
    await first.store.acquireLease('lms', 'first', 1_000),
    await second.store.acquireLease('crm', 'second', 1_000),
  ];
  const [one, two] = leases;
  if (one === undefined || two === undefined) throw new Error('both leases are free');
  await Promise.all([
    first.store.saveLinks(people, one),
    second.store.saveLinks(others, two),
    second.store.saveSyncState('staff-crm', { failures: 1 }),
  ]);
  expect(await first.store.links('staff-crm')).toHaveLength(3_000);
  expect(await second.store.links('staff')).toHaveLength(3_000);
  expect(await first.store.syncState('staff-crm')).toMatchObject({ failures: 1 });
});
