import type { ChangeKind, LimitClass } from '../model/change.ts';
import type { HeldItem, HeldSet, HoldReason } from '../model/hold.ts';
import { addTo } from '../plan/prepared.ts';
import type { CompiledSync } from '../spec/compiled.ts';
import type { Store } from '../store/store.ts';

/** What a sync holds, for people who decide about it: ids and names of attributes, never a value. */
export interface HeldList {
  readonly digest: string;
  /** When a pass first held exactly this (ms); `null` where none has yet, so that it cannot be approved yet. */
  readonly since: number | null;
  /** The command that releases it; `null` where no approval does. */
  readonly release: string | null;
  readonly count: number;
  /** The first of them, in the order of apply; all where no limit was given. */
  readonly items: readonly HeldEntry[];
}

export interface HeldEntry {
  /** The change's id. */
  readonly id: string;
  readonly kind: ChangeKind;
  readonly personId: string;
  readonly accountId: string | null;
  /** Set when only this attribute of the change is held. */
  readonly attribute: string | null;
  readonly reason: HoldReason;
  readonly class: LimitClass | null;
  readonly message: string;
  /** Held changes that this one waits for. */
  readonly needs: readonly string[];
  /** Held changes that wait for this one. */
  readonly dependents: readonly string[];
}

/** What the sync's last pass held, `null` for nothing. */
export async function storedHeldList(
  sync: Pick<CompiledSync, 'name' | 'approval'>,
  store: Pick<Store, 'held'>,
  atMost?: number,
): Promise<HeldList | null> {
  const held = await store.held(sync.name);
  return held === undefined ? null : heldList(held.set, held.since, sync.approval, atMost);
}

export function heldList(
  { digest, items }: HeldSet,
  since: number | null,
  approval: CompiledSync['approval'],
  atMost = Infinity,
): HeldList {
  const held = new Set(items.map(({ change }) => change.id));
  const needsOf = ({ change, reason }: HeldItem) =>
    reason === 'DependsOnHeld' ? change.needs.filter((need) => held.has(need)) : [];
  const dependents = new Map<string, string[]>();
  for (const item of items) {
    for (const need of needsOf(item)) addTo(dependents, need, item.change.id);
  }
  const entries = items.slice(0, atMost).map((item): HeldEntry => {
    const { id, kind, personId, accountId } = item.change;
    return {
      id,
      kind,
      personId,
      accountId,
      attribute: item.attribute ?? null,
      reason: item.reason,
      class: item.class ?? null,
      message: item.message,
      needs: needsOf(item),
      dependents: dependents.get(id) ?? [],
    };
  });
  const release = isReleasable(items, approval) ? `rosterd approve ${digest.slice(0, 12)}` : null;
  return { digest, since, release, count: items.length, items: entries };
}

/** An invariant stops the pass, approved or not; a sync that never asks takes no approval either. */
export function isReleasable(
  items: readonly Pick<HeldItem, 'reason'>[],
  approval: CompiledSync['approval'],
): boolean {
  return approval !== 'never' && items.every(({ reason }) => reason !== 'Invariant');
}
