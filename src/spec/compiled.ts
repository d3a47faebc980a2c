import type { Expression, ExpressionCompiler } from '../expression/expression.ts';
import type { AttributeSpec } from '../model/attribute.ts';
import type { LimitClass } from '../model/change.ts';
import type { Entity } from '../model/entity.ts';
import type { Want } from '../model/row.ts';
import type { Json, Value } from '../model/value.ts';
import type { LinkDecisions } from './compiled-links.ts';
import type { MatchRule } from './compiled-match.ts';
import type { Pair } from './compiled-pair.ts';
import type { MappedAttribute } from './compiled-attribute.ts';
import type { CompiledSchedule } from './compiled-schedule.ts';

export type { Collection, Derived, MappedAttribute } from './compiled-attribute.ts';
export type { Decision, LinkDecisions, Transfer } from './compiled-links.ts';
export type { MatchItem, MatchRule, Normalisation } from './compiled-match.ts';
export type { Pair } from './compiled-pair.ts';
export type { Reference, ViaStep } from './compiled-reference.ts';
export type { CompiledSchedule, Window, Windows } from './compiled-schedule.ts';

/** Everything that the specs at one revision say, checked, with references resolved and expressions compiled. */
export interface CompiledSpecs {
  readonly revision: Revision;
  /** Absolute path of the folder that files named in specs are relative to. */
  readonly folder: string;
  readonly connections: ReadonlyMap<string, CompiledConnection>;
  readonly syncs: ReadonlyMap<string, CompiledSync>;
  readonly channels: ReadonlyMap<string, CompiledChannel>;
  readonly approvals: readonly CompiledApproval[];
  /** What Links documents decide, by sync. */
  readonly links: ReadonlyMap<string, LinkDecisions>;
}

/** A commit, or for a plain folder the digest of its content. */
export interface Revision {
  readonly kind: 'commit' | 'folder';
  readonly id: string;
}

export interface CompiledConnection {
  readonly name: string;
  readonly owner: string | undefined;
  readonly connector: string;
  /** Checked by the connector's own schema. */
  readonly config: unknown;
  readonly credentials: Readonly<Record<string, SecretReference>>;
  readonly account: string | undefined;
  /** `YYYY-MM-DD` */
  readonly expiresAt: string | undefined;
  readonly suspend: Suspension | undefined;
  readonly limits: Limits;
  /** Requests limits that the spec sets on top of the vendor's. */
  readonly requests: { readonly perMinute?: number; readonly concurrency?: number };
  readonly refreshDetailsMs: number;
  /** Saved by `connection fields --save`. */
  readonly fields: SavedFields | undefined;
  readonly place: Place;
  /** Changes when the connection must be opened anew. */
  readonly digest: string;
}

/** Attributes by entity; of an entity left out nothing was saved. */
export type SavedFields = Readonly<Partial<Record<Entity, readonly AttributeSpec[]>>>;

export interface Suspension {
  readonly reason: string;
  /** `YYYY-MM-DD`; suspended up to and including this day. */
  readonly until: string | undefined;
}

/** `env:NAME` or `file:PATH`, as written. */
export type SecretReference = { readonly env: string } | { readonly file: string };

/** Where something was written. Line and column from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Mode = 'observe' | 'create-only' | 'upsert' | 'full';

/** One flow. What `plan/` works from: plain facts and compiled expressions. */
export interface CompiledSync {
  readonly name: string;
  readonly owner: string | undefined;
  readonly from: string;
  readonly to: string;
  /** What flows. */
  readonly entity: Entity;
  /** `personio → talentlms` */
  readonly direction: string;
  readonly mode: Mode;
  readonly suspend: Suspension | undefined;
  readonly compiler: ExpressionCompiler;
  /** What it reads of the source: every attribute of every expression, sorted. */
  readonly sourceWant: Want;
  /** What it reads of the target: mapped, identity, match and protect attributes, sorted. */
  readonly targetWant: Want;
  readonly who: readonly Clause[];
  /** Target attribute and expression; at least one. */
  readonly identity: readonly MappedAttribute[];
  readonly match: readonly MatchRule[];
  /** So long a value that is passed on and belonged to another person of ours proves nothing (ms); 0 for not at all. */
  readonly quarantineMs?: number;
  /** Without the identity attributes; sorted by name. */
  readonly attributes: readonly MappedAttribute[];
  /** `undefined`: everyone read is here. */
  readonly status: StatusRule | undefined;
  readonly dates: DateRule;
  readonly then: Then;
  readonly limits: Limits;
  readonly onBreach: 'hold-class' | 'hold-pass';
  readonly approval: 'never' | 'on-breach' | 'always';
  /** Accounts that are never touched: a target attribute and the values that protect. */
  readonly protect: readonly { readonly attribute: string; readonly values: readonly Value[] }[];
  /** Active accounts that must remain in the target; a plan that would go below stops. */
  readonly minimumActive: number | undefined;
  /** `undefined`: nobody is welcomed. */
  readonly welcome: Welcome | undefined;
  readonly schedule: CompiledSchedule;
  /** Names of channels. */
  readonly notify: readonly string[];
  /** The sync of the other direction, for the two flows of a pair. */
  readonly pair?: Pair;
  /** Among syncs into one target: the lower number decides on an account that people of several stand for. */
  readonly precedence?: number;
  /** The others into this target that have a precedence, write and are not suspended, with theirs. */
  readonly rivals?: ReadonlyMap<string, number>;
  /** Those of them that tell only people whom the target knows. */
  readonly knownRecipients: readonly KnownRecipients[];
  readonly place: Place;
  /** Changes when identity, match, attributes, who, status or dates change: cause `revision`. */
  readonly digest: string;
}

