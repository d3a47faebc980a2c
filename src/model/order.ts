import type { LimitClass, Situation } from './change.ts';
import type { PackedCounts, PackedHashes } from './link.ts';
import type { Picture } from './picture.ts';
import type { Json, Value } from './value.ts';

/** One write to one account. */
export interface Order {
  /** Id of the intent; unique for ever. */
  readonly key: string;
  readonly kind: 'create' | 'update' | 'enable' | 'disable' | 'delete';
  readonly personId: string;
  /** `null` for a create, unless an account that an earlier try left half made is to be completed. */
  readonly accountId: string | null;
  /** Only what changes (for a create: everything). `null` clears. Names are those of `Shape.attributes`. */
  readonly set: Readonly<Record<string, Value>>;
  /**
   * The content of pictures of which `set` holds the digest, asked for when it is sent, once for each try. Rejects with
   * `PictureUnavailable`. In no intent. An order with pictures updates an account and sets nothing else.
   */
  readonly pictures?: Readonly<Record<string, () => Promise<Picture>>>;
  /** By which the account is found again when the answer is lost. */
  readonly identity: Readonly<Record<string, Value>>;
  /** The part of the target that the sync manages (`Want.scope`): a create puts the account there. */
  readonly scope: Readonly<Record<string, string | number | boolean>>;
  /** Set on a create whose account must not be usable yet; only for targets with the ability `createDisabled`. */
  readonly active?: false;
}

/** An order as the store keeps it, without generated secrets, with what must be remembered once it is known to be done. */
export interface Intent extends Omit<Order, 'pictures'> {
  readonly situation: Situation;
  /** Keyed hashes (packed) and mapping digest that the link gets when this is done. */
  readonly applied: PackedHashes;
  readonly mapping: string;
  /** See `Change.takesFrom`. */
  readonly takesFrom?: string;
  /** See `LinkRecord.strays`; left out when there is none. */
  readonly strays?: PackedCounts;
  /** The mail that goes out once a create is known to be done. */
  readonly welcome?: Letter;
  /** Counted in the rolling windows when it is applied or unknown; empty when an approval released it. */
  readonly counts: readonly CountedChange[];
}

/** A mail to one person. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** One change as the rolling windows of the limits count it. */
export interface CountedChange {
  readonly class: LimitClass;
  /** Set for `clear`, which counts per attribute. */
  readonly attribute?: string;
  readonly personId: string;
}

export type Resolution =
  | { readonly state: 'done'; readonly accountId: string }
  /** A create: the account is there, a later part of the order is not; the order with this account completes it. */
  | { readonly state: 'unfinished'; readonly accountId: string }
  | { readonly state: 'not-done' }
  | { readonly state: 'unknown' };

export interface Result {
  readonly key: string;
  /**
   * `applied`: the system said so. `delivered`: it has it, somebody else applies it. `rejected`: it refused, nothing
   * changed. `unknown`: the answer was lost; only `Reader.resolve` may tell. `not-sent`: never left us.
   */
  readonly outcome: 'applied' | 'delivered' | 'rejected' | 'unknown' | 'not-sent';
  readonly accountId?: string;
  /** Attributes as sent, secrets left out, for `runs` and `explain`. */
  readonly sent?: Readonly<Record<string, Value>>;
  /** What the system made of it, where its answer tells. */
  readonly received?: Readonly<Record<string, Value>>;
  /** For every outcome but applied and delivered. The message holds the vendor's words, without people and secrets. */
  readonly error?: {
    readonly reason: string;
    readonly message: string;
    /** `person`: this record only; the others stop or delay the rest of the pass. */
    readonly fate: 'person' | 'waiting' | 'stalled';
    readonly retryAfterMs?: number;
  };
}

/** What a connection remembers of records that must be read one by one, sealed in the store. */
export interface Details {
  /** What is remembered under exactly this version, by id. */
  recall(
    items: readonly { readonly id: string; readonly version: string }[],
  ): Promise<ReadonlyMap<string, Detail>>;
  remember(items: readonly (Detail & { readonly id: string; readonly version: string })[]): Promise<void>;
  /** Forgets records, for example after we wrote to them. */
  forget(ids: readonly string[]): Promise<void>;
}

export interface Detail {
  readonly data: Json;
  /** When it was read (ms). */
  readonly readAt: number;
}
