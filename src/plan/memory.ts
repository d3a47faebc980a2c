import type { Change, MemoryUpdate } from '../model/change.ts';
import type { KeyedHash } from '../model/keyed-hash.ts';
import type { LinkRecord, PackedHashes } from '../model/link.ts';
import { packHashes, unpackCounts, unpackHashes } from '../model/link.ts';
import { withoutStrays } from './strays.ts';

/**
 * The hashes that the link holds once the change has been applied. Secrets are never remembered; a reference is, when
 * `accountOf` knows the account that was written.
 */
export function appliedHashes(
  change: Change,
  previous: PackedHashes,
  hash: KeyedHash,
  accountOf: (personId: string) => string | undefined = () => undefined,
): PackedHashes {
  const hashes: Record<string, string> = Object.fromEntries(unpackHashes(previous));
  for (const { name, after, list } of change.attributes) {
    if (list !== undefined) hashes[name] = list.memory;
    else if ('value' in after) hashes[name] = hash(name, after.value);
    if ('person' in after) {
      const account = accountOf(after.person);
      if (account !== undefined) hashes[name] = hash(name, account);
    }
  }
  return packHashes(hashes);
}

/** The link after a `MemoryUpdate`. `asOf` (ms) is the moment that the reading is from, `mapping` the sync's digest. */
export function remember(link: LinkRecord, update: MemoryUpdate, asOf: number, mapping: string): LinkRecord {
  // Saved in one step with the other's link, see `handOver`.
  if (update.kind === 'handed-over') return link;
  if (update.kind === 'seen') return { ...link, absentReads: 0, absentSince: null };
  if (update.kind === 'absent') {
    return { ...link, absentReads: link.absentReads + 1, absentSince: link.absentSince ?? asOf };
  }
  if (update.kind === 'account-missing') return { ...link, missingReads: link.missingReads + 1 };
  if (update.kind === 'account-seen') return { ...link, missingReads: 0 };
  if (update.kind === 'account-enabled') return { ...link, endedAt: null };
  if (update.kind === 'left') return { ...link, ended: 'left', endedAt: null };
  if (update.kind === 'converged') return withoutStrays(link, update.attributes);
  const applied = packHashes({ ...Object.fromEntries(unpackHashes(link.applied)), ...update.hashes });
  if (update.partly === true) return { ...link, applied };
  // Counts of another mapping mean nothing under this one.
  const kept = link.mapping === mapping ? link : withoutStrays(link, [...unpackCounts(link.strays).keys()]);
  const { takenFrom: _, ...ours } = kept;
  return { ...ours, applied, mapping };
}
