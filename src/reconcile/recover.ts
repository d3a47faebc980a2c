import { listOf } from '../model/entity.ts';
import type { LinkRecord } from '../model/link.ts';
import type { Intent, Resolution } from '../model/order.ts';
import type { Lease, OpenIntent, Settlement } from '../store/store.ts';
import type { PassDeps } from './deps.ts';
import { finishCreate } from './finish.ts';
import { linkAfter } from './links.ts';
import { mailAfter } from './welcome.ts';

/** What looking has left open. */
export interface Recovered {
  /** People of this sync whose last write is still unknown: they wait. */
  readonly unknown: ReadonlySet<string>;
  /** Creates of this sync that were not found and may still arrive. */
  readonly awaited: readonly Intent[];
}

/** How long a create that was not found may still be on its way (ms). */
const lateMs = 24 * 3_600_000;

/**
 * Finds out, by looking, what became of every write whose outcome is not known: after a crash, or after an answer was
 * lost. Nothing is sent again; only an account that was left half made is completed.
 */
export async function recoverIntents(deps: PassDeps, lease: Lease, signal: AbortSignal): Promise<Recovered> {
  const { store, sync, clock } = deps;
  const list = listOf(sync.to, sync.entity);
  const open = await store.openIntents(list);
  const unknown = new Set<string>();
  const awaited: Intent[] = [];
  const links = new Map<string, ReadonlyMap<string, LinkRecord>>();
  for (const one of open) {
    const resolution = await whatBecameOf(one, deps, lease, signal);
    if (resolution.state === 'unknown') {
      if (one.sync === sync.name) unknown.add(one.intent.personId);
      // It may have been done: it counts from now on.
      if (one.outcome === 'unknown') continue;
    }
    const mayArrive = resolution.state === 'not-done' && mayStillArrive(one, clock.now());
    if (mayArrive && one.sync === sync.name) awaited.push(one.intent);
    const previous = await linkOf(one, links, deps);
    const settlement: Settlement = {
      key: one.intent.key,
      outcome: outcomes[resolution.state],
      ...(mayArrive ? { mayArrive } : {}),
      at: clock.now(),
      sync: one.sync,
      target: list,
      ...(resolution.state === 'done'
        ? {
            link: linkAfter(one.intent, resolution.accountId, previous, {
              sync: one.sync,
              target: list,
              now: clock.now(),
            }),
          }
        : {}),
      ...mailAfter(one.intent, outcomes[resolution.state], clock.now()),
      // An unknown change was counted when it was settled as unknown.
      counts: resolution.state === 'not-done' || one.outcome === 'unknown' ? [] : one.intent.counts,
    };
    await store.settle([settlement], lease);
  }
  return { unknown, awaited };
}

/** Another kind of write that arrives late is a difference as any other, which the next pass sees and mends. */
function mayStillArrive({ intent, recordedAt }: OpenIntent, now: number): boolean {
  return intent.kind === 'create' && now - recordedAt < lateMs;
}

async function whatBecameOf(
  { sync, intent }: OpenIntent,
  deps: PassDeps,
  lease: Lease,
  signal: AbortSignal,
): Promise<Exclude<Resolution, { state: 'unfinished' }>> {
  const resolution = await deps.target.reader.resolve(intent, signal);
  if (resolution.state !== 'unfinished') return resolution;
  // Another sync's is completed by its own pass, in its own mode.
  if (sync !== deps.sync.name) return { state: 'unknown' };
  return await finishCreate(intent, resolution.accountId, deps, lease, signal);
}

const outcomes = { done: 'applied', 'not-done': 'not-sent', unknown: 'unknown' } as const;

async function linkOf(
  { sync, intent }: OpenIntent,
  known: Map<string, ReadonlyMap<string, LinkRecord>>,
  { store }: PassDeps,
): Promise<LinkRecord | undefined> {
  let links = known.get(sync);
  if (links === undefined) {
    links = new Map((await store.links(sync)).map((link) => [link.personId, link]));
    known.set(sync, links);
  }
  return links.get(intent.personId);
}
