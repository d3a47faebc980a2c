import type { ListChange } from '../model/change.ts';
import type { Value } from '../model/value.ts';
import type { Collection } from '../spec/compiled.ts';
import { appliedEntry } from './applied-entry.ts';
import type { Element } from './list-elements.ts';
import { elementsOf } from './list-elements.ts';
import type { Remembered } from './remembered.ts';
import type { Prepared } from './prepared.ts';

/** What becomes of one list: a set, in the form in which the target hands its elements back. */
export interface ListAim {
  /** True where the account holds it already, in whatever order. */
  readonly holds: boolean;
  /** What the list shall be. */
  readonly after: Value;
  /** Our result as a set: what the memory speaks of, whatever others put beside it. */
  readonly result: readonly string[];
  readonly change: ListChange;
}

/**
 * Compares a list as its attribute says. `own`: the whole list is ours, but for what `tolerate` names. `merge`: we add
 * what is missing, and take away what we added ourselves and is no longer in the result. `append`: we only add.
 */
export function aimAtList(
  attribute: Prepared,
  collection: Collection,
  value: Value,
  before: Value | undefined,
  remembered: Remembered,
): ListAim {
  const desired = elementsOf(attribute.canonical, value);
  const held = elementsOf(attribute.canonical, before);
  const added = entriesNotIn(desired, held);
  const strange = entriesNotIn(held, desired);
  const earlier = collection.kind === 'merge' ? remembered.elements(attribute.name) : none;
  const markOf = (key: string) => remembered.mark(attribute.name, [key]);
  const isOurs = (key: string) => earlier.has(markOf(key));
  const removed = strange.filter(([key, element]) => {
    if (collection.kind === 'own') return !collection.tolerates(String(element));
    return collection.kind === 'merge' && earlier.size > 0 && isOurs(key);
  });
  const result = [...desired.keys()].toSorted();
  return {
    holds: added.length === 0 && removed.length === 0,
    after: writtenList(collection, value, desired, held, removed),
    result,
    change: {
      added: textsOf(added),
      removed: textsOf(removed),
      memory: appliedEntry(remembered.mark(attribute.name, result), ours()),
    },
  };

  /** Marks of the elements that are there because of us: those we add now, and those of ours that stay. */
  function ours(): readonly string[] {
    if (collection.kind !== 'merge') return [];
    const stay = earlier.size === 0 ? [] : [...desired.keys()].filter((key) => held.has(key) && isOurs(key));
    return [...added.map(([key]) => key), ...stay].map(markOf);
  }
}

const none: ReadonlySet<string> = new Set();

function entriesNotIn(
  these: ReadonlyMap<string, Element>,
  others: ReadonlyMap<string, Element>,
): readonly [string, Element][] {
  return [...these].filter(([key]) => !others.has(key));
}

/** Ours first, in our order; what others put there and stays, in the target's. Nothing at all is what the result says. */
function writtenList(
  { kind }: Collection,
  value: Value,
  desired: ReadonlyMap<string, Element>,
  held: ReadonlyMap<string, Element>,
  removed: readonly [string, Element][],
): Value {
  const gone = new Set(removed.map(([key]) => key));
  const kept = [...held].filter(([key]) => !gone.has(key));
  const [first, second] = kind === 'own' ? [[...desired], kept] : [kept, [...desired]];
  const written = new Map([...first, ...second]);
  return written.size === 0 ? (Array.isArray(value) ? [] : null) : [...written.values()];
}

function textsOf(entries: readonly [string, Element][]): readonly Element[] {
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, element]) => element);
}
