import type { RecordView } from '../expression/expression.ts';
import type { AttributeChange, Cause, Desired, DriftReason } from '../model/change.ts';
import type { LinkRecord } from '../model/link.ts';
import type { Row } from '../model/row.ts';
import type { Value } from '../model/value.ts';
import type { Verdict } from './judge.ts';
import { judge } from './judge.ts';
import { mapAttribute } from './map.ts';
import type { Remembered } from './memory.ts';
import type { Prepared } from './prepared.ts';
import { isEmpty } from './prepared.ts';

/** A reference to a person whose account may come about in this very plan: settled when everybody is known. */
export interface Pending {
  readonly attribute: Prepared;
  readonly person: string;
  readonly before: Value | undefined;
  /** What the store remembers of the account; none for one that is created or only being adopted. */
  readonly link: LinkRecord | undefined;
  /** See `AttributeChange.owed`. */
  readonly owed: boolean;
}

/** An attribute that differs and is left alone. */
export interface LeftAlone {
  readonly attribute: Prepared;
  readonly reason: DriftReason;
}

/** How one account differs from what the mapping says. */
export interface Difference {
  readonly attributes: AttributeChange[];
  readonly pending: Pending[];
  /** Attributes that differ and are left alone. */
  readonly drift: LeftAlone[];
  /** Attributes that had strayed from what we wrote and do not any more. */
  readonly converged: readonly string[];
  /** What the account already holds of our result and the store does not know yet. */
  readonly applied: Readonly<Record<string, string>> | undefined;
  /** Why nothing may be written. */
  readonly fault?: { readonly finding: 'mapping' | 'identity'; readonly reason: string };
}

export const noDifference: Difference = {
  attributes: [],
  pending: [],
  drift: [],
  converged: [],
  applied: undefined,
};

/** What the comparison needs beside the two records. */
export interface Comparing {
  readonly attributes: readonly Prepared[];
  readonly remembered: Remembered;
  /** The account id of a person where it is certain already. */
  readonly accountOf: (person: string) => string | undefined;
  /** What new accounts begin with, by value: see `beginningOf`. */
  readonly begun: Map<Prepared, Map<Value, AttributeChange>>;
}

/** Values of one attribute of which new accounts share one change. */
const mostBegun = 5_000;

/** Everything a new account begins with. */
export function beginning(comparing: Comparing, person: RecordView): Difference {
  const attributes: AttributeChange[] = [];
  const pending: Pending[] = [];
  for (const attribute of comparing.attributes) {
    if (attribute.mapped.spec.write === undefined) continue;
    const result = mapAttribute(attribute.mapped, person);
    if (result.kind === 'fault') return faulty('mapping', result.reason);
    if (result.kind === 'secret')
      attributes.push(changeOf(attribute, undefined, { generate: 'secret' }, 'data'));
    if (result.kind === 'value' && result.value !== null) {
      attributes.push(beginningOf(comparing, attribute, result.value));
    }
    if (result.kind === 'person') {
      const account = comparing.accountOf(result.person);
      if (account !== undefined) attributes.push(beginningOf(comparing, attribute, account));
      else pending.push({ attribute, person: result.person, before: undefined, link: undefined, owed: true });
    }
  }
  return { attributes, pending, drift: [], converged: [], applied: undefined };
}

/**
 * In a first load most attributes repeat from person to person (a department, a country, a first name): those who begin
 * with the same value share one change, which halves the memory of a plan of 100,000 creates.
 */
function beginningOf({ begun }: Comparing, attribute: Prepared, value: Value): AttributeChange {
  let known = begun.get(attribute);
  if (known === undefined) begun.set(attribute, (known = new Map()));
  let change = known.get(value);
  if (change === undefined) {
    change = changeOf(attribute, undefined, { value }, 'data');
    if (known.size < mostBegun) known.set(value, change);
  }
  return change;
}

