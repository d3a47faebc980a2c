import type { Change } from '../model/change.ts';
import { listOf } from '../model/entity.ts';
import type { LinkRecord } from '../model/link.ts';
import { memberOf } from '../plan/digest.ts';
import { remember } from '../plan/memory.ts';
import type { Lease } from '../store/store.ts';
import type { Applied, Done } from './applied.ts';
import type { PassDeps } from './deps.ts';
import { fillRatesOf } from './fill-rates.ts';
import { changeLinks } from './link-changes.ts';
import { handOver } from './hand-over.ts';
import type { Look } from './look.ts';
import { mayChangeLinks } from './may-write.ts';
import { isOfAccounts } from './partial.ts';

/**
 * Keeps what the two readings have taught, before the first write: who was absent, what is held. Returns the links as
 * they stand now.
 */
export async function rememberReadings(
  seen: Look,
  lease: Lease,
  deps: PassDeps,
): Promise<ReadonlyMap<string, LinkRecord>> {
  const { plan, memory, readings, judgement, only } = seen;
  const { store, sync, clock } = deps;
  // Before the first link into the new target: from then on it does not show any more that the sync has moved.
  if (memory.moved) await store.saveSyncState(sync.name, { firstPassDone: false }, lease);
  const writes = mayChangeLinks(judgement, deps);
  const { links, waiting } = await changeLinks(plan.links ?? [], memory, writes, lease, deps);
  // Before anything is taken from an account: after a crash in between it counts as theirs until now, which it was.
  if (writes && plan.former !== undefined) {
    const list = listOf(sync.to, sync.entity);
    await store.saveFormerValues(list, sync.from, plan.former, clock.now(), lease);
  }
  const updated = new Set<string>();
  for (const update of only === undefined ? plan.memory : plan.memory.filter(isOfAccounts)) {
    const link = links.get(update.personId);
    if (link === undefined || waiting.has(update.personId)) continue;
    const { receipt } = update.kind === 'account-missing' ? readings.accounts : readings.people;
    links.set(update.personId, remember(link, update, Date.parse(receipt.asOf), sync.digest));
    updated.add(update.personId);
  }
  const changed = [...links.values()].filter(({ personId }) => updated.has(personId));
  // Counted before they are remembered as absent: after a crash in between they are counted twice, never not at all.
  const vanished = plan.newlyVanished.map((personId) => ({ class: 'remove' as const, personId }));
  if (vanished.length > 0)
    await store.recordCounts(sync.name, listOf(sync.to, sync.entity), vanished, clock.now(), lease);
  if (changed.length > 0) await store.saveLinks(changed, lease);
  await handOver(seen, links, lease, deps);
  // A partial pass holds nothing that was not held: see `lookAtSome`.
  if (only === undefined) await store.saveHeld(judgement.held, clock.now(), lease);
  return links;
}

/** Keeps what is known only once the pass is over: how many are linked, which approvals are used, how full attributes are. */
export async function rememberEnd(seen: Look, applied: Applied, lease: Lease, deps: PassDeps): Promise<void> {
  const { store, sync, clock } = deps;
  await rememberDue(seen, lease, deps);
  if (seen.only !== undefined) return await useApprovals(seen, applied, lease, deps);
  const linked = seen.memory.population + joined(applied);
  const population = Math.max(seen.memory.population, linked);
  await store.recordPopulation(sync.name, listOf(sync.to, sync.entity), population, clock.now(), lease);
  // What a pair's flow, or one of several into a target, knows of everybody is of this moment.
  if (sync.pair !== undefined || sync.rivals !== undefined)
    await store.saveSyncState(sync.name, { lookedAt: clock.now() }, lease);
  await useApprovals(seen, applied, lease, deps);
  await rememberFillRates(seen, lease, deps);
}

/** Where no date brings anybody anything, as in most passes, nothing is written. */
async function rememberDue(
  { plan, only }: Look,
  lease: Lease,
  { store, sync }: Pick<PassDeps, 'store' | 'sync'>,
): Promise<void> {
  const known = await store.nextDue(sync.name, Number.MIN_SAFE_INTEGER);
  if (known === undefined && plan.upcoming.length === 0) return;
  await store.saveDue(sync.name, plan.upcoming, lease, only);
}

function joined({ done }: Applied): number {
  return done.filter((one) => joins(one.change) && succeeds(one)).length;
}

function joins({ kind, links }: Change): boolean {
  return kind === 'create' || (links && kind !== 'disable');
}

/**
 * Members of approved sets that are done or not planned any more are used up, also where nothing of the set was released
 * now (a crash came right after the write); members that failed, or that a crash kept from being sent, stay approved.
 */
async function useApprovals(
  { plan, only }: Look,
  applied: Applied,
  lease: Lease,
  { approvals, store, sync }: PassDeps,
): Promise<void> {
  if (approvals.length === 0) return;
  const planned = new Set(plan.changes.flatMap(membersOf));
  const succeeded = new Set(applied.done.filter(succeeds).flatMap(({ change }) => membersOf(change)));
  for (const { digest } of approvals) {
    const stored = await store.heldByDigest(digest, sync.name);
    if (stored === undefined || stored.state === 'used') continue;
    const used = stored.set.items
      .filter(({ change }) => only?.has(change.personId) ?? true)
      .map(memberOf)
      .filter((member) => succeeded.has(member) || !planned.has(member));
    await store.useHeld(digest, used, sync.name, lease);
  }
}

function membersOf(change: Change): readonly string[] {
  return [change.id, ...change.attributes.map(({ name }) => memberOf({ change, attribute: name }))];
}

function succeeds({ outcome }: Done): boolean {
  return outcome === 'applied' || outcome === 'delivered';
}

/**
 * A rate that collapsed is not learnt, or it would be normal after a while; unless a person released what it held. An
 * approval of something else says nothing of it.
 */
async function rememberFillRates(
  { readings, collapsed, judgement }: Look,
  lease: Lease,
  deps: PassDeps,
): Promise<void> {
  const rates = new Map(fillRatesOf(readings.people));
  const doubted = judgement.held.items.some(({ reason }) => reason === 'FillRateCollapsed');
  if (doubted || judgement.approvals.length === 0)
    for (const attribute of collapsed.keys()) rates.delete(attribute);
  const { from: connection, entity } = deps.sync;
  await deps.store.recordFillRates(listOf(connection, entity), rates, deps.clock.now(), lease);
  const { fillRate } = deps.telemetry.metrics;
  for (const [name, rate] of fillRatesOf(readings.people)) {
    fillRate.set({ connection, attribute: entity === 'person' ? name : `${entity}/${name}` }, rate);
  }
}
