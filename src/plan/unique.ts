import type { Value } from '../model/value.ts';
import { AccountIndex } from './accounts.ts';
import type { Drafts } from './claims.ts';
import type { Draft } from './draft.ts';
import { idOf, withdraw } from './draft.ts';
import type { PlanInput } from './input.ts';
import type { Prepared } from './prepared.ts';
import { addTo, isEmpty, keyOf } from './prepared.ts';

/**
 * Values that no two accounts may share: who wants one that is taken fails, unless the account that holds it gives it up
 * in this plan; then the one change needs the other.
 */
export function settleUniqueValues(input: PlanInput, drafts: Drafts, prepared: readonly Prepared[]): void {
  const unique = uniqueOf(prepared);
  if (unique.length === 0) return;
  const index = new AccountIndex(
    input,
    unique.map(({ name }) => [name]),
  );
  const wanted = new Map<string, Wish[]>();
  const giving = new Map<number, Draft>();
  for (const person of drafts.values()) {
    if (person.kind !== null && person.position >= 0) giving.set(person.position, person);
    for (const wish of wishesOf(person, unique)) {
      addTo(wanted, wish.key, wish);
    }
  }
  const refused = new Map<Draft, string>();
  for (const wishes of wanted.values()) {
    for (const wish of wishes) {
      const refusal = refusalOf(wish, wishes.length, index, giving);
      if (refusal !== undefined && !refused.has(wish.person)) refused.set(wish.person, refusal);
    }
  }
  // Only now, so that nobody's answer depends on the order in which people are asked.
  for (const [person, refusal] of refused) withdraw(person, 'unique', refusal);
  withdrawCircles(drafts);
}

/** Attributes in which no two accounts may have the same value. */
export function uniqueOf(prepared: readonly Prepared[]): readonly Prepared[] {
  // One identity attribute is a key, whether the target enforces it or not: two with the same value are no two people.
  const oneKey = prepared.filter(({ identity }) => identity).length === 1;
  return prepared.filter(({ mapped, identity }) => mapped.spec.unique === true || (identity && oneKey));
}

interface Wish {
  readonly person: Draft;
  readonly attribute: Prepared;
  readonly value: Value;
  readonly key: string;
}

function wishesOf(person: Draft, unique: readonly Prepared[]): Wish[] {
  if (person.attributes.length === 0) return [];
  return unique.flatMap((attribute) => {
    const after = person.attributes.find(({ name }) => name === attribute.name)?.after;
    if (after === undefined || !('value' in after) || isEmpty(after.value)) return [];
    const key = `${attribute.name}\n${keyOf(attribute.canonical(after.value))}`;
    return [{ person, attribute, value: after.value, key }];
  });
}

function refusalOf(
  { person, attribute, value }: Wish,
  rivals: number,
  index: AccountIndex,
  giving: ReadonlyMap<number, Draft>,
): string | undefined {
  if (rivals > 1) return `attribute "${attribute.name}": another person of this plan gets the same value`;
  // Matching has looked for the identity already, and found nobody.
  if (attribute.identity && (person.kind === 'create' || person.kind === 'adopt')) return undefined;
  for (const position of index.holders(index.slot([attribute.name]), [value])) {
    if (position === person.position) continue;
    const giver = giving.get(position);
    // A deletion comes last: what it frees is there for the next pass.
    const gives =
      giver?.attributes.some(({ name, frees }) => name === attribute.name && frees === true) === true;
    if (giver === undefined || !gives)
      return `attribute "${attribute.name}": another account holds the value`;
    person.needs.push(idOf(giver));
  }
  return undefined;
}

/** Those who would take from each other in a circle cannot begin; their followers wait for nothing. */
function withdrawCircles(drafts: Drafts): void {
  const waiting = new Map(
    [...drafts.values()].filter(({ needs }) => needs.length > 0).map((one) => [idOf(one), one]),
  );
  peel(waiting, (person) => person.needs);
  const circle = new Map(waiting);
  const followers = new Map<string, string[]>();
  for (const [id, person] of waiting) {
    for (const need of person.needs) addTo(followers, need, id);
  }
  peel(circle, (person) => followers.get(idOf(person)) ?? []);
  for (const person of circle.values()) {
    withdraw(
      person,
      'swap',
      'swaps a unique value with other people in a circle: change one of them by hand first',
    );
  }
}

/** Takes out, again and again, those who are tied to nobody that is left. */
function peel(left: Map<string, Draft>, tiesOf: (person: Draft) => readonly string[]): void {
  const ties = new Map<string, number>();
  const back = new Map<string, string[]>();
  for (const [id, person] of left) {
    const others = tiesOf(person).filter((other) => left.has(other));
    ties.set(id, others.length);
    for (const other of others) addTo(back, other, id);
  }
  const free = [...left.keys()].filter((id) => ties.get(id) === 0);
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    left.delete(id);
    for (const other of back.get(id) ?? []) {
      const rest = (ties.get(other) ?? 0) - 1;
      ties.set(other, rest);
      if (rest === 0) free.push(other);
    }
  }
}

/** Whoever needs a change that is not in the plan any more cannot be changed either, nor who needs them. */
export function withdrawStranded(drafts: Drafts): void {
  const planned = new Set<string>();
  const followers = new Map<string, Draft[]>();
  for (const person of drafts.values()) {
    if (person.kind !== null) planned.add(idOf(person));
    for (const need of person.needs) addTo(followers, need, person);
    for (const need of person.referenceNeeds) addTo(followers, need, person);
  }
  const gone = [...followers.keys()].filter((id) => !planned.has(id));
  for (let id = gone.pop(); id !== undefined; id = gone.pop()) {
    for (const person of followers.get(id) ?? []) {
      if (person.needs.includes(id)) {
        gone.push(idOf(person));
        withdraw(person, 'waits', 'needs a value that another person cannot give up now');
      } else if (person.referenceNeeds.includes(id)) person.references = [];
    }
  }
}
