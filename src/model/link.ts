/**
 * The remembered pair of a person and an account, for one sync: one packed row.
 * Says whose the account is, and what we last applied, as keyed hashes; never a value.
 */
export interface LinkRecord {
  readonly sync: string;
  /** Where the account is: the target connection, or its list of courses or enrolments (`listOf`). */
  readonly target: string;
  readonly personId: string;
  readonly accountId: string;
  /** `tombstone`: the account was disabled, deleted or given up by us; kept so that a rehire is the same person. */
  readonly state: 'active' | 'tombstone';
  /** Why it became a tombstone. */
  readonly ended?: 'left' | 'outOfScope' | 'vanished' | 'away' | 'deleted' | 'missing' | 'handedOver';
  /**
   * When we disabled or deleted the account (ms). `null` for a link in use, where it is not known, and when the account
   * was seen enabled since: what is deleted after a time of grace must have been disabled by us and have stayed so.
   */
  readonly endedAt: number | null;
  /** Complete readings of the source in a row that lacked this person, and when the first of them began (ms). */
  readonly absentReads: number;
  readonly absentSince: number | null;
  /** Complete readings of the target in a row that lacked the account, each begun after our last write. */
  readonly missingReads: number;
  /** When we last wrote to the account (ms); `null` when never. */
  readonly writtenAt: number | null;
  /** Digest of the mapping under which the hashes were made. */
  readonly mapping: string;
  /** Keyed hash of the last applied result by attribute; decoded only on use. */
  readonly applied: PackedHashes;
  /**
   * By attribute, how many times in a row a reading differed from what `applied` remembers and we wrote the same value
   * again; forgotten as soon as a reading shows it. Left out when there is none, which is nearly always.
   */
  readonly strays?: PackedCounts;
  /** When the account was linked to this person (ms); left out where that was before it was kept. */
  readonly linkedAt?: number;
  /**
   * The sync that had the account before: its link becomes a tombstone in the step that saves this one. Until our first
   * write the identity that it left there may be replaced.
   */
  readonly takenFrom?: string;
}

/** `name=hash` pairs joined by line breaks: one short text in the store, parsed only for people who changed. */
export type PackedHashes = string;

export function packHashes(hashes: Readonly<Record<string, string>>): PackedHashes {
  return Object.keys(hashes)
    .toSorted()
    .map((name) => `${name}=${hashes[name]}`)
    .join('\n');
}

export function unpackHashes(packed: PackedHashes): Map<string, string> {
  const hashes = new Map<string, string>();
  if (packed === '') return hashes;
  for (const line of packed.split('\n')) {
    const cut = line.lastIndexOf('=');
    hashes.set(line.slice(0, cut), line.slice(cut + 1));
  }
  return hashes;
}

/** `name=count` pairs, packed as hashes are. */
export type PackedCounts = string;

/** Undefined for no counts at all, so that a link without any carries none. */
export function packCounts(counts: ReadonlyMap<string, number>): PackedCounts | undefined {
  if (counts.size === 0) return undefined;
  return packHashes(Object.fromEntries([...counts].map(([name, count]) => [name, String(count)])));
}

export function unpackCounts(packed: PackedCounts | undefined): Map<string, number> {
  return new Map([...unpackHashes(packed ?? '')].map(([name, count]) => [name, Number(count)]));
}

/** Who owns an account, over the links of all syncs of the installation. */
export interface Owner {
  readonly sync: string;
  readonly personId: string;
}
