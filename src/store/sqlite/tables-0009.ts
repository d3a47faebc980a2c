/** What systems gave connections to keep: refresh tokens, tokens of linked accounts. It never expires by itself. */
export const tables0009: readonly string[] = [
  `create table kept_tokens (
    connection text not null,
    name text not null,
    kept_at integer not null,
    sealed blob not null,
    primary key (connection, name)
  ) strict, without rowid`,
];
