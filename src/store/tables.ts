import type { Generated, Kysely, Transaction } from 'kysely';
import type { Clock } from '../model/effects.ts';
import type { Sealer } from './seal.ts';

/**
 * The tables as queries see them, the same for every database. Moments are ms, truths are 0 or 1, `sealed` holds what
 * only the sealer can read, names in the plain are ids, stable words and numbers.
 */
export interface Tables {
  readonly sync_states: {
    readonly sync: string;
    readonly first_pass_done: Generated<number>;
    readonly activated_at: number | null;
    readonly last_occurrence: number | null;
    readonly observed_revision: string | null;
    readonly attempted_revision: string | null;
    readonly applied_revision: string | null;
    readonly last_success: number | null;
    readonly failures: Generated<number>;
    readonly conditions: Generated<string>;
    readonly source: string | null;
    readonly looked_at: number | null;
  };
  readonly links: LinkRow;
  /** Keyed hashes of what accounts held in the attributes that people are matched by, and whose they were until when. */
  readonly former_values: {
    readonly target: string;
    readonly attribute: string;
    readonly hash: string;
    /** The connection whose id of the person it is. */
    readonly source: string;
    readonly person_id: string;
    readonly at: number;
  };
  readonly stand_ins: {
    readonly sync: string;
    readonly target: string;
    readonly account_id: string;
    readonly person_id: string;
    readonly starts: string | null;
    readonly seen_at: number;
  };
  readonly intents: {
    readonly key: string;
    readonly run: string;
    readonly sync: string;
    readonly target: string;
    readonly recorded_at: number;
    /** 1 without an outcome or with `unknown`. */
    readonly open: number;
    readonly outcome: string | null;
    readonly settled_at: number | null;
    readonly sealed: Uint8Array;
  };
  readonly counts: {
    readonly id: Generated<number>;
    /** The intent that it counts for; null for counts without one. */
    readonly key: string | null;
    readonly sync: string;
    readonly target: string;
    readonly class: string;
    /** Empty for classes that do not count by attribute. */
    readonly attribute: string;
    readonly person_id: string;
    readonly at: number;
  };
  /** One row for each size that a sync has had, with the last moment that it had it. */
  readonly populations: {
    readonly sync: string;
    readonly target: string;
    readonly size: number;
    readonly at: number;
  };
  readonly held_sets: {
    readonly sync: string;
    readonly digest: string;
    readonly since: number;
    readonly seen_at: number;
    readonly state: string;
    /** 1 for what the sync's last pass held. */
    readonly current: number;
    readonly done: string;
    readonly sealed: Uint8Array;
  };
  readonly escrow: {
    readonly sync: string;
    readonly change_id: string;
    readonly person_id: string;
    readonly reason: string;
    readonly attempts: number;
    readonly fingerprint: string;
    readonly not_before: number;
  };
  readonly runs: {
    readonly id: string;
    readonly sync: string;
    readonly target: string;
    readonly revision: string;
    readonly trigger: string;
    readonly started_at: number;
    readonly ended_at: number | null;
    readonly summary: string | null;
  };
  readonly people: {
    readonly id: Generated<number>;
    readonly run: string;
    readonly sync: string;
    readonly person_id: string | null;
    readonly at: number;
    readonly sealed: Uint8Array;
  };
  readonly fill_rates: {
    readonly id: Generated<number>;
    readonly connection: string;
    readonly at: number;
    readonly rates: string;
  };
  readonly details: {
    readonly connection: string;
    readonly id: string;
    readonly version: string;
    readonly read_at: number;
    readonly sealed: Uint8Array;
  };
  readonly kept_tokens: {
    readonly connection: string;
    readonly name: string;
    readonly kept_at: number;
    readonly sealed: Uint8Array;
  };
  readonly leases: {
    readonly name: string;
    readonly holder: string | null;
    readonly token: number;
    readonly expires_at: number;
  };
  readonly alerts: {
    readonly key: string;
    readonly state: string;
    readonly since: number;
    readonly notified_at: number | null;
  };
  readonly mails: {
    readonly id: string;
    readonly queued_at: number;
    readonly attempts: number;
    readonly next_attempt_at: number;
    readonly sealed: Uint8Array;
  };
  readonly due: {
    readonly sync: string;
    readonly person_id: string;
    readonly at: number;
    readonly kind: string;
  };
  readonly remote_accounts: { readonly connection: string; readonly account: string };
  readonly key_checks: { readonly key_id: string; readonly sealed: Uint8Array };
}

export interface LinkRow {
  readonly sync: string;
  readonly target: string;
  readonly person_id: string;
  readonly account_id: string;
  readonly state: string;
  readonly ended: string | null;
  readonly ended_at: number | null;
  readonly absent_reads: number;
  readonly absent_since: number | null;
  readonly missing_reads: number;
  readonly written_at: number | null;
  readonly mapping: string;
  readonly applied: string;
  /** Null where the target keeps what we write. */
  readonly strays: string | null;
  /** Null where it was linked before this was kept. */
  readonly linked_at: number | null;
  /** The sync that had the account before, until our first write to it. */
  readonly taken_from: string | null;
}

/** What every subject's queries work with. */
export interface Ground {
  readonly db: Kysely<Tables>;
  readonly sealer: Sealer;
  readonly clock: Clock;
}

export type Transact = Transaction<Tables>;
