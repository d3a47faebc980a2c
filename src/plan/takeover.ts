import type { LinkRecord, Owner } from '../model/link.ts';
import type { StandIn } from '../model/stand-in.ts';
import type { CompiledSync } from '../spec/compiled.ts';
import { isUsable } from './found.ts';
import type { PlanInput } from './input.ts';
import type { Facts } from './facts.ts';
import type { Row as Decision } from './situations.ts';
import type { Subject } from './subject.ts';
import { dateAfter } from './today.ts';

/** Beyond this age (ms) what another sync has last seen is no ground to leave an account in use. */
const stalestMs = 7 * 86_400_000;

/**
 * The decision as precedence leaves it, where several syncs into one target have people who stand for one account. It
 * belongs to one of them. The one with the lower number has it while its person is here, and takes it over when they come;
 * the other leaves it alone, and is given it when they have gone there and are here with the other.
 */
export function byPrecedence(input: PlanInput, subject: Subject, facts: Facts, decision: Decision): Decision {
  const { rivals, precedence } = input.sync;
  if (rivals === undefined || precedence === undefined || subject.found.row === undefined) return decision;
  if (facts.account === 'foreign') return elsewhere(input, subject, facts, decision, precedence);
  if (facts.account === 'linked' && isUsable(subject.found) && isGone(decision, facts)) {
    return handedOver(input, subject.found.row.id, decision);
  }
  return decision;
}

/** A link as if the account were ours already, by which its identity may be replaced: for one that is taken over. */
export function takenLink({ sync }: PlanInput, { personId, found }: Subject, from: Owner): LinkRecord {
  return {
    sync: sync.name,
    target: sync.to,
    personId,
    accountId: found.row?.id ?? '',
    state: 'active',
    endedAt: null,
    absentReads: 0,
    absentSince: null,
    missingReads: 0,
    writtenAt: null,
    mapping: sync.digest,
    applied: '',
    takenFrom: from.sync,
  };
}

/** Whom this person would replace, for the other sync's plan: kept by a pass that has read everybody. */
export function standInOf(
  input: PlanInput,
  { personId, found, person }: Subject,
  seenAt: number,
): StandIn | undefined {
  if (found.row === undefined) return undefined;
  const starts = person.view === undefined ? undefined : input.sync.dates.starts?.evaluate(person.view);
  const first = starts?.kind === 'value' && starts.value !== null ? String(starts.value) : null;
  const { fact } = person.standing;
  return {
    sync: input.sync.name,
    accountId: found.row.id,
    personId,
    starts: fact === 'later' || fact === 'soon' ? first : null,
    seenAt,
  };
}

function elsewhere(
  { sync, memory }: PlanInput,
  { found }: Subject,
  facts: Facts,
  decision: Decision,
  precedence: number,
): Decision {
  const owner = memory.owners.get(found.row?.id ?? '');
  const theirs = owner === undefined ? undefined : sync.rivals?.get(owner.sync);
  if (owner === undefined || theirs === undefined || found.row?.outside === true) return decision;
  if (decision.situation !== 'foreign') return decision;
  const isIn = facts.scope === 'in';
  if (theirs < precedence) {
    const waits = isIn && expected.has(facts.status);
    const because = { text: `sync "${owner.sync}" has precedence` };
    return { ...decision, attention: false, because, ...(waits ? { waits: true } : {}) };
  }
  if (!isIn || (facts.status !== 'here' && facts.status !== 'away')) {
    return {
      ...decision,
      attention: false,
      because: { text: `sync "${owner.sync}" has the account until then` },
    };
  }
  return {
    ...decision,
    situation: 'unlinked',
    deed: !facts.usable && facts.status === 'here' ? 'adoptAndEnable' : 'adopt',
    attention: false,
    because: { text: `taken over from sync "${owner.sync}", over which this one has precedence` },
    takesFrom: owner,
  };
}

const expected: ReadonlySet<Facts['status']> = new Set(['here', 'away', 'soon', 'later']);

/** Left, out of scope, or vanished beyond the time allowed: in this system nobody has the account any more. */
function isGone({ situation }: Decision, { grace, status, scope }: Facts): boolean {
  if (situation === 'left') return status === 'left';
  if (situation === 'outOfScope') return scope === 'out';
  return situation === 'vanished' && grace === 'over';
}

function handedOver(input: PlanInput, accountId: string, decision: Decision): Decision {
  const { sync, memory, now } = input;
  const heir = heirOf(memory.standIns?.get(accountId) ?? [], sync, now);
  if (heir === undefined || sync.mode === 'observe') return decision;
  const because = { text: `${decision.situation} here; sync "${heir.sync}" goes on with the account` };
  return { ...decision, deed: 'nothing', attention: false, because, handsTo: heir };
}

/** Of those whose last reading is not too old, and who are here by tomorrow, the one whose sync comes first. */
function heirOf(standIns: readonly StandIn[], { rivals }: CompiledSync, now: number): StandIn | undefined {
  const tomorrow = dateAfter(new Date(now).toISOString().slice(0, 10), 1);
  const rank = ({ sync }: StandIn) => rivals?.get(sync) ?? Infinity;
  const [first] = standIns
    .filter((one) => rank(one) < Infinity && now - one.seenAt <= stalestMs)
    .filter(({ starts }) => starts === null || starts <= tomorrow)
    .toSorted((a, b) => rank(a) - rank(b));
  return first;
}
