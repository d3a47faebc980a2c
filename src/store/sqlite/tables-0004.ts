/** Escrow by change instead of by person. The table that it takes the place of never had a row. */
export const tables0004: readonly string[] = [
  `drop table escrow`,
  `create table escrow (
    sync text not null,
    change_id text not null,
    person_id text not null,
    reason text not null,
    attempts integer not null,
    fingerprint text not null,
    not_before integer not null,
    primary key (sync, change_id)
  ) strict`,
];
