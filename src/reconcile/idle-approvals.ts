import type { IdleApproval } from '../model/hold.ts';
import type { Outcome } from '../model/run.ts';
import type { ApprovedSet } from '../plan/guard-input.ts';
import { idleApprovals } from '../plan/idle-approvals.ts';
import type { CompiledApproval, CompiledSync } from '../spec/compiled.ts';
import type { Store } from '../store/store.ts';
import type { PassDeps } from './deps.ts';

/** Approvals in Git of one sync that release nothing any more, as the store knows it now. */
export async function idleApprovalsOf(
  sync: CompiledSync,
  approvals: readonly CompiledApproval[],
  { store, now }: { readonly store: Pick<Store, 'held' | 'heldByDigest'>; readonly now: number },
): Promise<readonly IdleApproval[]> {
  const ours = approvals.filter((approval) => approval.sync === sync.name);
  if (ours.length === 0) return [];
  const held = await store.held(sync.name);
  return idleApprovals(sync, ours, await approvedSetsOf(sync, ours, store), held?.set.digest, now);
}

/** The outcome with what a person should know of the approvals that lie in Git. */
export async function withIdleApprovals(outcome: Outcome, deps: PassDeps): Promise<Outcome> {
  const { sync, approvals, store, clock } = deps;
  const idle = await idleApprovalsOf(sync, approvals, { store, now: clock.now() });
  return idle.length === 0 ? outcome : { ...outcome, summary: { ...outcome.summary, idleApprovals: idle } };
}

/** The held sets that approvals name, by digest, where the store knows them. */
export async function approvedSetsOf(
  sync: CompiledSync,
  approvals: readonly CompiledApproval[],
  store: Pick<Store, 'heldByDigest'>,
): Promise<ReadonlyMap<string, ApprovedSet>> {
  const sets = new Map<string, ApprovedSet>();
  for (const { digest } of approvals) {
    const stored = await store.heldByDigest(digest, sync.name);
    if (stored !== undefined) sets.set(digest, stored);
  }
  return sets;
}
