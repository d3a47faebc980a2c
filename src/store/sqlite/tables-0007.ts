/** Several sources for one target, and pairs: who waits for which account, whose it was before, when all was last looked at. */
export const tables0007: readonly string[] = [
  `create table stand_ins (
    sync text not null,
    target text not null,
    account_id text not null,
    person_id text not null,
    starts text,
    seen_at integer not null,
    primary key (target, sync, account_id)
  ) strict`,
  `alter table links add column taken_from text`,
  `alter table sync_states add column looked_at integer`,
];
