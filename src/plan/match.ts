import type { RecordView } from '../expression/expression.ts';
import type { Row } from '../model/row.ts';
import type { Value } from '../model/value.ts';
import type { CompiledSync, MatchRule } from '../spec/compiled.ts';
import { AccountIndex } from './accounts.ts';
import type { Accounts } from './accounts.ts';
import { calledFor } from './candidates.ts';
import type { PlanInput } from './input.ts';
import type { Found } from './found.ts';
import { mapAttribute } from './map.ts';
import type { Prepared } from './prepared.ts';
import { alike, isEmpty } from './prepared.ts';

/** Finds the account of somebody who has no link. */
export class Matcher {
  readonly #sync: CompiledSync;
  readonly #accounts: Accounts;
  readonly #index: AccountIndex;
  readonly #identity: readonly Prepared[];
  readonly #identitySlot: number;
  readonly #ruleSlots: ReadonlyMap<string, number>;
  /** Of accounts that share a value, those that can be used: looked for once, however many people match them. */
  readonly #usable = new Map<readonly number[], readonly number[]>();

  constructor(input: PlanInput, accounts: Accounts, prepared: readonly Prepared[]) {
    this.#sync = input.sync;
    this.#accounts = accounts;
    this.#identity = prepared.filter(({ identity }) => identity);
    const names = this.#identity.map(({ name }) => name);
    const { match } = input.sync;
    this.#index = new AccountIndex(input, [names, ...match.map(({ items }) => items)]);
    this.#identitySlot = this.#index.slot(names);
    this.#ruleSlots = new Map(match.map(({ id, items }) => [id, this.#index.slot(items)]));
  }

  /**
   * Identity first, whatever the account's state; then the rules in order, the first that finds any decides. `except` is
   * an account that does not count.
   */
  find(personId: string, person: RecordView, except = -1): Found {
    const identity = this.#identity.map(({ mapped }) => mapAttribute(mapped, person));
    const values = identity.map((result) => (result.kind === 'value' ? result.value : undefined));
    const known = without(except, this.#index.holders(this.#identitySlot, values));
    if (known.length > 0) return this.#judge(known, personId, 'identity', undefined);
    let inactive: { readonly rule: MatchRule; readonly found: readonly number[] } | undefined;
    for (const rule of this.#sync.match) {
      const found = without(except, this.#holders(rule, person));
      const usable = rule.accounts === 'any' ? found : this.#usableOf(found);
      if (usable.length > 0) return this.#judge(usable, personId, rule.id, values);
      if (found.length > 0) inactive ??= { rule, found };
    }
    return inactive === undefined ? nobody : deactivated(inactive.rule, inactive.found);
  }

  #usableOf(found: readonly number[]): readonly number[] {
    const known = this.#usable.get(found);
    if (known !== undefined) return known;
    const usable = found.filter((at) => this.#accounts.reading.row(at).active !== false);
    if (found.length > 1) this.#usable.set(found, usable);
    return usable;
  }

  #holders({ id, items }: MatchRule, person: RecordView): readonly number[] {
    const values: Value[] = [];
    for (const { expression } of items) {
      const result = expression.evaluate(person);
      if (result.kind !== 'value' || isEmpty(result.value)) return [];
      values.push(result.value);
    }
    return this.#index.holders(this.#ruleSlots.get(id) ?? -1, values);
  }

  #judge(
    positions: readonly number[],
    personId: string,
    by: string,
    identity: readonly (Value | undefined)[] | undefined,
  ): Found {
    const [position = -1] = positions;
    if (positions.length > 1) {
      return {
        ...nobody,
        fact: 'several',
        reason: `${by}: ${positions.length} accounts match`,
        candidates: positions,
        by,
      };
    }
    const row = this.#accounts.look(position);
    const found = { position, row, reason: `matched by ${by}`, candidates: positions, by };
    if (this.#accounts.isProtected(row))
      return { ...found, fact: 'protected', reason: 'the account is protected' };
    const foreign = this.#accounts.foreign(row, personId);
    if (foreign !== undefined) return { ...found, fact: 'foreign', reason: `${by}: ${foreign}` };
    const doubt = doubtOf(this.#accounts, row);
    if (doubt !== undefined) return { ...found, fact: 'doubtfulMatch', reason: doubt };
    const taken = identity === undefined ? undefined : this.#taken(row, identity);
    if (taken !== undefined) return { ...found, fact: 'taken', reason: `${by}: ${taken}` };
    return { ...found, fact: 'one' };
  }

  #taken(row: Row, identity: readonly (Value | undefined)[]): string | undefined {
    const other = this.#identity.find((attribute, index) => {
      const held = row.values[attribute.column];
      const ours = identity[index];
      return !isEmpty(held) && (ours === undefined || !alike(attribute, ours, held));
    });
    return other && `the account's identity attribute "${other.name}" holds another value`;
  }
}

/** It may be an old colleague's who had the same value: a person says whose it is. */
function deactivated({ id, items }: MatchRule, candidates: readonly number[]): Found {
  const held = calledFor(items.map(({ attribute }) => attribute));
  const reason = `${id}: ${held} is in use by a deactivated account; reactivate it and run again if it is the same person, else free ${held} there`;
  return { ...nobody, fact: 'inactive', reason, candidates, by: id };
}

/** The same list where nothing is left out: lists are shared by people who share a value. */
function without(except: number, positions: readonly number[]): readonly number[] {
  return except < 0 ? positions : positions.filter((position) => position !== except);
}

const nobody: Found = {
  fact: 'none',
  position: -1,
  row: undefined,
  reason: 'no account matches',
  candidates: [],
};

/** For people whose account is of no interest: nothing would be done with it. */
export const unsought: Found = { ...nobody, fact: 'unsought', reason: '' };

/** Why the target's own record of an account cannot be relied on. */
export function doubtOf(accounts: Accounts, row: Row): string | undefined {
  if (row.fault !== undefined) return `the account's record is faulty: ${row.fault}`;
  if (accounts.reading.doubles.has(row.id)) return 'the account was read twice with different content';
  return undefined;
}
