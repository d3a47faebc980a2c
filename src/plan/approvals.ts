import type { Change, Plan } from '../model/change.ts';
import type { GuardInput } from './guard-input.ts';
import { contentOf, memberOf } from './digest.ts';

/** What approvals in Git release in this plan: the approval's digest by member (`update/1`, `update/1#phone`). */
export type Approved = ReadonlyMap<string, string>;

/**
 * Releases those members of an approved set that are planned now with the same content and have not been dealt with. A
 * digest that the store does not know, one that is used up and one that has expired release nothing.
 */
export function approvedMembers(input: GuardInput): Approved {
  const approved = new Map<string, string>();
  // A sync that never asks for approval takes none either: what goes over a limit stays held.
  if (input.sync.approval === 'never') return approved;
  const planned = byId(input.plan);
  for (const { sync, digest, expires } of input.approvals) {
    const known = input.approvedSets.get(digest);
    if (sync !== input.sync.name || known === undefined || known.state === 'used') continue;
    if (known.set.sync !== sync || !(Date.parse(expires) > input.now)) continue;
    for (const item of known.set.items) {
      const member = memberOf(item);
      const change = planned.get(item.change.id);
      if (change === undefined || known.done.has(member) || approved.has(member)) continue;
      if (sameContent(input, item, change)) approved.set(member, digest);
    }
  }
  return approved;
}

function byId({ changes }: Plan): ReadonlyMap<string, Change> {
  return new Map(changes.map((change) => [change.id, change]));
}

function sameContent(
  { hash }: GuardInput,
  item: { readonly change: Change; readonly attribute?: string },
  change: Change,
): boolean {
  const { attribute } = item;
  if (attribute !== undefined && !change.attributes.some(({ name }) => name === attribute)) return false;
  return contentOf(item.change, attribute, hash) === contentOf(change, attribute, hash);
}
