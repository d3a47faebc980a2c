import type { AttributeChange, Cause, Change, ChangeKind, Situation } from '../model/change.ts';
import type { Owner } from '../model/link.ts';
import type { Value } from '../model/value.ts';
import type { Pending } from './difference.ts';
import { changeId } from './prepared.ts';
import { laterFindings } from './findings.ts';

/**
 * One person on the way into the plan. Only people who are not simply linked and unchanged have one; what is found
 * out later (two people with one account, a value that is taken) is written into it.
 */
export interface Draft {
  readonly personId: string;
  readonly accountId: string | null;
  /** Of the account in the target's reading, or -1. */
  readonly position: number;
  situation: Situation;
  reason: string;
  attention: boolean;
  /** `null`: nothing is done to an account. */
  kind: ChangeKind | null;
  cause: Cause;
  /** Adopt first, then enable. */
  enables: boolean;
  /** A create that begins disabled. */
  readonly disabled: boolean;
  links: boolean;
  readonly takesFrom?: Owner;
  readonly welcomes: boolean;
  attributes: AttributeChange[];
  pending: readonly Pending[];
  /** References that are set once the other account exists. */
  references: AttributeChange[];
  readonly identity: Readonly<Record<string, Value>>;
  /** Ids of changes, may repeat. */
  needs: string[];
  referenceNeeds: string[];
}

export function draft(
  personId: string,
  account: { readonly id: string | null; readonly position: number },
  verdict: Pick<Draft, 'situation' | 'reason' | 'attention'>,
  deed: Partial<
    Pick<
      Draft,
      | 'kind'
      | 'cause'
      | 'enables'
      | 'disabled'
      | 'links'
      | 'takesFrom'
      | 'welcomes'
      | 'attributes'
      | 'pending'
      | 'identity'
    >
  > = {},
): Draft {
  return {
    personId,
    accountId: account.id,
    position: account.position,
    situation: verdict.situation,
    reason: verdict.reason,
    attention: verdict.attention,
    kind: deed.kind ?? null,
    cause: deed.cause ?? 'data',
    enables: deed.enables ?? false,
    disabled: deed.disabled ?? false,
    links: deed.links ?? false,
    ...(deed.takesFrom === undefined ? {} : { takesFrom: deed.takesFrom }),
    welcomes: deed.welcomes ?? false,
    attributes: deed.attributes ?? [],
    pending: deed.pending ?? [],
    references: [],
    identity: deed.identity ?? {},
    needs: [],
    referenceNeeds: [],
  };
}

/** Takes the change out: a later finding says why nothing is done for this person. */
export function withdraw(person: Draft, finding: keyof typeof laterFindings, reason: string): void {
  person.situation = laterFindings[finding].situation;
  person.reason = reason;
  person.attention = true;
  person.kind = null;
  person.enables = false;
  person.attributes = [];
  person.pending = [];
  person.references = [];
  person.needs = [];
  person.referenceNeeds = [];
}

/** Who was only waited for has something to be changed after all. */
export function becomeUpdate(person: Draft): void {
  if (person.kind !== null || person.attributes.length === 0) return;
  person.kind = 'update';
  person.reason = [person.reason, differing(person.attributes)].filter((part) => part !== '').join('; ');
  person.cause = causeOf(person.attributes, 'data');
}

/** The first change of this person, by which others wait for it. */
export function idOf(person: Draft): string {
  return changeId(person.kind ?? 'update', person.personId);
}

/** One to four changes: the deed, enabling what was adopted, the references that need other accounts, and pictures. */
export function changesOf(person: Draft): Change[] {
  const changes: Change[] = [];
  const pictures = person.attributes.filter(({ picture }) => picture !== undefined);
  const onlyPictures = person.kind === 'update' && pictures.length === person.attributes.length;
  if (person.kind !== null && !onlyPictures) changes.push(mainChange(person, person.kind));
  if (person.enables) {
    changes.push({
      ...common(person),
      id: changeId('enable', person.personId),
      kind: 'enable',
      links: false,
      cause: 'drift',
      attributes: [],
      needs: [idOf(person)],
    });
  }
  if (person.references.length > 0) {
    changes.push({
      ...common(person),
      id: `${changeId('update', person.personId)}/references`,
      kind: 'update',
      links: false,
      cause: 'data',
      reason: person.reason === '' ? differing(person.references) : person.reason,
      attributes: byName(person.references),
      needs: once(person.referenceNeeds),
    });
  }
  if (pictures.length > 0) changes.push(pictureChange(person, pictures));
  return changes;
}

/** Sent to an account that is there: after what makes, links or enables it. */
function pictureChange(person: Draft, pictures: readonly AttributeChange[]): Change {
  return {
    ...common(person),
    id: `${changeId('update', person.personId)}/pictures`,
    kind: 'update',
    links: false,
    cause: causeOf(pictures, 'data'),
    attributes: byName(pictures),
    needs: person.kind === null || person.kind === 'update' ? [] : [idOf(person)],
  };
}

function mainChange(person: Draft, kind: ChangeKind): Change {
  return {
    ...common(person),
    id: changeId(kind, person.personId),
    kind,
    links: person.links,
    ...(person.takesFrom === undefined ? {} : { takesFrom: person.takesFrom.sync }),
    cause: person.cause,
    attributes: byName(person.attributes.filter(({ picture }) => picture === undefined)),
    ...(person.welcomes ? { welcomes: true } : {}),
    needs: once(person.needs),
    ...(person.disabled ? { active: false } : {}),
  };
}

function common(person: Draft) {
  const { personId, accountId, situation, reason, identity } = person;
  return { personId, accountId, situation, reason, identity };
}

function once(ids: readonly string[]): readonly string[] {
  return ids.length < 2 ? ids : [...new Set(ids)].toSorted();
}

function byName(attributes: readonly AttributeChange[]): readonly AttributeChange[] {
  return attributes.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The reason of an update, by the names of what differs. */
export function differing(attributes: readonly AttributeChange[]): string {
  const names = attributes.map(({ name }) => name).toSorted();
  return names.length === 0 ? '' : `differs: ${names.join(', ')}`;
}

/** Of several causes the one that a reviewer looks for first. */
export function causeOf(attributes: readonly AttributeChange[], otherwise: Cause): Cause {
  for (const cause of ['data', 'revision', 'drift'] as const) {
    if (attributes.some((attribute) => attribute.cause === cause)) return cause;
  }
  return otherwise;
}