/** One condition of `who`, named by its position for explain and metrics. */
export interface Clause {
  /** `who[0]` */
  readonly id: string;
  readonly expression: Expression;
  readonly place: Place;
}

export interface StatusRule {
  readonly value: Expression;
  readonly here: ReadonlySet<string>;
  readonly away: ReadonlySet<string>;
  readonly left: ReadonlySet<string>;
}

export interface DateRule {
  readonly starts: Expression | undefined;
  readonly lastDay: Expression | undefined;
  /** Yields an IANA zone; a name the runtime does not know is that person's error. */
  readonly timezone: Expression | { readonly constant: string };
}

export interface Then {
  readonly starting: {
    /** Whole days before the start, at the beginning of the day in the person's zone; 0 for the start itself. */
    readonly createBeforeDays: number;
    readonly enable: 'at-start-of-day' | 'on-create';
  };
  readonly left: {
    readonly disable: 'at-end-of-day' | 'immediately' | 'keep';
    /** True: neither a left status nor a last day to come waits. */
    readonly immediatelyWhen: Expression | undefined;
    /** Counted from our disabling; undefined: never deleted. */
    readonly deleteAfterMs: number | undefined;
  };
  readonly away: 'keep' | 'disable';
  readonly outOfScope: 'keep' | 'disable' | 'delete';
  readonly vanished: { readonly afterMs: number; readonly then: 'hold' | 'disable' | 'delete' | 'keep' };
  readonly returned: 'reuse' | 'new' | 'hold';
}

/** The mail to people for whom an account was created. */
export interface Welcome {
  /** `YYYY-MM-DD` (UTC): accounts created on this day or later. */
  readonly since: string;
  /** The attribute of the target that holds the address. */
  readonly to: string;
  readonly subject: Template;
  readonly text: Template;
}

/** Text, and attributes of the target whose value as sent stands in their place. */
export type Template = readonly (string | { readonly attribute: string })[];

/** `floor` and `atMost` count people, `fraction` is of the population; keys left out keep the class's default. */
export interface Limit {
  readonly fraction?: number;
  readonly floor?: number;
  readonly atMost?: number;
  readonly windowMs?: number;
}

export type Limits = Readonly<Partial<Record<LimitClass, Limit>>>;

export interface CompiledChannel {
  readonly name: string;
  readonly kind: 'mail' | 'log';
  readonly to: readonly string[];
  /** The target's attribute that must hold a recipient's address; `undefined`: nobody checks. */
  readonly knownBy: string | undefined;
  readonly events: readonly ('summary' | 'ended' | 'failure' | 'held' | 'drift')[];
  readonly place: Place;
}

/** Recipients of one channel, and the target's attribute by which they must be known. */
export interface KnownRecipients {
  readonly channel: string;
  readonly attribute: string;
  readonly to: readonly string[];
}

export interface CompiledApproval {
  readonly name: string;
  readonly sync: string;
  readonly digest: string;
  readonly by: string;
  /** Instant (ISO) after which it releases nothing. */
  readonly expires: string;
  readonly reason: string | undefined;
  readonly place: Place;
}

/** Free-form configuration as a spec holds it before its connector has checked it. */
export type RawConfig = Readonly<Record<string, Json>>;
