import type { LinkRecord, Owner } from '../model/link.ts';
import type { CompiledSync } from '../spec/compiled.ts';

/** The links of both syncs of a pair, as one of them works with them: whoever is linked in either is linked in both. */
export interface SharedLinks {
  /** By person id of this sync: its own, and the other's turned round. */
  readonly links: ReadonlyMap<string, LinkRecord>;
  /** The other's own, by person id of this sync. */
  readonly theirs: ReadonlyMap<string, LinkRecord>;
}

/**
 * Turns the other's links round (its account is our person, its person our account) and lays them beside our own. No row
 * is copied: a link that only the other has becomes a row of ours when this sync first has something to remember of it.
 *
 * Where both have a row for the same two, the one of the sync that leads says whether it stands or has ended; what was
 * applied here is remembered by our own.
 *
 * @param theirs rows of the other sync whose target is our source
 */
export function shareLinks(
  sync: Pick<CompiledSync, 'name' | 'digest' | 'pair'>,
  target: string,
  ours: ReadonlyMap<string, LinkRecord>,
  theirs: readonly LinkRecord[],
): SharedLinks {
  const links = new Map(ours);
  const turned = new Map<string, LinkRecord>();
  for (const their of theirs) {
    const personId = their.accountId;
    const known = turned.get(personId);
    // A tombstone may name an account that belongs to somebody else by now.
    if (known !== undefined && (known.state === 'active' || their.state !== 'active')) continue;
    turned.set(personId, their);
    const own = ours.get(personId);
    if (own === undefined) links.set(personId, turnRound(sync, target, their));
    else if (sync.pair?.role === 'follows' && own.accountId === their.personId)
      links.set(personId, standingAs(own, their));
  }
  return { links, theirs: turned };
}

/** Owners of our target's accounts with the people whom only the other sync has linked. */
export function sharedOwners(
  sync: string,
  owners: ReadonlyMap<string, Owner>,
  links: ReadonlyMap<string, LinkRecord>,
): ReadonlyMap<string, Owner> {
  const shared = new Map(owners);
  for (const { personId, accountId, state } of links.values()) {
    if (state === 'active' && !shared.has(accountId)) shared.set(accountId, { sync, personId });
  }
  return shared;
}

function turnRound(
  { name, digest }: Pick<CompiledSync, 'name' | 'digest'>,
  target: string,
  { personId, accountId, state, ended, endedAt }: LinkRecord,
): LinkRecord {
  return {
    sync: name,
    target,
    personId: accountId,
    accountId: personId,
    state,
    ...(ended === undefined ? {} : { ended }),
    endedAt,
    absentReads: 0,
    absentSince: null,
    missingReads: 0,
    writtenAt: null,
    mapping: digest,
    applied: '',
  };
}

function standingAs(own: LinkRecord, { state, ended, endedAt }: LinkRecord): LinkRecord {
  const { ended: _, ...rest } = own;
  return { ...rest, state, endedAt, ...(ended === undefined ? {} : { ended }) };
}
