import type { Expression } from '../expression/expression.ts';
import type { AttributeSpec } from '../model/attribute.ts';
import type { DataClass, Value } from '../model/value.ts';
import type { Place } from './compiled.ts';

/** A generated value that is the same in every plan, because it is derived from the installation's key. */
export type Derived =
  | 'uuid'
  | { readonly digits: number }
  | { readonly letters: number }
  | { readonly characters: number };

/** `own`: the whole list. `merge`: what we added. `append`: we add and take nothing away. */
export interface Collection {
  readonly kind: 'own' | 'merge' | 'append';
  /** Patterns as written. */
  readonly tolerate: readonly string[];
  /** True for an element that stays although it is not in our result. */
  readonly tolerates: (element: string) => boolean;
}

export interface MappedAttribute {
  /** Of the target. */
  readonly name: string;
  readonly result:
    | { readonly kind: 'expression'; readonly expression: Expression }
    | { readonly kind: 'constant'; readonly value: Value }
    | { readonly kind: 'generate'; readonly what: 'secret' | Derived }
    /** Yields texts, of which the first is written that no other account has; with a counter, the last with 2, 3, … */
    | { readonly kind: 'unique'; readonly expression: Expression; readonly counter: boolean }
    /** Yields the source id of a person; written is the id of their account, or what that account holds in `as`. */
    | { readonly kind: 'person'; readonly expression: Expression; readonly as?: string };
  readonly policy: 'enforce' | 'follow' | 'seed' | 'seed-if-empty';
  readonly onNull: 'keep' | 'clear' | 'error';
  readonly class: DataClass;
  /** Of a list: whose its elements are. Left out for everything else. */
  readonly collection?: Collection;
  /** The target's own facts about it. */
  readonly spec: AttributeSpec;
  /** As written, for explain. */
  readonly text: string;
  readonly place: Place;
}