/** What would have to change in an account that exists; `link` is left out for one that is only being adopted. */
export function compare(
  comparing: Comparing,
  person: RecordView,
  account: Row,
  link: LinkRecord | undefined,
): Difference {
  const attributes: AttributeChange[] = [];
  const pending: Pending[] = [];
  const drift: LeftAlone[] = [];
  const { remembered } = comparing;
  remembered.turnTo(link);
  for (const attribute of comparing.attributes) {
    const { mapped } = attribute;
    if (mapped.result.kind === 'generate' || (mapped.policy === 'seed' && !attribute.identity)) continue;
    const before = attribute.column < 0 ? undefined : account.values[attribute.column];
    const result = mapAttribute(mapped, person);
    if (result.kind === 'fault') return faulty('mapping', result.reason);
    if (result.kind !== 'value' && result.kind !== 'person') continue;
    const owed = result.kind === 'person' && isEmpty(before) && remembered.owes(attribute.name);
    let value: Value;
    if (result.kind === 'value') value = result.value;
    else {
      const known = comparing.accountOf(result.person);
      if (known === undefined) {
        pending.push({ attribute, person: result.person, before, link, owed });
        continue;
      }
      value = known;
    }
    const verdict = judge(attribute, value, before, remembered);
    if (verdict === 'disputed') {
      return faulty('identity', `identity attribute "${attribute.name}" holds another value`);
    }
    if (verdict === 'drift') drift.push({ attribute, reason: 'LeftAlone' });
    if (verdict === 'stuck') drift.push({ attribute, reason: 'NotConverging' });
    if (verdict === 'write') {
      const cause = remembered.cause(attribute.name, value);
      attributes.push(changeOf(attribute, before, { value }, cause, owed));
    }
  }
  const isOpen = (one: string) =>
    attributes.some(({ name }) => name === one) ||
    [...pending, ...drift].some(({ attribute }) => attribute.name === one);
  const quiet = attributes.length === 0 && pending.length === 0;
  const { astray } = remembered;
  const converged = astray.length === 0 ? astray : astray.filter((name) => !isOpen(name));
  return { attributes, pending, drift, converged, applied: quiet ? remembered.news() : remembered.seen };
}

function changeOf(
  attribute: Prepared,
  before: Value | undefined,
  after: Desired,
  cause: Cause,
  owed = false,
): AttributeChange {
  const { mapped } = attribute;
  const held = !isEmpty(before);
  return {
    name: attribute.name,
    ...(before === undefined ? {} : { before }),
    after,
    cause,
    class: mapped.class,
    expression: mapped.text,
    clears: held && 'value' in after && isEmpty(after.value),
    renames: held && mapped.spec.rename === true,
    ...(held && mapped.spec.unique === true ? { frees: true } : {}),
    ...(owed ? { owed } : {}),
    reads: attribute.reads,
  };
}

/**
 * A reference as a change, now that it is known whom it names. The account of somebody who is created in this very plan
 * has no id that could be compared: it is another one than before.
 */
export function referenceChange(
  pending: Pending,
  after: Desired,
  remembered: Remembered,
  isNew: boolean,
): AttributeChange | Exclude<Verdict, 'write'> {
  const { attribute, before, owed } = pending;
  if (!('value' in after)) {
    const { policy } = attribute.mapped;
    if (!isNew && policy === 'seed-if-empty' && !isEmpty(before)) return 'same';
    return changeOf(attribute, before, after, 'data', owed);
  }
  if (isNew) {
    return isEmpty(after.value) ? 'same' : changeOf(attribute, before, after, 'data', owed);
  }
  remembered.turnTo(pending.link);
  const verdict = judge(attribute, after.value, before, remembered);
  if (verdict !== 'write') return verdict;
  return changeOf(attribute, before, after, remembered.cause(attribute.name, after.value), owed);
}

function faulty(finding: 'mapping' | 'identity', reason: string): Difference {
  return { ...noDifference, fault: { finding, reason } };
}
