import type { MemoryUpdate } from '../model/change.ts';
import type { LinkRecord } from '../model/link.ts';
import type { CompiledSync } from '../spec/compiled.ts';
import type { Accounts } from './accounts.ts';
import type { PlanInput } from './input.ts';
import { missing, momentOf } from './links.ts';
import { doubtOf } from './match.ts';
import type { Found } from './found.ts';

/**
 * The account that a tombstone names, as the target holds it now. `back`: the person takes part again, so that the
 * account would be put to use. A text says why it is not: another one is to be looked for.
 */
export function formerAccount(
  input: PlanInput,
  accounts: Accounts,
  link: LinkRecord,
  memory: MemoryUpdate[],
  back: boolean,
): Found | string {
  const position = accounts.reading.position(link.accountId);
  const wasAway = link.ended === 'away';
  const returns = back && (wasAway || input.sync.then.returned !== 'hold');
  if (position < 0 && returns) return gone(input, link, memory);
  const row = position < 0 ? undefined : accounts.look(position);
  const found = { position, row, candidates: [] };
  if (row === undefined) return { ...found, fact: wasAway ? 'endedAway' : 'ended', reason: reasonOf(link) };
  if (link.missingReads > 0) memory.push({ kind: 'account-seen', personId: link.personId });
  if (link.endedAt !== null && row.active !== false && isNewer(input, link.endedAt)) {
    memory.push({ kind: 'account-enabled', personId: link.personId });
  }
  if (accounts.isProtected(row)) {
    return { ...found, fact: 'protected', reason: 'the former account is protected' };
  }
  const foreign = accounts.takenFrom(row, link.personId);
  if (foreign !== undefined) return { ...found, fact: 'foreign', reason: foreign };
  // It went to somebody else, and nobody has it now: by rights it is that person's.
  if (returns && link.ended === undefined) return 'the former account was given to somebody else';
  const hadLeft = link.ended === 'left' || link.ended === 'deleted';
  if (returns && hadLeft && input.sync.then.returned === 'new') return 'the former account is left alone';
  const doubt = doubtOf(accounts, row);
  if (doubt !== undefined) return { ...found, fact: 'doubtful', reason: doubt };
  return { ...found, fact: wasAway ? 'endedAway' : 'ended', reason: reasonOf(link) };
}

/** One that we deleted is not waited for; any other may only have been missing from one reading. */
function gone(input: PlanInput, link: LinkRecord, memory: MemoryUpdate[]): Found | string {
  const deleted = link.ended === 'deleted' && (link.writtenAt === null || isNewer(input, link.writtenAt));
  const found = missing(input, link, deleted ? [] : memory);
  return deleted || found.fact === 'missing' ? 'the former account is gone' : found;
}

function isNewer(input: PlanInput, than: number): boolean {
  return momentOf(input.accounts.receipt.asOf, input.now) > than;
}

function reasonOf({ ended }: LinkRecord): string {
  if (ended === 'away') return 'back: the account was disabled for an absence';
  return `returned: here again after the account was given up (${ended ?? 'deprovisioned'})`;
}

/**
 * Whether somebody whose account was disabled for another reason has left since, and so comes back as who had left. We did
 * not disable it for that: it has no time of grace.
 */
export function leavesMeanwhile(sync: CompiledSync, { ended }: LinkRecord, { fact, row }: Found): boolean {
  if (ended === undefined || !otherwise.has(ended) || sync.then.left.disable === 'keep') return false;
  return (fact === 'ended' || fact === 'endedAway') && row?.active === false;
}

const otherwise: ReadonlySet<LinkRecord['ended']> = new Set(['away', 'outOfScope', 'vanished'] as const);

/** Whether an account that we disabled when its person left has been so for as long as the spec says. */
export function isGraceOver(
  input: PlanInput,
  link: LinkRecord | undefined,
  { row }: Found,
  at: number,
): boolean {
  const due = row?.active === false ? deletionDue(input, link) : undefined;
  return due !== undefined && at >= due;
}

/** When the account of somebody who left is to be deleted (ms), as long as it stays disabled. */
export function deletionDue(input: PlanInput, link: LinkRecord | undefined): number | undefined {
  const { deleteAfterMs } = input.sync.then.left;
  if (deleteAfterMs === undefined || link?.state !== 'tombstone' || link.ended !== 'left') return undefined;
  return link.endedAt === null ? undefined : link.endedAt + deleteAfterMs;
}
