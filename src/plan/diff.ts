import type { RecordView } from '../expression/expression.ts';
import type { AttributeChange } from '../model/change.ts';
import type { KeyedHash } from '../model/keyed-hash.ts';
import type { LinkRecord } from '../model/link.ts';
import type { Row } from '../model/row.ts';
import type { Value } from '../model/value.ts';
import type { Begun } from './attribute-change.ts';
import { beginningOf, changeOf } from './attribute-change.ts';
import { heldCandidate } from './held-candidate.ts';
import type { Difference, LeftAlone, Pending } from './difference.ts';
import { faulty } from './difference.ts';
import { derivedValue } from './generate.ts';
import { judge } from './judge.ts';
import { aimAtList } from './list.ts';
import { mapAttribute } from './map.ts';
import type { Mapped } from './map.ts';
import type { Remembered } from './remembered.ts';
import type { Prepared } from './prepared.ts';
import { isEmpty } from './prepared.ts';

/** What the comparison needs beside the two records. */
export interface Comparing {
  readonly attributes: readonly Prepared[];
  readonly remembered: Remembered;
  /** The account id of a person where it is certain already. */
  readonly accountOf: (person: string) => string | undefined;
  /** What new accounts begin with, by value: see `beginningOf`. */
  readonly begun: Begun;
  /** The connection that people are read from. */
  readonly from: string;
  readonly hash: KeyedHash;
  /** Set where a Links document says whose the account is: another identity in it is put right. */
  readonly overrules?: true;
}

/** Everything a new account begins with. */
export function beginning(comparing: Comparing, personId: string, person: RecordView): Difference {
  const attributes: AttributeChange[] = [];
  const pending: Pending[] = [];
  for (const attribute of comparing.attributes) {
    if (attribute.mapped.spec.write === undefined) continue;
    const result = mapAttribute(attribute.mapped, person);
    if (result.kind === 'fault') return faulty('mapping', result.reason);
    if (result.kind === 'secret')
      attributes.push(changeOf(attribute, undefined, { generate: 'secret' }, 'data'));
    const value = certain(comparing, attribute, personId, result);
    if (value !== undefined && value !== null) attributes.push(firstOf(comparing, attribute, value));
    else if (result.kind === 'person')
      pending.push({ ...nothingYet, kind: 'reference', attribute, person: result.person, owed: true });
    else if (result.kind === 'candidates')
      pending.push({ ...nothingYet, kind: 'choice', attribute, candidates: result.candidates });
  }
  return { attributes, pending, drift: [], converged: [], applied: undefined };
}

const nothingYet = { before: undefined, link: undefined } as const;

function firstOf(comparing: Comparing, attribute: Prepared, value: Value): AttributeChange {
  const { collection } = attribute.mapped;
  if (collection === undefined) return beginningOf(comparing.begun, attribute, value);
  comparing.remembered.turnTo(undefined);
  const { after, change } = aimAtList(attribute, collection, value, undefined, comparing.remembered);
  return changeOf(attribute, undefined, { value: after }, 'data', { list: change });
}

/** The value, where nobody else's account has a say in it. */
function certain(
  { accountOf, from, hash }: Comparing,
  { name, mapped }: Prepared,
  personId: string,
  result: Mapped,
): Value | undefined {
  if (result.kind === 'value') return result.value;
  if (result.kind === 'derived') return derivedValue(result.what, { from, personId, attribute: name }, hash);
  if (result.kind !== 'person' || isByAttribute(mapped)) return undefined;
  return accountOf(result.person);
}

function isByAttribute({ result }: Prepared['mapped']): boolean {
  return result.kind === 'person' && result.as !== undefined;
}

/** What would have to change in an account that exists; `link` is left out for one that is only being adopted. */
export function compare(
  comparing: Comparing,
  personId: string,
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
    if (mapped.policy === 'seed' && !attribute.identity) continue;
    const before = attribute.column < 0 ? undefined : account.values[attribute.column];
    const result = mapAttribute(mapped, person);
    if (result.kind === 'fault') return faulty('mapping', result.reason);
    if (result.kind === 'keep' || result.kind === 'secret') continue;
    const owed = begins(result, mapped, before) && remembered.owes(attribute.name);
    const value =
      result.kind === 'candidates'
        ? heldCandidate(attribute, result.candidates, before)
        : certain(comparing, attribute, personId, result);
    if (value === undefined) {
      const open = { attribute, before, link };
      if (result.kind === 'person') pending.push({ kind: 'reference', ...open, person: result.person, owed });
      if (result.kind === 'candidates')
        pending.push({ kind: 'choice', ...open, candidates: result.candidates });
      continue;
    }
    const one = differing(comparing, attribute, value, before, owed);
    if (one === 'disputed') {
      return faulty('identity', `identity attribute "${attribute.name}" holds another value`);
    }
    if (one === 'drift') drift.push({ attribute, reason: 'LeftAlone' });
    else if (one === 'stuck') drift.push({ attribute, reason: 'NotConverging' });
    else if (one !== 'same') attributes.push(one);
  }
  const isOpen = (one: string) =>
    attributes.some(({ name }) => name === one) ||
    [...pending, ...drift].some(({ attribute }) => attribute.name === one);
  const quiet = attributes.length === 0 && pending.length === 0;
  const { astray } = remembered;
  const converged = astray.length === 0 ? astray : astray.filter((name) => !isOpen(name));
  return { attributes, pending, drift, converged, applied: quiet ? remembered.news() : remembered.seen };
}

/** True for what an account may get only some time after it was made. */
function begins({ kind }: Mapped, { spec }: Prepared['mapped'], before: Value | undefined): boolean {
  return spec.type === 'picture' || (kind === 'person' && isEmpty(before));
}

/** The change of one attribute, or why there is none. `remembered` speaks of this account. */
export function differing(
  { remembered, overrules }: Pick<Comparing, 'remembered' | 'overrules'>,
  attribute: Prepared,
  value: Value,
  before: Value | undefined,
  owed: boolean,
): AttributeChange | 'same' | 'drift' | 'stuck' | 'disputed' {
  const { name, mapped } = attribute;
  if (mapped.collection === undefined) {
    const judged = judge(attribute, value, before, remembered);
    const corrected = mapped.spec.write === 'always' ? 'write' : 'drift';
    const verdict = judged === 'disputed' && overrules === true ? corrected : judged;
    if (verdict !== 'write') return verdict;
    return changeOf(attribute, before, { value }, remembered.cause(name, value), { owed });
  }
  const { holds, after, result, change } = aimAtList(attribute, mapped.collection, value, before, remembered);
  const verdict = judge(attribute, result, before, remembered, holds);
  if (verdict === 'same' && holds) remembered.keepElements(name, change.memory);
  if (verdict !== 'write') return verdict;
  return changeOf(attribute, before, { value: after }, remembered.cause(name, result), { list: change });
}
