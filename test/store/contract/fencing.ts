import { describe, expect, test } from 'vitest';
import type { Escrow, Lease, Store } from '../../../src/store/store.ts';
import { change, heldSet, intent, leaseOf, link, noon, run, settled, summary } from '../fixtures.ts';
import type { OpenedStore } from '../fixtures.ts';

type Write = (store: Store, lease: Lease) => Promise<unknown>;

/** Every write that a decision of a later pass is made from. */
const fenced: readonly { readonly what: string; readonly write: Write }[] = [
  { what: 'links', write: (store, lease) => store.saveLinks([link('p1', 'a1')], lease) },
  {
    what: 'links that change together',
    write: (store, lease) =>
      store.changeLinks([{ sync: 'staff', personId: 'p0' }], [link('p1', 'a1')], lease),
  },
  {
    what: 'former values',
    write: (store, lease) =>
      store.saveFormerValues('lms', 'hr', [{ attribute: 'email', hash: 'h', personId: 'p0' }], noon, lease),
  },
  {
    what: 'intents',
    write: (store, lease) => store.recordIntents('r', 'staff', 'lms', [intent('k1', 'p1')], lease),
  },
  {
    what: 'outcomes',
    write: (store, lease) =>
      store.settle(
        [settled('open', 'rejected', { link: link('p0', 'a0'), counts: [leaver], escrow: refusal })],
        lease,
      ),
  },
  { what: 'counts', write: (store, lease) => store.recordCounts('staff', 'lms', [leaver], noon, lease) },
  { what: 'population', write: (store, lease) => store.recordPopulation('staff', 'lms', 500, noon, lease) },
  { what: 'held set', write: (store, lease) => store.saveHeld(heldSet('d2', [held]), noon, lease) },
  { what: 'empty held set', write: (store, lease) => store.saveHeld(heldSet('', []), noon, lease) },
  {
    what: 'use of an approval',
    write: (store, lease) => store.useHeld('d1', ['update/ada'], 'staff', lease),
  },
  { what: 'end of escrow', write: (store, lease) => store.clearEscrow('staff', ['create/p0'], lease) },
  {
    what: 'fill rates',
    write: (store, lease) => store.recordFillRates('hr', new Map([['email', 0]]), noon, lease),
  },
  {
    what: 'end of the first pass',
    write: (store, lease) => store.saveSyncState('staff', { firstPassDone: true, failures: 7 }, lease),
  },
  {
    what: 'due moments',
    write: (store, lease) => store.saveDue('staff', [{ personId: 'p9', at: 9, kind: 'create' }], lease),
  },
  { what: 'source', write: (store, lease) => store.saveSyncState('staff', { source: 'other-hr' }, lease) },
  {
    what: 'remote account',
    write: (store, lease) => store.saveRemoteAccount('lms', 'other.example.com', lease),
  },
];

export function describeFencing(open: () => Promise<OpenedStore>): void {
  describe('a process that was frozen while another took its lease', () => {
    test.each(fenced)('changes nothing when it wakes up: $what', async ({ write }) => {
      const { store, clock } = await open();
      const stale = await prepare(store);
      clock.set(noon + 60_000);
      await leaseOf(store, 'two');
      const before = await everything(store);
      await expect(write(store, stale)).rejects.toMatchObject({ name: 'Waiting', reason: 'LeaseLost' });
      expect(await everything(store)).toEqual(before);
    });

    test('still ends its own run', async () => {
      const { store, clock } = await open();
      await prepare(store);
      clock.set(noon + 60_000);
      await leaseOf(store, 'two');
      await store.endRun('r', summary());
      expect(await store.runs({ limit: 1 })).toMatchObject([{ id: 'r', summary: { result: 'applied' } }]);
    });
  });
}

const leaver = { class: 'leave', personId: 'p0' } as const;
const held = { change: change('update/ada', 'ada'), reason: 'Policy', message: '' } as const;
const refusal: Escrow = {
  change: 'create/p0',
  personId: 'p0',
  reason: 'Rejected',
  attempts: 1,
  fingerprint: 'f1',
  notBefore: noon,
};

/** Something of everything, so that a lost entry shows as well as a new one. */
async function prepare(store: Store): Promise<Lease> {
  const lease = await leaseOf(store, 'one');
  await store.beginRun(run('r'));
  await store.recordIntents('r', 'staff', 'lms', [intent('open', 'p0'), intent('refused', 'p0')], lease);
  await store.settle([settled('refused', 'rejected', { escrow: refusal })], lease);
  await store.saveHeld(heldSet('d1', [held]), noon, lease);
  return lease;
}

async function everything(store: Store): Promise<unknown> {
  return {
    links: await store.links('staff'),
    intents: await store.openIntents('lms'),
    counts: await store.windowCounts({ kind: 'installation' }, 0),
    population: await store.largestPopulation({ kind: 'installation' }, 0),
    held: await store.held('staff'),
    approved: await store.heldByDigest('d1'),
    escrow: await store.escrow('staff'),
    fillRates: await store.fillRates('hr'),
    state: await store.syncState('staff'),
    account: await store.remoteAccount('lms'),
  };
}
