import type { HeldItem } from '../../../src/model/hold.ts';
import type { Store, StoredHeld } from '../../../src/store/store.ts';
import type { Leases } from './leases.ts';

interface Row extends StoredHeld {
  readonly seenAt: number;
  readonly current: boolean;
}

/** Held sets: the current one of each sync, and older ones that an approval may still name. */
export function heldSets(leases: Leases) {
  const rows = new Map<string, Row>();
  const find = (digest: string, sync: string | undefined): Row | undefined => {
    if (sync !== undefined) return rows.get(`${sync}\n${digest}`);
    const all = [...rows.values()].filter(({ set }) => set.digest === digest);
    return all.toSorted((a, b) => b.seenAt - a.seenAt)[0];
  };
  const queries: Pick<Store, 'saveHeld' | 'heldByDigest' | 'held' | 'useHeld'> = {
    async saveHeld(set, at, lease) {
      leases.fence(lease);
      for (const [key, row] of rows) {
        if (row.set.sync !== set.sync || row.set.digest === set.digest) continue;
        const state = row.state === 'open' ? 'superseded' : row.state;
        if (row.current || state !== row.state) rows.set(key, { ...row, current: false, state });
      }
      if (set.items.length === 0) return;
      const key = `${set.sync}\n${set.digest}`;
      const before = rows.get(key);
      rows.set(key, {
        set,
        since: before?.current === true ? before.since : at,
        seenAt: at,
        state: before?.state === 'used' ? 'used' : 'open',
        current: true,
        done: before?.done ?? new Set(),
      });
    },
    heldByDigest: async (digest, sync) => stored(find(digest, sync)),
    held: async (sync) => stored([...rows.values()].find((row) => row.current && row.set.sync === sync)),
    async useHeld(digest, members, sync, lease) {
      leases.fence(lease);
      const row = find(digest, sync);
      if (row === undefined) return;
      const all = new Set(row.set.items.map(memberOf));
      const done = new Set([...row.done, ...members.filter((member) => all.has(member))]);
      const state = done.size === all.size ? 'used' : row.state;
      rows.set(`${row.set.sync}\n${digest}`, { ...row, done, state });
    },
  };
  const forgetBefore = (before: number): void => {
    for (const [key, { seenAt }] of rows) if (seenAt < before) rows.delete(key);
  };
  return { ...queries, forgetBefore };
}

function stored(row: Row | undefined): StoredHeld | undefined {
  if (row === undefined) return undefined;
  const { set, since, state, done } = row;
  return { set, since, state, done };
}

function memberOf({ change, attribute }: HeldItem): string {
  return attribute === undefined ? change.id : `${change.id}#${attribute}`;
}
