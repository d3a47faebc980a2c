import type { KnownFormerValue } from '../model/former-value.ts';
import type { KeyedHash } from '../model/keyed-hash.ts';
import type { LinkRecord, Owner } from '../model/link.ts';
import type { StandIn } from '../model/stand-in.ts';
import type { Reading, Shape } from '../model/reading.ts';
import type { CompiledSync, LinkDecisions, Transfer } from '../spec/compiled.ts';

/** Everything a plan is made from. Two equal inputs give two equal plans. */
export interface PlanInput {
  readonly sync: CompiledSync;
  /** The source, read whole, or what was found of `only`: columns are `sync.sourceWant.attributes`. */
  readonly people: Reading;
  /** The target, read whole, or for `only` what may be theirs or stands in their way: columns are `sync.targetWant.attributes`. */
  readonly accounts: Reading;
  readonly shape: Shape;
  readonly memory: Memory;
  /** Wall clock of the pass (ms); `today` of each person is made from it in their zone. */
  readonly now: number;
  readonly hash: KeyedHash;
  /** Set where people for whom an account is created now get a welcome mail. */
  readonly welcomes?: true;
  /** What Links documents decide for this sync. */
  readonly decisions?: LinkDecisions;
  /** Only these people (a partial pass): absence says nothing then, and orphans are not looked for. */
  readonly only?: ReadonlySet<string>;
}

/** What the store remembers, as planning needs it. */
export interface Memory {
  /** By person id, tombstones included. */
  readonly links: ReadonlyMap<string, LinkRecord>;
  /** Owner of each account of the target connection, over all syncs; with those of a pair's other sync, turned round. */
  readonly owners: ReadonlyMap<string, Owner>;
  /** Who waits for an account, by account; only for a sync with a precedence. */
  readonly standIns?: ReadonlyMap<string, readonly StandIn[]>;
  /** For the flows of a pair. */
  readonly partner?: PartnerMemory;
  /** Links of other syncs that references are led through; left out by syncs without any. */
  readonly via?: ViaLinks;
  /** Values by which people are matched that were somebody's lately; none when left out. */
  readonly former?: readonly KnownFormerValue[];
  /** Links of other syncs that a document hands over to this one. */
  readonly handOvers?: readonly HandOver[];
}

/** Links of the syncs that references are led through, by the sync's name. */
export type ViaLinks = ReadonlyMap<string, readonly LinkRecord[]>;

/** What another sync has in this target. */
export interface HandOver {
  readonly transfer: Transfer;
  readonly links: readonly LinkRecord[];
  /** Why nothing of it may be handed over. */
  readonly fault?: string;
}

/** What the store remembers of the other sync of a pair. */
export interface PartnerMemory {
  /** Its own links, by person id of this sync. */
  readonly links: ReadonlyMap<string, LinkRecord>;
  /** When our last pass that looked at everybody ended (ms). */
  readonly lastLook: number | null;
  /** True while it has creates under way of which nobody knows what became. */
  readonly unsettled: boolean;
  /** Of our source: the form in which it hands back what the other has written there. */
  readonly canonical: Shape['canonical'];
}
