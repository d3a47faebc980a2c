import type { Detail, Details } from '../../../src/model/order.ts';
import { untouched } from '../../../src/store/queries/sync-states.ts';
import type { Due } from '../../../src/store/due.ts';
import type { Lease, Store, SyncState } from '../../../src/store/store.ts';
import type { Escrows } from './escrows.ts';
import type { Leases } from './leases.ts';

/** Readings that the median of an attribute is taken over. */
const keptReadings = 10;

/** What syncs and connections have been through: states, failed people, fill rates, records read one by one. */
export function syncMemory(leases: Leases, escrows: Escrows) {
  const states = new Map<string, SyncState>();
  const rates = new Map<string, Map<string, number[]>>();
  const accounts = new Map<string, string>();
  const dues = new Map<string, readonly Due[]>();
  const details = new Map<string, Map<string, Detail & { readonly version: string }>>();
  const queries: Pick<
    Store,
    | 'syncState'
    | 'saveSyncState'
    | 'escrow'
    | 'clearEscrow'
    | 'saveDue'
    | 'due'
    | 'nextDue'
    | 'fillRates'
    | 'recordFillRates'
    | 'remoteAccount'
    | 'saveRemoteAccount'
    | 'details'
  > = {
    syncState: async (sync) => states.get(sync) ?? untouched,
    saveSyncState: async (sync: string, state: Partial<SyncState>, lease?: Lease) => {
      if (lease !== undefined) leases.fence(lease);
      states.set(sync, { ...untouched, ...states.get(sync), ...state });
    },
    escrow: async (sync) => escrows.of(sync),
    clearEscrow: async (sync, changes, lease) => {
      leases.fence(lease);
      escrows.clear(sync, changes);
    },
    saveDue: async (sync, due, lease, only) => {
      leases.fence(lease);
      const others = (dues.get(sync) ?? []).filter(({ personId }) => only?.has(personId) === false);
      const all = [...others, ...due].map(({ personId, at, kind }) => ({ personId, at, kind }));
      dues.set(
        sync,
        all.toSorted((a, b) => a.at - b.at || (a.personId < b.personId ? -1 : 1)),
      );
    },
    due: async (sync, after, until) => (dues.get(sync) ?? []).filter(({ at }) => at > after && at <= until),
    nextDue: async (sync, after) => dues.get(sync)?.find(({ at }) => at > after)?.at,
    fillRates: async (connection) =>
      new Map([...part(rates, connection)].map(([name, last]) => [name, median(last)])),
    recordFillRates: async (connection, read, _at, lease) => {
      leases.fence(lease);
      for (const [name, rate] of read) {
        const last = part(rates, connection).get(name) ?? [];
        part(rates, connection).set(name, [...last, rate].slice(-keptReadings));
      }
    },
    remoteAccount: async (connection) => accounts.get(connection),
    saveRemoteAccount: async (connection, account, lease) => {
      leases.fence(lease);
      accounts.set(connection, account);
    },
    details: (connection) => detailsIn(part(details, connection)),
  };
  const forgetBefore = (before: number): void => {
    for (const kept of details.values())
      for (const [id, { readAt }] of kept) if (readAt < before) kept.delete(id);
  };
  return { ...queries, forgetBefore };
}

function detailsIn(kept: Map<string, Detail & { readonly version: string }>): Details {
  return {
    recall: async (items) =>
      new Map(
        items.flatMap(({ id, version }) => {
          const one = kept.get(id);
          return one?.version === version ? [[id, { data: one.data, readAt: one.readAt }] as const] : [];
        }),
      ),
    remember: async (items) => {
      for (const { id, ...one } of items) kept.set(id, one);
    },
    forget: async (ids) => {
      for (const id of ids) kept.delete(id);
    },
  };
}

function part<T>(parts: Map<string, Map<string, T>>, name: string): Map<string, T> {
  const known = parts.get(name) ?? new Map<string, T>();
  parts.set(name, known);
  return known;
}

function median(rates: readonly number[]): number {
  const sorted = rates.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (lower + upper) / 2;
}
