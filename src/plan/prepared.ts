import type { Change } from '../model/change.ts';
import type { Value } from '../model/value.ts';
import { isNothing, sameValue } from '../model/value.ts';
import type { CompiledSync, MappedAttribute } from '../spec/compiled.ts';
import type { PlanInput } from './input.ts';
import { columnsOf } from '../model/reading.ts';

/** One mapped attribute with what the pass needs of it again and again. */
export interface Prepared {
  readonly mapped: MappedAttribute;
  readonly name: string;
  readonly identity: boolean;
  /** Position in the rows of the target's reading. */
  readonly column: number;
  readonly canonical: (value: Value) => Value;
  readonly reads: readonly string[];
}

/** Identity attributes first, so that a dispute is seen before anything is compared. */
export function prepare(input: PlanInput): readonly Prepared[] {
  const columns = columnsOf(input.accounts.attributes);
  const one = (mapped: MappedAttribute, identity: boolean): Prepared => ({
    mapped,
    name: mapped.name,
    identity,
    column: columns.get(mapped.name) ?? -1,
    canonical: formOf(input, mapped),
    reads: 'expression' in mapped.result ? mapped.result.expression.reads : [],
  });
  return [
    ...input.sync.identity.map((mapped) => one(mapped, true)),
    ...input.sync.attributes.map((mapped) => one(mapped, false)),
  ];
}

/** What is taken from another attribute of somebody's account may come back in the form of either. */
function formOf(input: PlanInput, { name, result }: MappedAttribute): (value: Value) => Value {
  const own = canonicalOf(input, name);
  if (result.kind !== 'person' || result.as === undefined) return own;
  const theirs = canonicalOf(input, result.as);
  return (value) => own(theirs(value));
}

/** The form in which values of this attribute are compared; nothing stays nothing. */
export function canonicalOf(input: PlanInput, attribute: string): (value: Value) => Value {
  const canonical = input.shape.canonical(attribute);
  if (canonical === undefined) return (value) => value;
  return (value) => (value === null ? value : canonical(value));
}

/** Absent, null, empty text and the empty list: no system tells all four apart when it reads back. */
export function isEmpty(value: Value | undefined): boolean {
  return isNothing(value) || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Equal in the form in which the target hands values back. */
export function alike(attribute: Prepared, desired: Value, actual: Value | undefined): boolean {
  if (desired === actual) return true;
  if (isEmpty(actual) || isEmpty(desired)) return isEmpty(actual) && isEmpty(desired);
  return sameValue(composed(attribute.canonical(desired)), composed(attribute.canonical(actual as Value)));
}

/** One spelling for what is one character to everybody: Unicode calls them canonically equivalent, and systems swap them. */
export function composed(value: Value): Value {
  if (typeof value === 'string') return value.normalize();
  return Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? one.normalize() : one)) : value;
}

/** A value as a key of a Map: equal only for equal values of the same type. */
export function keyOf(value: Value): string {
  return typeof value === 'string' ? `"${value}` : JSON.stringify(value);
}

/** Ids of changes are stable over plans, so that what is held and approved is found again. */
export function changeId(kind: Change['kind'], personId: string): string {
  return `${kind}/${personId}`;
}

export function policiesOf(sync: CompiledSync) {
  const { starting, left, away, outOfScope, vanished, returned } = sync.then;
  return {
    starting: starting.enable === 'on-create' ? ('enabled' as const) : ('disabled' as const),
    left: left.disable === 'keep' ? ('keep' as const) : ('disable' as const),
    away,
    outOfScope,
    vanished: vanished.then,
    returned,
  };
}

/** Appends to the list under this key. */
export function addTo<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
