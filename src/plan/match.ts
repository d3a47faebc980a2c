import type { RecordView } from '../expression/expression.ts';
import type { Row } from '../model/row.ts';
import type { Value } from '../model/value.ts';
import type { CompiledSync, Decision, MatchRule } from '../spec/compiled.ts';
import { AccountIndex } from './accounts.ts';
import type { Accounts } from './accounts.ts';
import { calledFor } from './candidates.ts';
import { awaited, placeOf } from './decisions.ts';
import type { Decided } from './decisions.ts';
import type { Found } from './found.ts';
import { mapAttribute } from './map.ts';
import type { PassedOn } from './passed-on.ts';
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

  readonly #decided: Decided;
  readonly #passedOn: PassedOn;
  /** Accounts that must not be matched to somebody, and of shared lists whether they hold one of them. */
  readonly #apart: ReadonlySet<number>;
  readonly #concerned = new Map<readonly number[], boolean>();

  constructor(decided: Decided, accounts: Accounts, prepared: readonly Prepared[], passedOn: PassedOn) {
    const { input } = decided;
    this.#sync = input.sync;
    this.#accounts = accounts;
    this.#decided = decided;
    this.#passedOn = passedOn;
    this.#apart = decided.apartFromAnybody();
    this.#identity = prepared.filter(({ identity }) => identity);
    const names = this.#identity.map(({ name }) => name);
    const { match } = input.sync;
    this.#index = new AccountIndex(input, [names, ...match.map(({ items }) => items)]);
    this.#identitySlot = this.#index.slot(names);
    this.#ruleSlots = new Map(match.map(({ id, items }) => [id, this.#index.slot(items)]));
  }

  /**
   * What a Links document decides; then the identity, whatever the account's state; then the rules in order, the first
   * that finds any decides. `except` is an account that does not count.
   */
  find(personId: string, person: RecordView, except = -1): Found {
    const decision = this.#decided.open(personId);
    if (decision !== undefined) return this.connect(decision, personId);
    const released = this.#decided.released(personId);
    if (released !== undefined)
      return { ...nobody, fact: 'released', reason: `${placeOf(released)} gives the account up` };
    const identity = this.#identity.map(({ mapped }) => mapAttribute(mapped, person));
    const values = identity.map((result) => (result.kind === 'value' ? result.value : undefined));
    const carriers = without(except, this.#index.holders(this.#identitySlot, values));
    const known = this.#allowed(carriers, personId);
    if (known.length > 0) return this.#judge(known, personId, 'identity', undefined);
    if (carriers.length > 0) return this.#keptApart(carriers, personId);
    let inactive: { readonly rule: MatchRule; readonly found: readonly number[] } | undefined;
    for (const rule of this.#sync.match) {
      const found = this.#allowed(without(except, this.#holders(rule, person)), personId);
      const usable = rule.accounts === 'any' ? found : this.#usableOf(found);
      if (usable.length > 0) return this.#judge(usable, personId, rule.id, values);
      if (found.length > 0) inactive ??= { rule, found };
    }
    return inactive === undefined ? nobody : this.#deactivated(inactive.rule, inactive.found);
  }

  /** It may be an old colleague's who had the same value: a person says whose it is. */
  #deactivated({ id, items }: MatchRule, candidates: readonly number[]): Found {
    const held = calledFor(items.map(({ attribute }) => attribute));
    const [only = -1] = candidates.length === 1 ? candidates : [];
    const whose = only < 0 ? undefined : this.#accounts.lastOwner(this.#accounts.reading.row(only).id);
    const account = `a deactivated account${whose === undefined ? '' : `, that of person ${whose}`}`;
    const again =
      whose === undefined
        ? 'reactivate it and run again if it is the same person'
        : 'say that it is theirs if it is the same person (rosterd links adopt)';
    const reason = `${id}: ${held} is in use by ${account}; ${again}, else free ${held} there`;
    return { ...nobody, fact: 'inactive', reason, candidates, by: id };
  }

  /** The account that a document names, whatever it matches and whatever its identity attribute holds. */
  connect(decision: Decision, personId: string): Found {
    const position = this.#accounts.reading.position(decision.account);
    const by = placeOf(decision);
    if (this.#decided.input.only !== undefined)
      return { ...nobody, fact: 'awaited', reason: `${by} decides: ${awaited}` };
    if (position < 0)
      return { ...nobody, fact: 'taken', reason: `${by}: the target has no account ${decision.account}` };
    const row = this.#accounts.look(position);
    const found = { position, row, reason: `decided in ${by}`, candidates: [position], by: 'links' };
    const untouchable = this.#accounts.isProtected(row);
    if (untouchable) return { ...found, fact: 'protected', reason: `${by}: the account is protected` };
    const taken = this.#accounts.takenFrom(row, personId);
    if (taken !== undefined) return { ...found, fact: 'foreign', reason: `${by}: ${taken}` };
    const doubt = doubtOf(this.#accounts, row);
    if (doubt !== undefined) return { ...found, fact: 'doubtfulMatch', reason: doubt };
    return { ...found, fact: 'one' };
  }

  /** Without those that a document keeps from this person. */
  #allowed(positions: readonly number[], personId: string): readonly number[] {
    if (this.#apart.size === 0 || !this.#isConcerned(positions)) return positions;
    const { reading } = this.#accounts;
    return positions.filter(
      (position) =>
        !this.#apart.has(position) || this.#decided.apart(personId, reading.row(position).id) === undefined,
    );
  }

  #isConcerned(positions: readonly number[]): boolean {
    const isApart = (position: number) => this.#apart.has(position);
    if (positions.length < 2) return positions.some(isApart);
    const known = this.#concerned.get(positions) ?? positions.some(isApart);
    this.#concerned.set(positions, known);
    return known;
  }

  /** An account that carries an identity is found by it after a lost answer: nobody else gets that identity meanwhile. */
  #keptApart(carriers: readonly number[], personId: string): Found {
    const { id } = this.#accounts.reading.row(carriers[0] ?? -1);
    const decision = this.#decided.apart(personId, id);
    const names = this.#identity.map(({ name }) => name).join(', ');
    const where = decision === undefined ? 'a document' : placeOf(decision);
    const reason = `${where} keeps account ${id} from this person, and it carries their identity: clear ${names} there`;
    return { ...nobody, fact: 'taken', reason, candidates: carriers, by: 'identity' };
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
    const rule = identity === undefined ? undefined : this.#sync.match.find(({ id }) => id === by);
    const passed = rule === undefined ? undefined : this.#passedOn.doubt(rule, row, personId);
    if (passed !== undefined) return { ...found, fact: 'recycled', reason: passed };
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
