import type { AttributeChange, Change, Plan, Situation, Verdict } from '../model/change.ts';

/** What one revision of the specs plans that another does not, on the same reading. */
export interface Comparison {
  /** Planned only with the newer revision: whole changes, or those attributes of one that the older does not write so. */
  readonly because: readonly ComparedChange[];
  /** Planned by both alike. */
  readonly anyway: readonly ComparedChange[];
  /** Planned by the older, and not by the newer. */
  readonly calledOff: readonly ComparedChange[];
  /** People who stand elsewhere although neither list above names them; in the order of their ids. */
  readonly moved: readonly Moved[];
}

export interface ComparedChange extends Change {
  /** Set where the rest of the change stands in another of the lists. */
  readonly partly?: true;
}

/** Somebody whose situation is another with the newer revision. `linked` is also where nothing is said of somebody. */
export interface Moved {
  readonly personId: string | null;
  readonly accountId: string | null;
  readonly before: Situation | null;
  readonly after: Situation | null;
  /** Why, by the newer revision; by the older where that says nothing. */
  readonly reason: string;
}

/** Both plans were made from one reading. Each list is in the order of its plan, so that the same difference reads the same. */
export function comparePlans(older: Plan | undefined, newer: Plan | undefined): Comparison {
  const before = new Map((older?.changes ?? []).map((change) => [change.id, change]));
  const after = new Map((newer?.changes ?? []).map((change) => [change.id, change]));
  const because: ComparedChange[] = [];
  const anyway: ComparedChange[] = [];
  for (const change of after.values()) {
    const split = splitBy(change, before.get(change.id));
    because.push(...split.apart);
    anyway.push(...split.alike);
  }
  const calledOff = [...before.values()].flatMap((change) => takenBack(change, after.get(change.id)));
  const named = new Set([...because, ...calledOff].map(({ personId }) => personId));
  const moved = movedBetween(older?.verdicts ?? [], newer?.verdicts ?? []);
  return {
    because,
    anyway,
    calledOff,
    moved: moved.filter(({ personId }) => personId === null || !named.has(personId)),
  };
}

interface Split {
  readonly apart: readonly ComparedChange[];
  readonly alike: readonly ComparedChange[];
}

/** What of a change the other plan does not have, and what it has as well. */
function splitBy(change: Change, other: Change | undefined): Split {
  if (other === undefined || !isSameDeed(change, other)) return { apart: [change], alike: [] };
  const known = new Map(other.attributes.map((attribute) => [attribute.name, attribute]));
  const isKnown = (attribute: AttributeChange) => isSameValue(attribute, known.get(attribute.name));
  const apart = change.attributes.filter((attribute) => !isKnown(attribute));
  if (apart.length === 0) return { apart: [], alike: [change] };
  const alike = change.attributes.filter(isKnown);
  // A disable or a create is one deed: it is waiting anyway, only some of its values are new.
  const isOneDeed = change.kind !== 'update' && change.kind !== 'adopt';
  const rest = alike.length > 0 || isOneDeed ? [{ ...change, attributes: alike, partly: true as const }] : [];
  return {
    apart: [{ ...change, attributes: apart, ...(rest.length === 0 ? {} : { partly: true }) }],
    alike: rest,
  };
}

/** What the older plan would have done and the newer does not do at all: another value is no longer the same attribute. */
function takenBack(change: Change, newer: Change | undefined): readonly ComparedChange[] {
  if (newer === undefined || !isSameDeed(change, newer)) return [change];
  const still = new Set(newer.attributes.map(({ name }) => name));
  const gone = change.attributes.filter(({ name }) => !still.has(name));
  return gone.length === 0 ? [] : [{ ...change, attributes: gone, partly: true }];
}

function isSameDeed(a: Change, b: Change): boolean {
  return (
    a.kind === b.kind &&
    a.accountId === b.accountId &&
    a.active === b.active &&
    a.welcomes === b.welcomes &&
    a.takesFrom === b.takesFrom
  );
}

/** Why it is written may differ; a fresh secret is as good as another. */
function isSameValue(a: AttributeChange, b: AttributeChange | undefined): boolean {
  return b !== undefined && JSON.stringify(a.after) === JSON.stringify(b.after);
}

function movedBetween(older: readonly Verdict[], newer: readonly Verdict[]): readonly Moved[] {
  const before = byPerson(older);
  const after = byPerson(newer);
  const moved: Moved[] = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(key), after.get(key)];
    const one = is ?? was;
    if (one === undefined || was?.situation === is?.situation) continue;
    const { personId, accountId, reason } = one;
    moved.push({
      personId,
      accountId,
      before: was?.situation ?? null,
      after: is?.situation ?? null,
      reason,
    });
  }
  return moved.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b), 'en', { numeric: true }));
}

function byPerson(verdicts: readonly Verdict[]): ReadonlyMap<string, Verdict> {
  return new Map(verdicts.map((verdict) => [keyOf(verdict), verdict]));
}

function keyOf({ personId, accountId }: Pick<Verdict, 'personId' | 'accountId'>): string {
  return personId === null ? `account ${accountId ?? ''}` : `person ${personId}`;
}
