import type { LinkRecord } from '../model/link.ts';
import type { Intent } from '../model/order.ts';

/** The link of a person once an order for their account is known to be done. */
export function linkAfter(
  intent: Pick<Intent, 'kind' | 'personId' | 'situation' | 'applied' | 'mapping' | 'strays' | 'takesFrom'>,
  accountId: string,
  previous: LinkRecord | undefined,
  where: { readonly sync: string; readonly target: string; readonly now: number },
): LinkRecord {
  const ended = endedBy(intent);
  return {
    sync: where.sync,
    target: where.target,
    personId: intent.personId,
    accountId,
    state: ended === undefined ? 'active' : 'tombstone',
    ...(ended === undefined ? {} : { ended }),
    endedAt: ended === undefined ? null : where.now,
    absentReads: ended === undefined ? (previous?.absentReads ?? 0) : 0,
    absentSince: ended === undefined ? (previous?.absentSince ?? null) : null,
    missingReads: 0,
    writtenAt: where.now,
    mapping: intent.mapping,
    applied: intent.applied,
    ...(intent.strays === undefined ? {} : { strays: intent.strays }),
    ...linkedSince(accountId, previous, where.now),
    ...takenAfter(intent, accountId, previous),
  };
}

/** Disabling writes no identity: what an account still carries of the sync that it came from may be replaced later, too. */
function takenAfter(
  { kind, takesFrom }: Pick<Intent, 'kind' | 'takesFrom'>,
  accountId: string,
  previous: LinkRecord | undefined,
): Pick<LinkRecord, 'takenFrom'> {
  const stays = kind === 'disable' && previous?.accountId === accountId ? previous.takenFrom : undefined;
  const takenFrom = takesFrom ?? stays;
  return takenFrom === undefined ? {} : { takenFrom };
}

/** As long as it is the same account, disabled or not; of an old link that is not known, and stays so. */
function linkedSince(
  accountId: string,
  previous: LinkRecord | undefined,
  now: number,
): Pick<LinkRecord, 'linkedAt'> {
  if (previous?.accountId !== accountId) return { linkedAt: now };
  return previous.linkedAt === undefined ? {} : { linkedAt: previous.linkedAt };
}

/** A disabled or deleted account keeps a tombstone, so that whoever returns is known. */
function endedBy({ kind, situation }: Pick<Intent, 'kind' | 'situation'>): LinkRecord['ended'] {
  if (kind === 'delete') return 'deleted';
  if (kind !== 'disable') return undefined;
  return situation === 'vanished' || situation === 'outOfScope' || situation === 'away' ? situation : 'left';
}
