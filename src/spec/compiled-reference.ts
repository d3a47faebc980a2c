import type { Expression } from '../expression/expression.ts';

/**
 * Gives the id of a record of the source; the value is the id of its counterpart in the target, by the links of other
 * syncs. Planning puts the links in (`plan/via.ts`); until then it is absent.
 */
export interface Reference extends Expression {
  readonly refersTo: 'person' | 'course';
  readonly inner: Expression;
  /** In the order in which they are followed, from this sync's source to its target. */
  readonly via: readonly ViaStep[];
}

export interface ViaStep {
  readonly sync: string;
  /** Where its accounts are, as links name it (`listOf`). */
  readonly list: string;
  /** From its target to its source. */
  readonly inverse: boolean;
  /** The sync of the other direction where it is one of a pair: whom that one has linked counts as well. */
  readonly partner?: { readonly sync: string; readonly list: string };
}
