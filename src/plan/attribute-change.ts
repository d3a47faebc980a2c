import type { AttributeChange, Cause, Desired, ListChange } from '../model/change.ts';
import type { Value } from '../model/value.ts';
import type { Prepared } from './prepared.ts';
import { isEmpty } from './prepared.ts';

/** What is said of a change beside the value itself. */
interface Marks {
  readonly owed?: boolean;
  readonly list?: ListChange | undefined;
}

const unmarked: Marks = {};

/** One attribute that changes, with the reason of its value. */
export function changeOf(
  attribute: Prepared,
  before: Value | undefined,
  after: Desired,
  cause: Cause,
  { owed = false, list }: Marks = unmarked,
): AttributeChange {
  const { mapped } = attribute;
  const held = !isEmpty(before);
  const [picture] = mapped.spec.type === 'picture' ? attribute.reads : [];
  return {
    name: attribute.name,
    ...(before === undefined ? {} : { before }),
    after,
    cause,
    class: mapped.class,
    expression: mapped.text,
    clears: held && 'value' in after && isEmpty(after.value),
    renames: held && mapped.spec.rename === true,
    ...(held && mapped.spec.unique === true ? { frees: true } : {}),
    ...(owed ? { owed } : {}),
    ...(list === undefined ? {} : { list }),
    ...(picture === undefined ? {} : { picture }),
    reads: attribute.reads,
  };
}

/** What new accounts begin with, by value. */
export type Begun = Map<Prepared, Map<Value, AttributeChange>>;

/** Values of one attribute of which new accounts share one change. */
const mostBegun = 5_000;

/**
 * In a first load most attributes repeat from person to person (a department, a country, a first name): those who begin
 * with the same value share one change, which halves the memory of a plan of 100,000 creates.
 */
export function beginningOf(begun: Begun, attribute: Prepared, value: Value): AttributeChange {
  let known = begun.get(attribute);
  if (known === undefined) begun.set(attribute, (known = new Map()));
  let change = known.get(value);
  if (change === undefined) {
    change = changeOf(attribute, undefined, { value }, 'data');
    if (known.size < mostBegun) known.set(value, change);
  }
  return change;
}
