/** Since when an account is somebody's, and whose values were that people are matched by: as keyed hashes, never a value. */
export const tables0006: readonly string[] = [
  `alter table links add column linked_at integer`,
  `create table former_values (
    target text not null,
    attribute text not null,
    hash text not null,
    source text not null,
    person_id text not null,
    at integer not null,
    primary key (target, attribute, hash, source, person_id)
  ) strict`,
];
