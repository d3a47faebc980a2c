/** What a connection and a sync were seen to mean: the remote account behind the one, the people's source of the other. */
export const tables0003: readonly string[] = [
  `create table remote_accounts (
    connection text not null primary key,
    account text not null
  ) strict`,
  `alter table sync_states add column source text`,
];
