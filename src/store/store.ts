import type { KeptTokens } from '../model/kept-tokens.ts';
import type { LimitClass } from '../model/change.ts';
import type { Entity } from '../model/entity.ts';
import type { HeldSet } from '../model/hold.ts';
import type { LinkRecord, Owner } from '../model/link.ts';
import type { CountedChange, Details, Intent } from '../model/order.ts';
import type { PersonRecord, RunRecord, RunSummary } from '../model/run.ts';
import type { DueStore } from './due.ts';
export type { Due } from './due.ts';
import type { LinkStore } from './link-store.ts';
import type { StandInStore } from './stand-in-store.ts';
import type { SyncState } from './sync-state.ts';

export type { SyncState } from './sync-state.ts';

/**
 * What rosterd remembers. One interface for SQLite and PostgreSQL; every method that writes is one durable transaction:
 * when it resolves, a power cut loses nothing of it.
 *
 * A write that takes a `Lease` is fenced: it rejects with `Waiting` (`LeaseLost`), and changes nothing, once the lease
 * was taken by another, acquired anew or given back. Fenced is everything that a later pass decides from: links, intents
 * and outcomes, escrow, due moments, windows, populations, held sets, fill rates, the source and the remote accounts, and whether the
 * first pass is over. So a process that was frozen while another took over changes nothing of it when it wakes up.
 *
 * The rest needs no lease. A run and its people belong to the pass that began it, under an id of its own. What the
 * daemon notes of a sync (activation, occurrence) may be lost or told twice: a schedule is then caught up once more.
 * Details are remembered under the version that the source gives them. Alerts and mails are news: the worst is one too
 * many.
 *
 * People's values are in it only sealed or as keyed hashes. Methods that hand out sealed rows open them; a row sealed
 * under a key that is not at hand rejects with `Stalled` (`SealingKeyMissing`).
 */
export interface Store extends LinkStore, DueStore, StandInStore {
  syncState(sync: string): Promise<SyncState>;
  /** What is left out stays as it is. Without a lease neither the source nor the end of the first pass can be told. */
  saveSyncState(sync: string, state: Partial<Omit<SyncState, 'firstPassDone' | 'source'>>): Promise<void>;
  saveSyncState(sync: string, state: Partial<SyncState>, lease: Lease): Promise<void>;

  /** Intents, on disk before any of them is sent; `target` as in links. */
  recordIntents(
    run: string,
    sync: string,
    target: string,
    intents: readonly Intent[],
    lease: Lease,
  ): Promise<void>;
  /**
   * Outcomes together with what follows from them (links, window counts, escrow, mails), in one transaction. A link to an
   * account that belongs to somebody else is not kept, and answered; its outcome and everybody else's are.
   */
  settle(settlements: readonly Settlement[], lease: Lease): Promise<readonly RefusedLink[]>;
  /** Intents without an outcome, or with outcome `unknown`, oldest first. */
  openIntents(target: string): Promise<readonly OpenIntent[]>;

  /** Changes that count in the rolling windows, newer than `since` (ms): of a sync, a target connection, or everything. */
  windowCounts(level: WindowLevel, since: number): Promise<readonly WindowCount[]>;
  /** The largest population recorded since (ms), or 0. */
  largestPopulation(level: WindowLevel, since: number): Promise<number>;
  recordPopulation(sync: string, target: string, size: number, at: number, lease: Lease): Promise<void>;
  /** Counts without an intent (people who vanish for the first time). */
  recordCounts(
    sync: string,
    target: string,
    counts: readonly CountedChange[],
    at: number,
    lease: Lease,
  ): Promise<void>;

  /** Replaces the sync's held set; an older one with another digest is superseded. Sealed. */
  saveHeld(set: HeldSet, at: number, lease: Lease): Promise<void>;
  /** The held set with this digest, superseded ones included; without `sync`, of the sync that saved it last. */
  heldByDigest(digest: string, sync?: string): Promise<StoredHeld | undefined>;
  /** The newest held set of the sync that is not empty, or undefined. */
  held(sync: string): Promise<StoredHeld | undefined>;
  /** Marks members of a held set as applied or fallen away; the set is used up when none is left. */
  useHeld(digest: string, members: readonly string[], sync: string, lease: Lease): Promise<void>;

  /** Changes of this sync that wait after a refusal, in order of person. `settle` makes the entries. */
  escrow(sync: string): Promise<readonly Escrow[]>;
  /** Forgets changes by id. */
  clearEscrow(sync: string, changes: readonly string[], lease: Lease): Promise<void>;

