import type { Desired } from '../model/change.ts';
import { unpackCounts } from '../model/link.ts';
import type { Accounts } from './accounts.ts';
import type { Drafts } from './claims.ts';
import type { Pending } from './diff.ts';
import { referenceChange } from './diff.ts';
import type { Draft } from './draft.ts';
import { causeOf, differing, idOf, withdraw } from './draft.ts';
import type { PlanInput } from './input.ts';
import type { Verdict } from './judge.ts';
import { nothing } from './map.ts';
import type { Pass } from './pass.ts';
import { addTo } from './prepared.ts';

/** What settling references works with, and where it writes what it finds. */
type Settling = Pick<Pass, 'input' | 'accounts' | 'drafts' | 'comparing' | 'drift' | 'memory'>;

/** The account of a person as far as it is certain before the plan is made; it stays the same when the plan is applied. */
export function knownAccount(input: PlanInput, accounts: Accounts): (person: string) => string | undefined {
  const maybeDeleted = input.sync.then.outOfScope === 'delete';
  return (person) => {
    const link = input.memory.links.get(person);
    if (link === undefined || maybeDeleted) return undefined;
    if (accounts.reading.position(link.accountId) >= 0) return link.accountId;
    return input.only !== undefined && link.state === 'active' ? link.accountId : undefined;
  };
}

/**
 * Settles the references to people whose account depends on this plan. A person who is created is referred to in a
 * second change, so that two who refer to each other, or one to themselves, both come about.
 */
export function settleReferences(pass: Settling): void {
  const { input, accounts, drafts } = pass;
  const waiting = [...drafts.values()].filter(({ pending }) => pending.length > 0);
  withdrawUnanswered(input, accounts, drafts, waiting);
  for (const person of waiting) {
    for (const pending of person.pending) settle(pass, person, pending);
    if (person.kind === null && person.attributes.length > 0) {
      person.kind = 'update';
      person.reason = [person.reason, differing(person.attributes)].filter((part) => part !== '').join('; ');
      person.cause = causeOf(person.attributes, 'data');
    }
    person.pending = [];
  }
}

/** People whose reference must not be empty and is: they fail, and so may those who refer to them in turn. */
function withdrawUnanswered(
  input: PlanInput,
  accounts: Accounts,
  drafts: Drafts,
  waiting: readonly Draft[],
): void {
  const referring = new Map<string, Draft[]>();
  for (const person of waiting) {
    for (const { attribute, person: other } of person.pending) {
      if (attribute.mapped.onNull !== 'error') continue;
      addTo(referring, other, person);
    }
  }
  const open = [...referring.keys()];
  for (let other = open.pop(); other !== undefined; other = open.pop()) {
    if (answer(input, accounts, drafts, other) !== undefined) continue;
    for (const person of referring.get(other) ?? []) {
      if (person.pending.length === 0) continue;
      const unanswered = person.pending.find(
        ({ attribute, person: named }) => named === other && attribute.mapped.onNull === 'error',
      );
      withdraw(person, 'mapping', faultOf(unanswered));
      if (referring.has(person.personId)) open.push(person.personId);
    }
  }
}

function faultOf(pending: Pending | undefined): string {
  if (pending === undefined) return 'a reference names a person without an account';
  const result = nothing(pending.attribute.mapped, 'refers to a person without an account here');
  return result.kind === 'fault' ? result.reason : pending.attribute.name;
}

function settle(pass: Settling, person: Draft, pending: Pending): void {
  const { input, accounts, drafts } = pass;
  const after = answer(input, accounts, drafts, pending.person) ?? emptied(pending);
  if (after === undefined) return record(pass, person, pending, 'same');
  const isNew = person.kind === 'create';
  const change = referenceChange(pending, after, pass.comparing.remembered, isNew);
  if (typeof change === 'string') return record(pass, person, pending, change);
  if ('value' in after) {
    person.attributes.push(change);
    return;
  }
  person.references.push(change);
  const other = drafts.get(pending.person);
  if (other !== undefined) person.referenceNeeds.push(idOf(other));
  if (isNew || person.kind === 'adopt') person.referenceNeeds.push(idOf(person));
}

/** What becomes of a reference to somebody without an account: taken away, or left as it is. */
function emptied({ attribute }: Pending): Desired | undefined {
  const result = nothing(attribute.mapped, '');
  return result.kind === 'value' ? { value: null } : undefined;
}

/** A reference of which nothing is written. */
function record(
  { drift, memory }: Settling,
  { personId, accountId }: Draft,
  { attribute, link }: Pending,
  verdict: Exclude<Verdict, 'write'>,
): void {
  const { name, mapped } = attribute;
  if (verdict === 'drift' || verdict === 'stuck') {
    const reason = verdict === 'stuck' ? 'NotConverging' : 'LeftAlone';
    drift.push({ personId, accountId: accountId ?? '', attribute: name, class: mapped.class, reason });
  } else if (unpackCounts(link?.strays).has(name)) {
    memory.push({ kind: 'converged', personId, attributes: [name] });
  }
}

/** What to write for a person: the account's id, a promise where it is created in this plan, or nothing. */
function answer(input: PlanInput, accounts: Accounts, drafts: Drafts, personId: string): Desired | undefined {
  const other = drafts.get(personId);
  if (other?.kind === 'create') return { person: personId };
  if (other?.kind === 'delete') return undefined;
  if (other?.kind === 'adopt' || (other?.links === true && other.accountId !== null)) {
    return { value: other.accountId ?? '' };
  }
  const link = input.memory.links.get(personId);
  if (link === undefined || accounts.reading.position(link.accountId) < 0) return undefined;
  return { value: link.accountId };
}
