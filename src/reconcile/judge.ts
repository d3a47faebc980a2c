import type { LimitClass, Plan } from '../model/change.ts';
import type { Judgement } from '../model/hold.ts';
import { guard, type ApprovedSet, type LimitLevel } from '../plan/guard.ts';
import type { Limits } from '../spec/compiled.ts';
import type { WindowLevel } from '../store/store.ts';
import type { PassDeps } from './deps.ts';
import type { Readings } from './read.ts';
import type { PassMemory } from './memory.ts';

/** Over which changes are counted where a limit names no window of its own. */
export const defaultWindowMs = 24 * 60 * 60 * 1000;

/** Judges a plan with everything that the store knows of earlier passes. */
export async function judge(
  plan: Plan,
  readings: Readings,
  memory: PassMemory,
  collapsed: ReadonlyMap<string, string>,
  deps: PassDeps,
): Promise<Judgement> {
  const { sync, store, clock, hash } = deps;
  const now = clock.now();
  const [own, target, installation, approvedSets] = await Promise.all([
    levelOf('sync', { kind: 'sync', sync: sync.name }, sync.limits, memory.population, now, deps),
    levelOf('target connection', { kind: 'target', target: sync.to }, deps.limits.target, 0, now, deps),
    levelOf('installation', { kind: 'installation' }, deps.limits.installation, 0, now, deps),
    approvedSetsOf(deps),
  ]);
  const { firstPassDone } = await store.syncState(sync.name);
  const { strangers, active } = lookAtAccounts(
    readings,
    memory,
    !firstPassDone || sync.minimumActive !== undefined,
  );
  return guard({
    sync,
    plan,
    hash,
    now,
    levels: [own, target, installation],
    firstPassDone,
    targetHasStrangers: strangers > 0,
    activeAccounts: active,
    collapsed,
    approvals: deps.approvals,
    approvedSets,
  });
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

async function approvedSetsOf({
  approvals,
  store,
  sync,
}: PassDeps): Promise<ReadonlyMap<string, ApprovedSet>> {
  const sets = new Map<string, ApprovedSet>();
  for (const { digest } of approvals) {
    const stored = await store.heldByDigest(digest, sync.name);
    if (stored !== undefined) sets.set(digest, stored);
  }
  return sets;
}

/** Looks through the accounts only where the guard's question needs it: before the first pass is over, or for an invariant. */
function lookAtAccounts(
  { accounts }: Readings,
  memory: PassMemory,
  needed: boolean,
): { strangers: number; active: number } {
  let strangers = 0;
  let active = 0;
  if (!needed) return { strangers, active };
  const ours = new Set(Array.from(memory.links.values(), ({ accountId }) => accountId));
  for (let position = 0; position < accounts.size; position += 1) {
    const account = accounts.row(position);
    if (account.outside === true) continue;
    if (account.active !== false) active += 1;
    const known = account.protected === true || memory.owners.has(account.id) || ours.has(account.id);
    if (!known) strangers += 1;
  }
  return { strangers, active };
}
