import type { Clock } from '../../../src/model/effects.ts';
import type { Store } from '../../../src/store/store.ts';
import type { StandIn } from '../../../src/model/stand-in.ts';
import { alertsAndMails } from './alerts.ts';
import { Escrows } from './escrows.ts';
import { FormerValues } from './former-values.ts';
import { heldSets } from './held.ts';
import { intents } from './intents.ts';
import { keptTokens } from './kept-tokens.ts';
import { Leases } from './leases.ts';
import { Links } from './links.ts';
import { runs } from './runs.ts';
import { syncMemory } from './sync-memory.ts';
import { Windows } from './windows.ts';

/**
 * A store in plain maps, for most seeds: SQLite and its queries are half the cost of a pass, and what they promise is
 * shown by the store's own contract, which this store keeps as well (`store.test.ts`). It outlasts the processes that
 * use it, seals nothing, and every method is one step that happens whole or not at all.
 */
export function createMemoryStore(clock: Clock): Store {
  const leases = new Leases(clock);
  const links = new Links();
  const formerValues = new FormerValues();
  const windows = new Windows();
  const escrows = new Escrows();
  const standIns = new Map<string, readonly [target: string, readonly StandIn[]]>();
  const mails = alertsAndMails();
  const kept = [
    heldSets(leases),
    runs(),
    syncMemory(leases, escrows),
    mails,
    intents(clock, leases, links, windows, escrows, mails),
  ] as const;
  return {
    ...kept[0],
    ...kept[1],
    ...kept[2],
    ...kept[3],
    ...kept[4],
    keptTokens: keptTokens(),
    acquireLease: async (name, holder, ttlMs) => leases.acquire(name, holder, ttlMs),
    renewLease: async (lease, ttlMs) => leases.renew(lease, ttlMs),
    releaseLease: async (lease) => leases.release(lease),
    links: async (sync) => links.of(sync),
    owners: async (target) => links.owners(target),
    saveLinks: async (saved, lease) => {
      leases.fence(lease);
      links.saveAll(saved);
    },
    changeLinks: async (forget, saved, lease) => {
      leases.fence(lease);
      links.change(forget, saved);
    },
    standIns: async (target) =>
      [...standIns.values()].filter(([list]) => list === target).flatMap(([, all]) => all),
    saveStandIns: async (sync, target, all, lease) => {
      leases.fence(lease);
      standIns.set(`${sync} ${target}`, [target, all]);
    },
    addStandIns: async (target, all, lease) => {
      leases.fence(lease);
      for (const one of all) {
        const key = `${one.sync} ${target}`;
        const others = (standIns.get(key)?.[1] ?? []).filter(({ accountId }) => accountId !== one.accountId);
        standIns.set(key, [target, [...others, one]]);
      }
    },
    formerValues: async (target, since) => formerValues.of(target, since),
    saveFormerValues: async (target, source, values, at, lease) => {
      leases.fence(lease);
      formerValues.save(target, source, values, at);
    },
    windowCounts: async (level, since) => windows.counts(level, since),
    largestPopulation: async (level, since) => windows.largestPopulation(level, since),
    recordPopulation: async (sync, target, size, at, lease) => {
      leases.fence(lease);
      windows.recordPopulation(sync, target, size, at);
    },
    recordCounts: async (sync, target, counts, at, lease) => {
      leases.fence(lease);
      windows.add(undefined, sync, target, counts, at);
    },
    expire: async (before) => {
      for (const part of kept) part.forgetBefore(before);
      windows.forgetBefore(before);
    },
    close: async () => undefined,
  };
}
