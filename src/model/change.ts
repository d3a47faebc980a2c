import type { StandIn } from './stand-in.ts';
import type { Upcoming } from './upcoming.ts';
import type { FormerValue } from './former-value.ts';
import type { LinkChange } from './link-change.ts';
import type { DataClass, Value } from './value.ts';

/** What happens to an account. `adopt` links an existing account and brings its attributes in line. */
export const changeKinds = ['create', 'adopt', 'update', 'enable', 'disable', 'delete'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Why something changes: the source's data, somebody's edit in the target, the specs, or a date that came. */
export const causes = ['data', 'drift', 'revision', 'due'] as const;
export type Cause = (typeof causes)[number];

/** What an attribute shall become. `null` clears it. */
export type Desired =
  | { readonly value: Value }
  /** Made fresh at the moment of sending; in no plan, intent, digest or log. */
  | { readonly generate: 'secret' }
  /** The account id of that person, known only once their account exists (second phase of apply). */
  | { readonly person: string };

export interface AttributeChange {
  readonly name: string;
  /** What the target holds now; left out when absent or when there is no account yet. */
  readonly before?: Value;
  readonly after: Desired;
  readonly cause: Cause;
  readonly class: DataClass;
  /** The expression that gave the value, as written in the spec, for `explain`. */
  readonly expression: string;
  /** True where a value is taken away (null, or empty text over a value): the limit class `clear`. */
  readonly clears: boolean;
  /** True for a login or an e-mail address that changes: the limit class `rename`. */
  readonly renames: boolean;
  /** True where no two accounts may share a value and the account holds one now: it is freed before it is taken. */
  readonly frees?: boolean;
  /** A reference that the account is to have under this mapping and never had: part of making it, and no update. */
  readonly owed?: boolean;
  /** Of a list, whose order means nothing: what it comes to. */
  readonly list?: ListChange;
  /** The source's attribute whose picture this is; `after` holds its digest. */
  readonly picture?: string;
  /** Source attributes that the value was made from: when one of them collapsed, the guard holds this attribute. */
  readonly reads?: readonly string[];
}

/** How a list changes. Elements in the order of their canonical form, so that the same change is recognised again. */
export interface ListChange {
  readonly added: readonly (string | number | boolean)[];
  readonly removed: readonly (string | number | boolean)[];
  /** What the link remembers of it once it is applied: keyed hashes of our result, and of the elements that are ours. */
  readonly memory: string;
}

/** Limit classes of design section 2. */
export const limitClasses = [
  'leave',
  'remove',
  'update',
  'clear',
  'rename',
  'create',
  'adopt',
  'mail',
] as const;
export type LimitClass = (typeof limitClasses)[number];

/** One change to one account: plain data, in no need of the specs to be printed, compared or stored. */
export interface Change {
  /** Unique in the plan and stable over plans: `create/4711`, `update/4711`, `update/4711/references`, `update/4711/pictures`. */
  readonly id: string;
  readonly kind: ChangeKind;
  readonly personId: string;
  /** `null` for a create. */
  readonly accountId: string | null;
  /** True when carrying it out also links an account that was not ours: every adopt, and a leaver's disable on first sight. */
  readonly links: boolean;
  /** The sync that has the account until then, where one with precedence takes it over. */
  readonly takesFrom?: string;
  /** The situation that asked for it. */
  readonly situation: Situation;
  /** For people: why, in a few words without a person's values (`left: last day 2026-11-20`). */
  readonly reason: string;
  readonly cause: Cause;
  /** Sorted by name. */
  readonly attributes: readonly AttributeChange[];
  /** Values of the identity attributes, by which the account is found again after a lost answer. */
  readonly identity: Readonly<Record<string, Value>>;
  /** Set for a create that is followed by a welcome mail: the limit class `mail`. */
  readonly welcomes?: true;
  /** Ids of changes that must have been applied before: what depends on a held change is held too. */
  readonly needs: readonly string[];
  /** Set on the disabling of a leaver that must wait for references to others; see `Shape.disablesLast`. */
  readonly last?: true;
  /** Set on a create that begins disabled, for somebody who starts later. */
  readonly active?: false;
}

/** Where a person or an account stands; exactly one for each. Design section 3, decision table in `plan/situations.ts`. */
export const situations = [
  'protected',
  'disputed',
  'collision',
  'failed',
  'foreign',
  'left',
  'undecided',
  'outOfScope',
  'away',
  'linked',
  'unlinked',
  'unmatched',
  'missing',
  'vanished',
  'returned',
  'orphan',
] as const;
export type Situation = (typeof situations)[number];

/** One person's (or, for `orphan`, `protected`, one account's) place in the plan. None passes in silence. */
export interface Verdict {
  /** `null` for an account without a person. */
  readonly personId: string | null;
  readonly accountId: string | null;
  readonly situation: Situation;
  /** In a few words, without a person's values: which clause, which rule, which attribute is absent, what is wrong. */
  readonly reason: string;
  /** True when the situation alone asks for somebody's attention (disputed, failed, collision, …). */
  readonly attention: boolean;
  /** Accounts that this may be about, at most `mostCandidates`, where a person must say which. */
  readonly candidates?: readonly Candidate[];
}

/** An account that may be somebody's. */
export interface Candidate {
  readonly accountId: string;
  /** What found it: `identity`, `link` or a match rule such as `match[0]`. */
  readonly by: string;
  readonly active: boolean;
}

/** The most accounts that a verdict lists; its reason says how many there are. */
export const mostCandidates = 10;

export interface Plan {
  readonly sync: string;
  /** In the order of `compareChanges`. */
  readonly changes: readonly Change[];
  /** People and accounts that are not simply `linked` without a change, in order of person id then account id. */
  readonly verdicts: readonly Verdict[];
  /** Everybody, counted. Zero where nobody is. */
  readonly counts: Readonly<Record<Situation, number>>;
  /** Differences that we leave alone, by policy or because the target does not keep our value: reported as drift. */
  readonly drift: readonly Drift[];
  /** What must be remembered although nothing is written: see `MemoryUpdate`. */
  readonly memory: readonly MemoryUpdate[];
  /** People who vanish for the first time in this pass: they count against `remove` at once. */
  readonly newlyVanished: readonly string[];
  /** What dates will bring in the next 31 days, in order of time then person id; limits and holds are not asked. */
  readonly upcoming: readonly Upcoming[];
  /** What Links documents change of who is who, in order of person; left out where they change nothing. */
  readonly links?: readonly LinkChange[];
  /** Values by which people are matched that this plan takes from their accounts; left out where it takes none. */
  readonly former?: readonly FormerValue[];
  /** What the target holds, counted on the way; left out of a partial pass, which does not see it all. */
  readonly census?: Census;
  /** Who waits for an account that a sync with precedence has; left out where no other has a precedence. */
  readonly standIns?: readonly StandIn[];
}

/** Accounts of the target within the scope. */
export interface Census {
  /** That can be used, the protected ones included. */
  readonly active: number;
  /** Not protected, and not in a link of this sync. */
  readonly strangers: number;
}

/** A value in the target that differs from our result and is left alone. */
export interface Drift {
  readonly personId: string;
  readonly accountId: string;
  readonly attribute: string;
  readonly class: DataClass;
  readonly reason: DriftReason;
}

/**
 * Why a difference is left alone. `LeftAlone`: the policy says so. `NotConverging`: it was written and was different
 * again in three passes in a row; writing it once more would not help.
 */
export type DriftReason = 'LeftAlone' | 'NotConverging';

/** A change of what the store remembers of a link, without a write to the target. */
export type MemoryUpdate =
  /** The account goes on with a person of another sync, who has waited for it. */
  | { readonly kind: 'handed-over'; readonly personId: string; readonly to: StandIn }
  /** Seen again in the source: forget that they were absent. */
  | { readonly kind: 'seen'; readonly personId: string }
  /** Absent from one more complete reading. */
  | { readonly kind: 'absent'; readonly personId: string }
  /** The account was missing from one more complete reading of the target. */
  | { readonly kind: 'account-missing'; readonly personId: string }
  /** The account is there again. */
  | { readonly kind: 'account-seen'; readonly personId: string }
  /** An account that we disabled was enabled by somebody since: its time of grace is over, until we disable it again. */
  | { readonly kind: 'account-enabled'; readonly personId: string }
  /** Left while the account was disabled for another reason. */
  | { readonly kind: 'left'; readonly personId: string }
  /** The target already holds our new result: remember it as applied. */
  | {
      readonly kind: 'applied';
      readonly personId: string;
      readonly hashes: Readonly<Record<string, string>>;
      /** Set while something else of the account is still to be written: it does not agree with the mapping yet. */
      readonly partly?: true;
    }
  /** These attributes do not differ any more from what we last wrote: forget that they did. */
  | { readonly kind: 'converged'; readonly personId: string; readonly attributes: readonly string[] };
