import type { Accounts } from './accounts.ts';
import type { PlanInput } from './input.ts';

/** The account of a person as far as it is certain before the plan is made; it stays the same when the plan is applied. */
export function knownAccount(input: PlanInput, accounts: Accounts): (person: string) => string | undefined {
  const { outOfScope, left, returned } = input.sync.then;
  const maybeDeleted = outOfScope === 'delete';
  const maybeAnother = returned === 'new' || left.deleteAfterMs !== undefined;
  return (person) => {
    const link = input.memory.links.get(person);
    if (link === undefined || maybeDeleted) return undefined;
    // One that went to somebody else is not theirs any more.
    const former = link.state === 'tombstone';
    if (former && (maybeAnother || input.memory.owners.has(link.accountId))) return undefined;
    return accounts.reading.position(link.accountId) >= 0 ? link.accountId : undefined;
  };
}
