import type { LimitClass, Plan } from '../model/change.ts';
import { listOf } from '../model/entity.ts';
import type { HeldSet, Judgement } from '../model/hold.ts';
import type { LimitLevel } from '../plan/guard-input.ts';
import { digestAgain } from '../plan/digest.ts';
import { guard } from '../plan/guard.ts';
import type { Limits } from '../spec/compiled.ts';
import type { WindowLevel } from '../store/store.ts';
import type { PassDeps } from './deps.ts';
import { approvedSetsOf } from './idle-approvals.ts';
import type { PassMemory } from './memory.ts';

/** Over which changes are counted where a limit names no window of its own. */
export const defaultWindowMs = 24 * 60 * 60 * 1000;

/** Judges a plan with everything that the store knows of earlier passes. */
export async function judge(
  plan: Plan,
  memory: PassMemory,
  collapsed: ReadonlyMap<string, string>,
  deps: PassDeps,
  neverFilled: ReadonlySet<string> = new Set(),
): Promise<Judgement> {
  const { sync, store, clock, hash } = deps;
  const now = clock.now();
  const { entity } = sync;
  const there = listOf(sync.to, entity);
  const [own, target, installation, approvedSets] = await Promise.all([
    levelOf('sync', { kind: 'sync', sync: sync.name }, sync.limits, memory.population, now, deps),
    levelOf('target connection', { kind: 'target', target: there }, deps.limits.target, 0, now, deps),
    levelOf('installation', { kind: 'installation', entity }, deps.limits.installation, 0, now, deps),
    approvedSetsOf(sync, deps.approvals, store),
  ]);
  const state = await store.syncState(sync.name);
  const firstPassDone = state.firstPassDone && !memory.moved;
  const judgement = guard({
    sync,
    plan,
    hash,
    now,
    levels: [own, target, installation],
    firstPassDone,
    targetHasStrangers: await hasStrangers(plan, firstPassDone, deps),
    activeAccounts: plan.census?.active ?? 0,
    collapsed,
    neverFilled,
    approvals: deps.approvals,
    approvedSets,
  });
  return { ...judgement, held: await heldAnew(judgement.held, deps) };
}

/** A set that was used up and is held again is another set: or no approval could ever release it a second time. */
async function heldAnew(held: HeldSet, { store, sync }: PassDeps): Promise<HeldSet> {
  let { digest } = held;
  while (held.items.length > 0 && (await store.heldByDigest(digest, sync.name))?.state === 'used') {
    digest = digestAgain(digest);
  }
  return { ...held, digest };
}

/**
 * Accounts that the first pass adopts are strangers no more, but what it held because of them waits for its approval all
 * the same, over any number of passes.
 */
async function hasStrangers(plan: Plan, firstPassDone: boolean, deps: PassDeps): Promise<boolean> {
  if (firstPassDone) return false;
  const strangers = plan.census?.strangers ?? 0;
  if (strangers > 0 && strangers > (await madeByUs(plan, deps))) return true;
  const held = await deps.store.held(deps.sync.name);
  return held?.state === 'open' && held.set.items.some(({ reason }) => reason === 'FirstPass');
}

/** Accounts without a link that match somebody for whom we have sent a create whose end is not known yet. */
async function madeByUs({ changes }: Plan, { store, sync }: PassDeps): Promise<number> {
  const creates = (await store.openIntents(listOf(sync.to, sync.entity))).filter(
    (open) => open.sync === sync.name,
  );
  const people = new Set(
    creates.flatMap(({ intent }) => (intent.kind === 'create' ? [intent.personId] : [])),
  );
  const linking = changes.filter(({ links, personId }) => links && people.has(personId));
  return new Set(linking.map(({ accountId }) => accountId)).size;
}

async function levelOf(
  name: LimitLevel['name'],
  level: WindowLevel,
  limits: Limits,
  populationNow: number,
  now: number,
  { store }: PassDeps,
): Promise<LimitLevel> {
  const windows = Object.values(limits).map((limit) => limit?.windowMs ?? defaultWindowMs);
  const longest = Math.max(defaultWindowMs, ...windows);
  const counted = new Map<string, number>();
  for (const entry of await store.windowCounts(level, now - longest)) {
    if (entry.at <= now - windowOf(limits, entry.class)) continue;
    const key = entry.class === 'clear' ? `clear/${entry.attribute ?? ''}` : entry.class;
    counted.set(key, (counted.get(key) ?? 0) + entry.count);
  }
  const largest = await store.largestPopulation(level, now - longest);
  return { name, limits, counted, population: Math.max(largest, populationNow) };
}

function windowOf(limits: Limits, limitClass: LimitClass): number {
  return limits[limitClass]?.windowMs ?? defaultWindowMs;
}
