import type { Drafts } from './claims.ts';
import { withdraw, type Draft } from './draft.ts';
import type { Prepared } from './prepared.ts';
import { addTo, keyOf } from './prepared.ts';

/**
 * Where several attributes together are the identity (an enrolment is found by person and course), two records that get the
 * same one would be made, or taken over, twice and be told apart by nothing: neither is. One attribute alone is looked after
 * by `settleUniqueValues`, and an account that is there by the claims to it.
 */
export function withdrawSameIdentities(drafts: Drafts, prepared: readonly Prepared[]): void {
  const identity = prepared.filter((one) => one.identity);
  if (identity.length < 2) return;
  const holders = new Map<string, Draft[]>();
  for (const draft of drafts.values()) {
    if (draft.kind !== 'create') continue;
    const key = keyOfWhole(draft, identity);
    if (key !== undefined) addTo(holders, key, draft);
  }
  const names = identity.map(({ name }) => `"${name}"`).join(' and ');
  for (const same of holders.values()) {
    if (same.length === 1) continue;
    for (const draft of same) {
      withdraw(draft, 'unique', `identity: another record of this plan has the same ${names}`);
    }
  }
}

function keyOfWhole(draft: Draft, identity: readonly Prepared[]): string | undefined {
  const parts: string[] = [];
  for (const { name, canonical } of identity) {
    const value = draft.identity[name];
    if (value === undefined || value === null) return undefined;
    parts.push(keyOf(canonical(value)));
  }
  return parts.join('\n');
}
