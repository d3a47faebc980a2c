import type { FormerValue, KnownFormerValue } from '../model/former-value.ts';
import { unpackHashes } from '../model/link.ts';
import { resultIn } from './applied-entry.ts';
import { columnsOf } from '../model/reading.ts';
import type { Row } from '../model/row.ts';
import type { Value } from '../model/value.ts';
import type { MatchRule } from '../spec/compiled.ts';
import { calledFor } from './candidates.ts';
import type { Draft } from './draft.ts';
import type { PlanInput } from './input.ts';
import { normaliser } from './normalise.ts';
import { addTo, canonicalOf, isEmpty } from './prepared.ts';

interface Passing {
  readonly attribute: string;
  readonly column: number;
  readonly form: (value: Value) => Value;
}

/**
 * Values that a system gives to somebody else later: addresses and logins. One that belonged to another person of ours
 * within the quarantine proves nothing. Asked of accounts that a rule has found, and of people who change, alone.
 */
export class PassedOn {
  readonly #input: PlanInput;
  readonly #since: number;
  readonly #passing: readonly Passing[];
  #known: ReadonlyMap<string, readonly KnownFormerValue[]> | undefined;
  #applied: ReadonlyMap<string, readonly KnownFormerValue[]> | undefined;

  constructor(input: PlanInput) {
    const { sync, accounts, now } = input;
    const quarantineMs = sync.quarantineMs ?? 0;
    const columns = columnsOf(accounts.attributes);
    this.#input = input;
    this.#since = now - quarantineMs;
    this.#passing =
      quarantineMs === 0
        ? []
        : passedOn(sync.match).map((attribute) => {
            const canonical = canonicalOf(input, attribute);
            const normal = normaliser(['case']);
            return {
              attribute,
              column: columns.get(attribute) ?? -1,
              form: (value: Value) => normal(canonical(value)),
            };
          });
  }

  /** Why what the rule has found proves nothing for this person. */
  doubt({ id, items }: MatchRule, { values }: Row, personId: string): string | undefined {
    for (const { attribute, column, form } of this.#passing) {
      const value = values[column];
      if (isEmpty(value) || !items.some((item) => item.attribute === attribute)) continue;
      const other = this.#whose(attribute, value as Value, form(value as Value), personId);
      if (other === undefined) continue;
      const until = day(other.at);
      const from = day(other.at + (this.#input.sync.quarantineMs ?? 0));
      return `${id}: ${calledFor([attribute])} belonged to person ${other.personId} until ${until}, and proves nothing before ${from}`;
    }
    return undefined;
  }

  /** What accounts give up in this plan, or hold when they are given up. */
  given(drafts: readonly Draft[]): readonly FormerValue[] {
    if (this.#passing.length === 0) return [];
    return drafts.flatMap((person) => this.#givenBy(person));
  }

  #givenBy({ kind, position, personId, attributes }: Draft): readonly FormerValue[] {
    if (kind === null || kind === 'create' || position < 0) return [];
    const ends = kind === 'disable' || kind === 'delete';
    const { values } = this.#input.accounts.row(position);
    return this.#passing.flatMap(({ attribute, column, form }): readonly FormerValue[] => {
      const value = values[column];
      const changes = ends || attributes.some(({ name }) => name === attribute);
      if (!changes || isEmpty(value)) return [];
      return [{ attribute, hash: this.#hashOf(attribute, form(value as Value)), personId }];
    });
  }

  #whose(attribute: string, value: Value, form: Value, personId: string): KnownFormerValue | undefined {
    this.#known ??= byHash(this.#input.memory.former ?? []);
    this.#applied ??= byHash(this.#appliedByLinks());
    const { hash, sync } = this.#input;
    const remembered = [
      ...(this.#known.get(`${attribute}\n${this.#hashOf(attribute, form)}`) ?? []),
      ...[value, form].flatMap((one) => this.#applied?.get(`${attribute}\n${hash(attribute, one)}`) ?? []),
    ];
    return remembered
      .filter((one) => one.at > this.#since && (one.personId !== personId || one.source !== sync.from))
      .toSorted((a, b) => b.at - a.at)[0];
  }

  /** What links say was written: of people who have an account now, and of those whose account we gave up. */
  *#appliedByLinks(): Generator<KnownFormerValue> {
    const { memory, sync, now } = this.#input;
    for (const { personId, applied, state, endedAt } of memory.links.values()) {
      const hashes = unpackHashes(applied);
      for (const { attribute } of this.#passing) {
        const hash = resultIn(hashes.get(attribute));
        const at = state === 'active' ? now : (endedAt ?? 0);
        if (hash !== undefined) yield { attribute, hash, personId, source: sync.from, at };
      }
    }
  }

  /** Kept apart from hashes of what was written: those are of values as the mapping gave them. */
  #hashOf(attribute: string, form: Value): string {
    return this.#input.hash(`former ${attribute}`, form);
  }
}

/** Attributes of match rules whose values are passed on. */
export function passedOn(match: readonly MatchRule[]): readonly string[] {
  const items = match.flatMap((rule) => rule.items).filter((item) => item.passesOn === true);
  return [...new Set(items.map(({ attribute }) => attribute))].toSorted();
}

function byHash(values: Iterable<KnownFormerValue>): ReadonlyMap<string, readonly KnownFormerValue[]> {
  const found = new Map<string, KnownFormerValue[]>();
  for (const value of values) addTo(found, `${value.attribute}\n${value.hash}`, value);
  return found;
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