  beginRun(run: RunRecord): Promise<void>;
  /** People of a run with their traces, sealed. May be called many times. */
  recordPeople(run: string, people: readonly PersonRecord[]): Promise<void>;
  endRun(run: string, summary: RunSummary): Promise<void>;
  /** Newest first. */
  runs(filter: {
    readonly sync?: string;
    readonly limit: number;
  }): Promise<readonly (RunRecord & { readonly summary?: RunSummary })[]>;
  people(run: string): Promise<readonly PersonRecord[]>;
  /** The newest records of one person in this sync, newest first. */
  personHistory(
    sync: string,
    personId: string,
    limit: number,
  ): Promise<readonly (PersonRecord & { readonly run: string })[]>;
  /** Deletes runs, outcomes, settled intents, details and held sets older than this moment (ms). Links stay. */
  expire(before: number): Promise<void>;

  /** Median fill rate (0 to 1) of the last complete readings of a list (`listOf`) by attribute; empty when there is none. */
  fillRates(connection: string): Promise<ReadonlyMap<string, number>>;
  recordFillRates(
    connection: string,
    rates: ReadonlyMap<string, number>,
    at: number,
    lease: Lease,
  ): Promise<void>;

  /** The remote account that this connection led to when it was last read whole, or undefined where that is not known. */
  remoteAccount(connection: string): Promise<string | undefined>;
  saveRemoteAccount(connection: string, account: string, lease: Lease): Promise<void>;

  details(connection: string): Details;
  /** Of one connection; `alone` is made from the leases below. */
  keptTokens(connection: string): Omit<KeptTokens, 'alone'>;

  /** The lease with a fencing token, or undefined while another holder's has not expired. */
  acquireLease(name: string, holder: string, ttlMs: number): Promise<Lease | undefined>;
  /** False when it was lost. */
  renewLease(lease: Lease, ttlMs: number): Promise<boolean>;
  releaseLease(lease: Lease): Promise<void>;

  alerts(): Promise<readonly AlertState[]>;
  saveAlert(alert: AlertState): Promise<void>;
  /** Mails wait here until the server has taken them. Sealed. */
  queueMail(mail: QueuedMail): Promise<void>;
  waitingMail(now: number): Promise<readonly (QueuedMail & { readonly attempts: number })[]>;
  /** True for one of all processes that try: nobody else hands the mail over before `until` (ms). */
  takeMail(id: string, now: number, until: number): Promise<boolean>;
  mailSent(id: string): Promise<void>;
  mailFailed(id: string, nextAttemptAt: number): Promise<void>;

  close(): Promise<void>;
}

export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Grows with every acquisition; writes with an older one are refused. */
  readonly token: number;
}

/** What became of one intent, and what to remember with it. */
export interface Settlement {
  readonly key: string;
  readonly outcome: 'applied' | 'delivered' | 'rejected' | 'unknown' | 'not-sent';
  /** With `not-sent`: it may arrive late. It counts no more and stays open, as one without an outcome. */
  readonly mayArrive?: true;
  readonly at: number;
  readonly sync: string;
  readonly target: string;
  /** Saved together with the outcome. */
  readonly link?: LinkRecord;
  /** Counted in the windows (applied and unknown changes that no approval released). */
  readonly counts: readonly CountedChange[];
  /** Takes the place of the change's earlier entry. */
  readonly escrow?: Escrow;
  /** Queued together with the outcome, once. */
  readonly mail?: QueuedMail;
}

/** A settlement whose link was not kept: the account belongs to somebody else. */
export interface RefusedLink {
  readonly key: string;
  readonly owner: Owner;
}

export interface OpenIntent {
  readonly run: string;
  readonly sync: string;
  readonly intent: Intent;
  readonly recordedAt: number;
  readonly outcome: 'unknown' | null;
}

/** `target` as in links: people, courses and enrolments of a connection are counted apart. */
export type WindowLevel =
  | { readonly kind: 'sync'; readonly sync: string }
  | { readonly kind: 'target'; readonly target: string }
  /** Of one entity, or of all that there is. */
  | { readonly kind: 'installation'; readonly entity?: Entity };

export interface WindowCount {
  readonly class: LimitClass;
  readonly attribute: string | null;
  readonly at: number;
  /** Changes at that moment. */
  readonly count: number;
}

export interface StoredHeld {
  readonly set: HeldSet;
  readonly since: number;
  readonly state: 'open' | 'superseded' | 'used';
  /** Change ids (with `#attribute` for one attribute) that were applied or fell away. */
  readonly done: ReadonlySet<string>;
}

/** A change that the target refused, left alone until its moment, or until what is to be sent changes. */
export interface Escrow {
  /** Id of the change. */
  readonly change: string;
  readonly personId: string;
  /** Stable word of the last refusal. */
  readonly reason: string;
  /** Refusals in a row of the same content. */
  readonly attempts: number;
  /** Keyed hash of what was to be sent and of the mapping; another one is tried at once. */
  readonly fingerprint: string;
  /** Not before this moment (ms). */
  readonly notBefore: number;
}

export interface AlertState {
  readonly key: string;
  readonly state: 'firing' | 'resolved';
  readonly since: number;
  readonly notifiedAt: number | null;
}

export interface QueuedMail {
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly queuedAt: number;
}
