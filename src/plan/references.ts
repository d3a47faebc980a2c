import type { AttributeChange, Desired } from '../model/change.ts';
import { changeOf } from './attribute-change.ts';
import { differing } from './diff.ts';
import type { Pending, PendingReference } from './difference.ts';
import type { Draft } from './draft.ts';
import { becomeUpdate, idOf, withdraw } from './draft.ts';
import type { Verdict } from './judge.ts';
import { nothing } from './map.ts';
import type { Pass } from './pass.ts';
import { addTo, isEmpty } from './prepared.ts';
import { awaitedAccounts, referent } from './referent.ts';
import { leave } from './unwritten.ts';

/** What settling references works with, and where it writes what it finds. */
type Settling = Pick<Pass, 'input' | 'accounts' | 'drafts' | 'comparing' | 'drift' | 'memory'> & {
  readonly awaited: ReadonlyMap<string, string>;
};

/**
 * Settles the references to people whose account depends on this plan. A person who is created is referred to in a
 * second change, so that two who refer to each other, or one to themselves, both come about.
 */
export function settleReferences(whole: Omit<Settling, 'awaited'> & Pick<Pass, 'standIns'>): void {
  const pass = { ...whole, awaited: awaitedAccounts(whole.standIns) };
  const waiting = [...pass.drafts.values()].filter(({ pending }) => pending.length > 0);
  withdrawUnanswered(pass, waiting);
  for (const person of waiting) {
    for (const pending of person.pending.filter(isReference)) settle(pass, person, pending);
    becomeUpdate(person);
    person.pending = [];
  }
}

function isReference(pending: Pending): pending is PendingReference {
  return pending.kind === 'reference';
}

/** People whose reference must not be empty and is: they fail, and so may those who refer to them in turn. */
function withdrawUnanswered(pass: Settling, waiting: readonly Draft[]): void {
  const referring = new Map<string, { readonly person: Draft; readonly pending: PendingReference }[]>();
  for (const person of waiting) {
    for (const pending of person.pending.filter(isReference)) {
      if (pending.attribute.mapped.onNull === 'error') addTo(referring, pending.person, { person, pending });
    }
  }
  const open = [...referring.keys()];
  for (let other = open.pop(); other !== undefined; other = open.pop()) {
    for (const { person, pending } of referring.get(other) ?? []) {
      if (person.pending.length === 0 || referent(pass, person, pending) !== undefined) continue;
      withdraw(person, 'mapping', faultOf(pending));
      if (referring.has(person.personId)) open.push(person.personId);
    }
  }
}

function faultOf({ attribute }: PendingReference): string {
  const { result } = attribute.mapped;
  const what =
    result.kind === 'person' && result.as !== undefined ? `without "${result.as}"` : 'without an account';
  const fault = nothing(attribute.mapped, `refers to a person ${what} here`);
  return fault.kind === 'fault' ? fault.reason : attribute.name;
}

/** What becomes of others is not known in a partial pass: a reference to them that is not certain stays as it is. */
function isOpen({ input }: Settling, { person, attribute }: PendingReference, found: unknown): boolean {
  if (input.only?.has(person) !== false) return false;
  const { result } = attribute.mapped;
  return typeof found !== 'object' || result.kind !== 'person' || result.as === undefined;
}

function settle(pass: Settling, person: Draft, pending: PendingReference): void {
  const found = referent(pass, person, pending);
  if (isOpen(pass, pending, found)) return;
  if (found === 'unknown') return leave(pass, person, pending, 'same');
  const after = found?.after ?? emptied(pending);
  if (after === undefined) return leave(pass, person, pending, 'same');
  const isNew = person.kind === 'create';
  const change = referenceChange(pass, pending, after, isNew);
  if (typeof change === 'string') return leave(pass, person, pending, change);
  if (found?.waitsForThem !== true) {
    person.attributes.push(change);
    return;
  }
  person.references.push(change);
  const other = pass.drafts.get(pending.person);
  if (other !== undefined) person.referenceNeeds.push(idOf(other));
  if (isNew || person.kind === 'adopt') person.referenceNeeds.push(idOf(person));
}

/** What becomes of a reference to somebody without an account: taken away, or left as it is. */
function emptied({ attribute }: PendingReference): Desired | undefined {
  const result = nothing(attribute.mapped, '');
  return result.kind === 'value' ? { value: null } : undefined;
}

/**
 * A reference as a change, now that it is known whom it names. The account of somebody who is created in this very plan
 * has no id that could be compared: it is another one than before.
 */
function referenceChange(
  { comparing: { remembered } }: Settling,
  { attribute, before, link, owed }: PendingReference,
  after: Desired,
  isNew: boolean,
): AttributeChange | Exclude<Verdict, 'write'> {
  if (!('value' in after)) {
    const { policy } = attribute.mapped;
    if (!isNew && policy === 'seed-if-empty' && !isEmpty(before)) return 'same';
    return changeOf(attribute, before, after, 'data', { owed });
  }
  if (isNew) {
    return isEmpty(after.value) ? 'same' : changeOf(attribute, before, after, 'data', { owed });
  }
  remembered.turnTo(link);
  return differing({ remembered }, attribute, after.value, before, owed);
}
