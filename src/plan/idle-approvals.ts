import type { IdleApproval } from '../model/hold.ts';
import type { CompiledApproval, CompiledSync } from '../spec/compiled.ts';
import type { ApprovedSet } from './guard-input.ts';

/**
 * Approvals of one sync that release nothing, or less than whoever wrote them may believe: each with what became of it and
 * what is to be done. `heldNow` is the digest of what the sync holds, `sets` what the store knows of approved digests.
 */
export function idleApprovals(
  sync: Pick<CompiledSync, 'name' | 'approval'>,
  approvals: readonly CompiledApproval[],
  sets: ReadonlyMap<string, Pick<ApprovedSet, 'state'>>,
  heldNow: string | undefined,
  now: number,
): readonly IdleApproval[] {
  return approvals
    .filter((approval) => approval.sync === sync.name)
    .flatMap((approval): IdleApproval[] => {
      const { name, digest, place } = approval;
      const reason = reasonOf(sync, approval, sets.get(digest)?.state, heldNow, now);
      if (reason === undefined) return [];
      const message = `approval ${name} ${fate(reason, approval)}; ${wayOut(reason, heldNow)}`;
      return [{ name, digest, reason, file: place.file, line: place.line, message }];
    });
}

function reasonOf(
  { approval: asks }: Pick<CompiledSync, 'approval'>,
  { expires }: CompiledApproval,
  state: ApprovedSet['state'] | undefined,
  heldNow: string | undefined,
  now: number,
): IdleApproval['reason'] | undefined {
  if (asks === 'never') return 'NotAsked';
  if (state === 'used') return 'UsedUp';
  if (!(Date.parse(expires) > now)) return 'Expired';
  if (state === undefined) return 'Unknown';
  // A superseded set of which nothing else is held may still have members that are to be tried again.
  return state === 'superseded' && heldNow !== undefined ? 'Superseded' : undefined;
}

function fate(reason: IdleApproval['reason'], { sync, expires }: CompiledApproval): string {
  return {
    NotAsked: `releases nothing, since sync ${sync} says \`approval: never\``,
    UsedUp: 'is used up: each of its changes was made or fell away',
    Expired: `expired at ${expires} and releases nothing`,
    Unknown: `names a held set of ${sync} that this store does not know, and releases nothing: it was mistyped, comes from another store, or is older than what is kept`,
    Superseded: `names a held set of ${sync} that another has taken the place of, and releases only what is still planned as it was`,
  }[reason];
}

function wayOut(reason: IdleApproval['reason'], heldNow: string | undefined): string {
  if (reason === 'NotAsked') return 'delete the document, or let the sync ask with `approval: on-breach`';
  if (heldNow === undefined) return 'delete the document';
  return `delete the document, and approve what is held now with: rosterd approve ${heldNow.slice(0, 12)}`;
}
