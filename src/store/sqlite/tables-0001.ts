/**
 * The first tables. Ordinary rowid tables, all of them: without a rowid, writing in random key order was five times
 * slower. `strict`, so that a number never becomes a text unnoticed.
 */
export const tables0001: readonly string[] = [
  `create table sync_states (
    sync text not null primary key,
    first_pass_done integer not null default 0,
    activated_at integer,
    last_occurrence integer,
    observed_revision text,
    attempted_revision text,
    applied_revision text,
    last_success integer,
    failures integer not null default 0,
    conditions text not null default '[]'
  ) strict`,
  `create table links (
    sync text not null,
    target text not null,
    person_id text not null,
    account_id text not null,
    state text not null,
    ended text,
    absent_reads integer not null,
    absent_since integer,
    missing_reads integer not null,
    written_at integer,
    mapping text not null,
    applied text not null,
    primary key (sync, person_id)
  ) strict`,
  `create unique index links_by_account on links (target, account_id) where state = 'active'`,
  `create table intents (
    key text not null primary key,
    run text not null,
    sync text not null,
    target text not null,
    recorded_at integer not null,
    open integer not null,
    outcome text,
    settled_at integer,
    sealed blob not null
  ) strict`,
  `create index intents_open on intents (target, recorded_at, key) where open = 1`,
  `create index intents_settled on intents (settled_at) where open = 0`,
  `create table counts (
    id integer primary key,
    key text,
    sync text not null,
    target text not null,
    class text not null,
    attribute text not null,
    person_id text not null,
    at integer not null,
    unique (key, class, attribute)
  ) strict`,
  `create index counts_by_sync on counts (sync, at)`,
  `create index counts_by_target on counts (target, at)`,
  `create index counts_by_time on counts (at)`,
  `create table populations (
    sync text not null,
    target text not null,
    size integer not null,
    at integer not null,
    primary key (sync, target, size)
  ) strict`,
  `create table held_sets (
    sync text not null,
    digest text not null,
    since integer not null,
    seen_at integer not null,
    state text not null,
    current integer not null,
    done text not null,
    sealed blob not null,
    primary key (sync, digest)
  ) strict`,
  `create index held_sets_by_digest on held_sets (digest)`,
  `create table escrow (
    sync text not null,
    person_id text not null,
    reason text not null,
    attempts integer not null,
    fingerprint text not null,
    not_before integer not null,
    primary key (sync, person_id)
  ) strict`,
  `create table runs (
    id text not null primary key,
    sync text not null,
    target text not null,
    revision text not null,
    "trigger" text not null,
    started_at integer not null,
    ended_at integer,
    summary text
  ) strict`,
  `create index runs_by_time on runs (started_at, id)`,
  `create index runs_by_sync on runs (sync, started_at, id)`,
  `create table people (
    id integer primary key,
    run text not null references runs (id) on delete cascade,
    sync text not null,
    person_id text,
    at integer not null,
    sealed blob not null
  ) strict`,
  `create index people_by_run on people (run)`,
  `create index people_by_person on people (sync, person_id, at)`,
  `create table fill_rates (
    id integer primary key,
    connection text not null,
    at integer not null,
    rates text not null
  ) strict`,
  `create index fill_rates_by_connection on fill_rates (connection, at)`,
  `create table details (
    connection text not null,
    id text not null,
    version text not null,
    read_at integer not null,
    sealed blob not null,
    primary key (connection, id)
  ) strict`,
  `create index details_by_time on details (read_at)`,
  `create table leases (
    name text not null primary key,
    holder text,
    token integer not null,
    expires_at integer not null
  ) strict`,
  `create table alerts (
    key text not null primary key,
    state text not null,
    since integer not null,
    notified_at integer
  ) strict`,
  `create table mails (
    id text not null primary key,
    queued_at integer not null,
    attempts integer not null,
    next_attempt_at integer not null,
    sealed blob not null
  ) strict`,
  `create table key_checks (
    key_id text not null primary key,
    sealed blob not null
  ) strict`,
];
