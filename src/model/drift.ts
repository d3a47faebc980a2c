import type { Drift } from './change.ts';

/** What a person may do about an attribute that does not converge. */
export const wayToConverge =
  "let the connector compare it in the target's form, set `policy: seed` or `policy: follow`, or correct it in the target";

export function notConverging(drift: readonly Drift[]): readonly Drift[] {
  return drift.filter(({ reason }) => reason === 'NotConverging');
}

/** `first_name (3 accounts), title (1 account)`: what does not converge, without naming anybody; empty for nothing. */
export function attributesNotConverging(drift: readonly Drift[]): string {
  const accounts = Map.groupBy(notConverging(drift), ({ attribute }) => attribute);
  return [...accounts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([attribute, { length }]) => `${attribute} (${length} account${length === 1 ? '' : 's'})`)
    .join(', ');
}
