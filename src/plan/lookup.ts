import type { RecordView } from '../expression/expression.ts';
import type { Key, Row } from '../model/row.ts';
import type { Value } from '../model/value.ts';
import { derivedValue } from './generate.ts';
import { heldCandidate } from './held-candidate.ts';
import type { PlanInput } from './input.ts';
import { mapAttribute } from './map.ts';
import { People } from './person.ts';
import { alike, isEmpty, keyOf, prepare, type Prepared } from './prepared.ts';
import { uniqueOf } from './unique.ts';
import { withReferences } from './via.ts';

/** What to look up in the target before anything is planned for a few people alone. */
export interface Lookup {
  readonly keys: readonly Key[];
  /** Attributes by which somebody would have to be looked up and can't be: only the whole list tells then. */
  readonly beyond: readonly string[];
}

type LooksUp = (attribute: string) => boolean;

/**
 * By what the accounts of these people are found: the ids of those that they are linked to, or were; for everybody
 * without a link in use the identity and every match rule. `input.accounts` may be empty, it names the columns.
 */
export function accountKeys(given: PlanInput, looksUp: LooksUp): Lookup {
  const input = withReferences(given);
  const wanted = new Wanted(looksUp);
  const people = new People(input);
  const identity = prepare(input).filter((attribute) => attribute.identity);
  for (const row of rowsOf(input)) {
    const link = input.memory.links.get(row.id);
    if (link !== undefined) wanted.add([{ attribute: 'id', value: link.accountId }]);
    if (link?.state === 'active') continue;
    const { view } = people.look(row);
    wanted.add(
      identity.map(({ name, mapped }) => {
        const result = mapAttribute(mapped, view);
        return { attribute: name, value: result.kind === 'value' ? result.value : undefined };
      }),
    );
    for (const { items } of input.sync.match) {
      wanted.add(
        items.map(({ attribute, expression, normalise = [] }) => {
          const result = expression.evaluate(view);
          const value = result.kind === 'value' ? result.value : undefined;
          // No system looks up what is spelt otherwise.
          return { attribute, value, ...(normalise.length === 0 ? {} : { beyond: true as const }) };
        }),
      );
    }
  }
  return wanted;
}

/**
 * By what these people's accounts are tied to others: the values that no two may share and that theirs do not hold yet,
 * and the accounts of those whom they refer to.
 */
export function neighbourKeys(given: PlanInput, looksUp: LooksUp): Lookup {
  const input = withReferences(given);
  const wanted = new Wanted(looksUp);
  const people = new People(input);
  const prepared = prepare(input);
  const unique = uniqueOf(prepared);
  const references = prepared.filter(({ mapped }) => mapped.result.kind === 'person');
  for (const row of rowsOf(input)) {
    const link = input.memory.links.get(row.id);
    const position = link === undefined ? -1 : input.accounts.position(link.accountId);
    const account = position < 0 ? undefined : input.accounts.row(position);
    const { view } = people.look(row);
    for (const attribute of prepared) {
      const before = account?.values[attribute.column];
      for (const part of valuesOf(attribute, unique.includes(attribute), view, row.id, before, input)) {
        wanted.add([part]);
      }
    }
    for (const { mapped } of references) {
      const result = mapAttribute(mapped, view);
      const other = result.kind === 'person' ? input.memory.links.get(result.person) : undefined;
      if (other !== undefined && input.accounts.position(other.accountId) < 0) {
        wanted.add([{ attribute: 'id', value: other.accountId }]);
      }
    }
  }
  return wanted;
}

/** Values of this attribute that may become the person's, where nobody else may have them. */
function valuesOf(
  attribute: Prepared,
  unique: boolean,
  view: RecordView,
  personId: string,
  before: Value | undefined,
  { sync, hash }: PlanInput,
): readonly Part[] {
  const { name: at, mapped } = attribute;
  if (!unique && mapped.result.kind !== 'unique') return [];
  const result = mapAttribute(mapped, view);
  if (result.kind === 'candidates') {
    if (heldCandidate(attribute, result.candidates, before) !== undefined) return [];
    // Others may need one of them as well, and come first: who gets which is seen only where everybody is.
    return result.candidates.map((value) => ({ attribute: at, value, beyond: true as const }));
  }
  const derived = result.kind === 'derived';
  if (!derived && result.kind !== 'value') return [];
  const value = derived
    ? derivedValue(result.what, { from: sync.from, personId, attribute: at }, hash)
    : result.value;
  return alike(attribute, value, before) ? [] : [{ attribute: at, value }];
}

function* rowsOf({ people, only }: PlanInput): Generator<Row> {
  for (let position = 0; position < people.size; position += 1) {
    const row = people.row(position);
    if (only === undefined || only.has(row.id)) yield row;
  }
}

interface Part {
  readonly attribute: string;
  readonly value: Value | undefined;
  /** Set where the value need not be equal as it is. */
  readonly beyond?: true;
}

class Wanted implements Lookup {
  readonly #looksUp: LooksUp;
  readonly #keys = new Map<string, Key>();
  readonly #beyond = new Set<string>();

  constructor(looksUp: LooksUp) {
    this.#looksUp = looksUp;
  }

  get keys(): readonly Key[] {
    return [...this.#keys.values()];
  }

  get beyond(): readonly string[] {
    return [...this.#beyond];
  }

  /** Accounts that have all of these: one of them finds them. Nobody has what is empty. */
  add(all: readonly Part[]): void {
    if (all.length === 0 || all.some(({ value }) => isEmpty(value))) return;
    const key = all.find(({ attribute, beyond }) => beyond !== true && this.#looksUp(attribute));
    if (key === undefined) for (const { attribute } of all) this.#beyond.add(attribute);
    else if (key.value !== undefined) {
      this.#keys.set(`${key.attribute}\n${keyOf(key.value)}`, { attribute: key.attribute, value: key.value });
    }
  }
}
