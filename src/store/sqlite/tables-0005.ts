/** When an account was given up: nothing has been written to it since, so that the last write was the disabling. */
export const tables0005: readonly string[] = [
  `alter table links add column ended_at integer`,
  `update links set ended_at = written_at where state = 'tombstone' and ended is not null`,
];
