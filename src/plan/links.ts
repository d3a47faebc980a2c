import type { MemoryUpdate } from '../model/change.ts';
import type { LinkRecord } from '../model/link.ts';
import type { Accounts } from './accounts.ts';
import type { PlanInput } from './input.ts';
import type { Found } from './found.ts';
import { doubtOf } from './match.ts';

/** The account that an active link names, as the target holds it now. Remembers whether it was there. */
export function followLink(
  input: PlanInput,
  accounts: Accounts,
  link: LinkRecord,
  memory: MemoryUpdate[],
): Found {
  const position = accounts.reading.position(link.accountId);
  if (position < 0) return missing(input, link, memory);
  if (input.only === undefined && link.missingReads > 0)
    memory.push({ kind: 'account-seen', personId: link.personId });
  const row = accounts.look(position);
  const found = { position, row, reason: 'linked', candidates: [] };
  if (accounts.isProtected(row))
    return { ...found, fact: 'protected', reason: 'the linked account is protected' };
  const owner = input.memory.owners.get(row.id);
  // Two people of this sync with a link to the same account are a collision, not a matter of ownership.
  const disowned = row.outside === true || (owner !== undefined && owner.sync !== input.sync.name);
  const foreign = disowned ? accounts.takenFrom(row, link.personId) : undefined;
  if (foreign !== undefined) return { ...found, fact: 'foreign', reason: foreign };
  const doubt = doubtOf(accounts, row);
  if (doubt !== undefined) return { ...found, fact: 'doubtful', reason: doubt };
  return { ...found, fact: 'linked' };
}

/** Counts only readings of the target that are younger than what we wrote last. */
export function missing(input: PlanInput, link: LinkRecord, memory: MemoryUpdate[]): Found {
  const found = { position: -1, row: undefined, candidates: [] };
  const asOf = momentOf(input.accounts.receipt.asOf, input.now);
  if (input.only !== undefined) {
    return { ...found, fact: 'missingOnce', reason: 'missing: not looked for in a partial pass' };
  }
  if (link.writtenAt !== null && asOf <= link.writtenAt) {
    return { ...found, fact: 'missingOnce', reason: 'missing: the reading is older than our last write' };
  }
  if (link.missingReads < 2) memory.push({ kind: 'account-missing', personId: link.personId });
  if (link.missingReads === 0) {
    return { ...found, fact: 'missingOnce', reason: 'missing: not in this reading, the next one decides' };
  }
  return { ...found, fact: 'missing', reason: 'missing: the linked account is gone from the target' };
}

/** An ISO instant in ms; the pass's own moment where a connector gives none that can be read. */
export function momentOf(asOf: string, now: number): number {
  const moment = Date.parse(asOf);
  return Number.isNaN(moment) ? now : Math.min(moment, now);
}
