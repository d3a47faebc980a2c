/** What dates will bring, so that the daemon wakes for it whatever the schedule says: no names, only ids and moments. */
export const tables0008: readonly string[] = [
  `create table due (
    sync text not null,
    person_id text not null,
    at integer not null,
    kind text not null,
    primary key (sync, at, person_id, kind)
  ) strict, without rowid`,
];
