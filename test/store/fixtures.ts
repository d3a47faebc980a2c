import { createHash } from 'node:crypto';
import type { Change } from '../../src/model/change.ts';
import type { Clock, Random } from '../../src/model/effects.ts';
import type { HeldSet } from '../../src/model/hold.ts';
import type { LinkRecord } from '../../src/model/link.ts';
import type { Intent } from '../../src/model/order.ts';
import type { PersonRecord, RunRecord, RunSummary } from '../../src/model/run.ts';
import { createSealer } from '../../src/store/seal.ts';
import type { Sealer } from '../../src/store/seal.ts';
import type { Lease, Settlement, Store } from '../../src/store/store.ts';

/** A store that a contract test works with. `reopen` closes it and opens what it left behind, with another key if asked. */
export interface OpenedStore {
  readonly store: Store;
  readonly clock: SetClock;
  readonly reopen: (sealer?: Sealer) => Promise<Store>;
}

/** A clock that stands until it is set. */
export interface SetClock extends Clock {
  set(ms: number): void;
}

export const noon = 1_800_000_000_000;

export function setClock(start = noon): SetClock {
  let now = start;
  return {
    now: () => now,
    monotonic: () => now,
    sleep: () => Promise.resolve(),
    set: (ms) => {
      now = ms;
    },
  };
}

/** Random bytes that repeat from run to run and never within one. */
export function countingRandom(): Random {
  let count = 0;
  return {
    fraction: () => 0.5,
    bytes: (length) => {
      count += 1;
      return new Uint8Array(createHash('shake256', { outputLength: length }).update(String(count)).digest());
    },
    id: () => `id-${(count += 1)}`,
  };
}

export function testSealer(
  keyId = 'k1',
  key = 7,
  previous: readonly { keyId: string; key: Uint8Array }[] = [],
) {
  return createSealer({ keyId, key: new Uint8Array(32).fill(key), random: countingRandom(), previous });
}

export async function leaseOf(store: Store, holder = 'one'): Promise<Lease> {
  const lease = await store.acquireLease('target/lms', holder, 60_000);
  if (lease === undefined) throw new Error(`${holder} did not get the lease`);
  return lease;
}

export function link(personId: string, accountId: string, more: Partial<LinkRecord> = {}): LinkRecord {
  return {
    sync: 'staff',
    target: 'lms',
    personId,
    accountId,
    state: 'active',
    endedAt: null,
    absentReads: 0,
    absentSince: null,
    missingReads: 0,
    writtenAt: noon,
    mapping: 'mapping-1',
    applied: 'email=aaaa\nname=bbbb',
    ...more,
  };
}

export function intent(key: string, personId: string, more: Partial<Intent> = {}): Intent {
  return {
    key,
    kind: 'create',
    personId,
    accountId: null,
    set: { email: `${personId}@example.com`, languages: ['de', 'en'] },
    identity: { hris_id: personId },
    scope: { branch: 3 },
    situation: 'unmatched',
    applied: 'email=aaaa',
    mapping: 'mapping-1',
    counts: [],
    ...more,
  };
}

export function settled(
  key: string,
  outcome: Settlement['outcome'],
  more: Partial<Settlement> = {},
): Settlement {
  return { key, outcome, at: noon, sync: 'staff', target: 'lms', counts: [], ...more };
}

export function change(id: string, personId: string, value = 'Ada'): Change {
  return {
    id,
    kind: 'update',
    personId,
    accountId: `account-${personId}`,
    links: false,
    situation: 'linked',
    reason: 'first_name differs',
    cause: 'data',
    attributes: [
      {
        name: 'first_name',
        before: 'Augusta',
        after: { value },
        cause: 'data',
        class: 'personal',
        expression: 'source.first_name',
        clears: false,
        renames: false,
      },
    ],
    identity: { hris_id: personId },
    needs: [],
  };
}

export function heldSet(digest: string, items: HeldSet['items'], sync = 'staff'): HeldSet {
  return { sync, digest, items };
}

export function run(id: string, startedAt = noon, sync = 'staff'): RunRecord {
  return { id, sync, target: 'lms', revision: 'abc123', trigger: 'schedule', startedAt };
}

export function summary(endedAt = noon + 1_000): RunSummary {
  return {
    endedAt,
    result: 'applied',
    reason: null,
    message: '1 created',
    people: { linked: 3, unmatched: 1 },
    changes: [{ kind: 'create', cause: 'data', outcome: 'applied', count: 1 }],
    held: 0,
    heldDigest: null,
    drift: 0,
    source: { pages: 1, records: 4, end: 'total reached', total: 4, asOf: '2027-01-15T08:00:00Z' },
    targetReceipt: null,
  };
}

export function person(personId: string | null, more: Partial<PersonRecord> = {}): PersonRecord {
  return {
    personId,
    accountId: null,
    situation: 'unmatched',
    kind: 'create',
    outcome: 'applied',
    reason: 'no account matches',
    read: { first_name: 'Ada', born: null },
    mapped: { first_name: 'Ada' },
    sent: { first_name: 'Ada' },
    error: null,
    at: noon,
    ...more,
  };
}
