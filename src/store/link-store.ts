import type { FormerValue, KnownFormerValue } from '../model/former-value.ts';
import type { LinkRecord, Owner } from '../model/link.ts';
import type { Lease } from './store.ts';

/** Who is who, as the store remembers it; what `Store` says of leases and transactions holds. */
export interface LinkStore {
  /** Links of this sync, tombstones included, in order of person id. */
  links(sync: string): Promise<readonly LinkRecord[]>;
  /** Owners of accounts of this target (`listOf`) by account id, over all syncs; active links only. */
  owners(target: string): Promise<ReadonlyMap<string, Owner>>;
  /** Inserts or replaces by (sync, person), all or none: rejects with `Stalled` (`AccountTaken`) where one is another's. */
  saveLinks(links: readonly LinkRecord[], lease: Lease): Promise<void>;
  /** Links of these people are forgotten, tombstones too, and these are saved, in one go: as `saveLinks` otherwise. */
  changeLinks(forget: readonly Owner[], save: readonly LinkRecord[], lease: Lease): Promise<void>;

  /** Values that people are matched by and that were somebody's in this target (`listOf`) later than `since` (ms). */
  formerValues(target: string, since: number): Promise<readonly KnownFormerValue[]>;
  /** Of people of this source connection, theirs until `at` (ms); what is known already is theirs until then. */
  saveFormerValues(
    target: string,
    source: string,
    values: readonly FormerValue[],
    at: number,
    lease: Lease,
  ): Promise<void>;
}
