import type { Reading } from '../model/reading.ts';
import type { Row } from '../model/row.ts';
import type { Value } from '../model/value.ts';
import type { MatchItem } from '../spec/compiled.ts';
import type { PlanInput } from './input.ts';
import { compareText } from './order.ts';
import { normaliser } from './normalise.ts';
import { canonicalOf, isEmpty, keyOf } from './prepared.ts';
import { columnsOf } from '../model/reading.ts';

/** The target's reading as planning looks at it: whose an account is, and which accounts hold a value. */
export class Accounts {
  readonly reading: Reading;
  readonly #input: PlanInput;
  readonly #columns: ReadonlyMap<string, number>;
  readonly #protects: readonly {
    readonly column: number;
    readonly keys: ReadonlySet<string>;
    readonly key: KeyOf;
  }[];
  /** Accounts that some person of this pass stands for. */
  readonly #seen: Uint8Array;
  #former: ReadonlyMap<string, string> | undefined;
  #active = 0;

  constructor(input: PlanInput) {
    this.#input = input;
    this.reading = input.accounts;
    this.#columns = columnsOf(input.accounts.attributes);
    this.#seen = new Uint8Array(input.accounts.size);
    this.#protects = input.sync.protect.map(({ attribute, values }) => {
      const key = keyOfAttribute(input, attribute);
      return { column: this.column(attribute), keys: new Set(values.map(key)), key };
    });
  }

  column(attribute: string): number {
    return this.#columns.get(attribute) ?? -1;
  }

  /** The account at this position, which counts as looked at: what nobody looked at may be an orphan. */
  look(position: number): Row {
    const row = this.reading.row(position);
    if (this.#seen[position] === 0) {
      this.#seen[position] = 1;
      if (row.active !== false && row.outside !== true) this.#active += 1;
    }
    return row;
  }

  seen(position: number): boolean {
    return this.#seen[position] === 1;
  }

  /** Usable accounts within the scope among those looked at. */
  get active(): number {
    return this.#active;
  }

  isProtected(row: Row): boolean {
    if (row.protected === true) return true;
    return this.#protects.some(({ column, keys, key }) => {
      const value = row.values[column];
      return value !== undefined && keys.has(key(value));
    });
  }

  /** Why an account is not this person's to have, in a few words; `undefined` when nothing is known against it. */
  foreign(row: Row, personId: string): string | undefined {
    const taken = this.takenFrom(row, personId);
    if (taken !== undefined) return taken;
    const former = this.formerOwner(row.id);
    const free = former === undefined || former === personId || this.#input.memory.owners.has(row.id);
    return free ? undefined : `the account belonged to person ${former}`;
  }

  /** As `foreign`, for somebody who had the account before: what counts is whose it is now. */
  takenFrom(row: Row, personId: string): string | undefined {
    if (row.outside === true) return 'the account is outside the scope of this sync';
    const owner = this.#input.memory.owners.get(row.id);
    const { name } = this.#input.sync;
    if (owner !== undefined && owner.sync !== name) return `the account belongs to sync "${owner.sync}"`;
    if (owner !== undefined && owner.personId !== personId)
      return `the account belongs to person ${owner.personId}`;
    return undefined;
  }

  /** Whose account it is, or was until it was given up, among the people of this sync. */
  lastOwner(accountId: string): string | undefined {
    const owner = this.#input.memory.owners.get(accountId);
    return owner === undefined
      ? this.formerOwner(accountId)
      : owner.sync === this.#input.sync.name
        ? owner.personId
        : undefined;
  }

  /** Whose account it was until it was given up. */
  formerOwner(accountId: string): string | undefined {
    this.#former ??= new Map(
      [...this.#input.memory.links.values()]
        .filter((link) => link.state === 'tombstone')
        .toSorted((a, b) => compareText(a.personId, b.personId))
        .map((link) => [link.accountId, link.personId]),
    );
    return this.#former.get(accountId);
  }
}

type KeyOf = (value: NonNullable<Row['values'][number]> | null) => string;

function keyOfAttribute(input: PlanInput, attribute: string): KeyOf {
  const canonical = canonicalOf(input, attribute);
  return (value) => keyOf(canonical(value));
}

/** An attribute that accounts are looked up by, with what of its values does not count where that was said. */
export type Looked = string | Pick<MatchItem, 'attribute' | 'normalise'>;

/** Which accounts hold these values in these attributes; built from one look at every account, when first asked. */
export class AccountIndex {
  readonly #input: PlanInput;
  readonly #keys: readonly (readonly Part[])[];
  readonly #names: readonly string[];
  #maps: readonly Map<string, number | number[]>[] | undefined;

  /** @param tuples attributes that are looked up together */
  constructor(input: PlanInput, tuples: readonly (readonly Looked[])[]) {
    const columns = columnsOf(input.accounts.attributes);
    const byName = new Map(tuples.map((tuple) => [nameOf(tuple), tuple]));
    this.#input = input;
    this.#names = [...byName.keys()];
    this.#keys = [...byName.values()].map((tuple) => tuple.map((looked) => partOf(looked, columns, input)));
  }

  /** Where these attributes stand in the index; one of the tuples it was made for. */
  slot(attributes: readonly Looked[]): number {
    return this.#names.indexOf(nameOf(attributes));
  }

  /** Positions of the accounts in which every attribute of the slot has the value; none where a value is empty. */
  holders(at: number, values: Row['values']): readonly number[] {
    const key = combine(this.#keys[at] ?? [], values);
    if (key === undefined) return [];
    this.#maps ??= this.#build();
    const found = this.#maps[at]?.get(key);
    if (found === undefined) return [];
    return typeof found === 'number' ? [found] : found;
  }

  #build(): readonly Map<string, number | number[]>[] {
    const { accounts } = this.#input;
    const maps = this.#keys.map(() => new Map<string, number | number[]>());
    for (let position = 0; position < accounts.size; position += 1) {
      const { values } = accounts.row(position);
      for (const [index, parts] of this.#keys.entries()) {
        const picked = parts.map(({ column }) => values[column]);
        const key = combine(parts, picked);
        const map = maps[index];
        if (key !== undefined && map !== undefined) insert(map, key, position);
      }
    }
    return maps;
  }
}

interface Part {
  readonly column: number;
  readonly form: (value: Value | undefined) => Value | undefined;
}

function partOf(looked: Looked, columns: ReadonlyMap<string, number>, input: PlanInput): Part {
  const { attribute, normalise } = typeof looked === 'string' ? { attribute: looked } : looked;
  const canonical = canonicalOf(input, attribute);
  const column = columns.get(attribute) ?? -1;
  const normal = normaliser(normalise);
  return { column, form: (value) => (isEmpty(value) ? value : normal(canonical(value as Value))) };
}

function nameOf(attributes: readonly Looked[]): string {
  return attributes
    .map((one) => (typeof one === 'string' ? one : [one.attribute, ...(one.normalise ?? [])].join('\t')))
    .join('\n');
}

function combine(parts: readonly Part[], values: Row['values']): string | undefined {
  let combined = '';
  for (const [index, { form }] of parts.entries()) {
    const value = form(values[index]);
    if (value === undefined || isEmpty(value)) return undefined;
    combined += combined === '' ? keyOf(value) : `\n${keyOf(value)}`;
  }
  return combined === '' ? undefined : combined;
}

function insert(map: Map<string, number | number[]>, key: string, position: number): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, position);
  else if (typeof held === 'number') map.set(key, [held, position]);
  else held.push(position);
}
