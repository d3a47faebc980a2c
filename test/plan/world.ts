import type { Change, MemoryUpdate, Plan } from '../../src/model/change.ts';
import type { LinkRecord } from '../../src/model/link.ts';
import type { Row } from '../../src/model/row.ts';
import type { Value } from '../../src/model/value.ts';
import { appliedHashes, remember } from '../../src/plan/memory.ts';
import { runPlan } from '../../src/plan/make-plan.ts';
import { linkAfter } from '../../src/reconcile/links.ts';
import type { Situation } from './people.ts';
import type { Fields } from './columns.ts';
import { noon, targetColumns } from './columns.ts';
import { hash, inputOf, shape } from './people.ts';

/** Both systems and the store in memory: plans are made from it and applied to it. */
export class World {
  #given: Situation;
  readonly #accounts: Map<string, Row>;
  readonly #links: Map<string, LinkRecord>;
  #now = noon;

  constructor(given: Situation) {
    this.#given = given;
    this.#accounts = new Map((given.accounts ?? []).map((row) => [row.id, row]));
    this.#links = new Map((given.links ?? []).map((one) => [one.personId, one]));
  }

  get accounts(): ReadonlyMap<string, Row> {
    return this.#accounts;
  }

  /** From now on the source lists these people. */
  hires(people: Situation['people'] & object): void {
    this.#given = { ...this.#given, people };
  }

  /** Somebody changes an account by hand. */
  edit(accountId: string, fields: Fields): void {
    const row = this.#accounts.get(accountId);
    if (row === undefined) throw new Error(`there is no account ${accountId}`);
    const values = targetColumns.map((name, at) =>
      Object.hasOwn(fields, name) ? fields[name] : row.values[at],
    );
    this.#accounts.set(accountId, { ...row, values });
  }

  /** Somebody changes the account that this person has, if any, and switches it on or off. */
  tamper(personId: string, fields: Fields, active: boolean): void {
    const id = this.#links.get(personId)?.accountId ?? `acc-${personId}`;
    const row = this.#accounts.get(id);
    if (row === undefined) return;
    this.edit(id, fields);
    this.#accounts.set(id, { ...row, values: this.#accounts.get(id)?.values ?? row.values, active });
  }

  /** What an account holds in this attribute. */
  value(accountId: string, attribute: string): Value | undefined {
    return this.#accounts.get(accountId)?.values[targetColumns.indexOf(attribute)];
  }

  /** A pass: what it would do, done. */
  pass(): Plan {
    const plan = this.plan();
    this.apply(plan.changes, plan.memory);
    return plan;
  }

  plan(): Plan {
    // A minute between passes: no date comes in between.
    return this.planAt(this.#now + 60_000);
  }

  /** As `plan`, at this moment (ms). */
  planAt(now: number): Plan {
    const accounts = [...this.#accounts.values()];
    this.#now = now;
    return runPlan(inputOf({ ...this.#given, accounts, links: [...this.#links.values()], now: this.#now }));
  }

  /** As apply does it: in order, each link remembered with its change. */
  apply(changes: readonly Change[], memory: readonly MemoryUpdate[] = []): void {
    const done = new Set<string>();
    for (const change of changes) {
      const open = change.needs.find((need) => !done.has(need));
      if (open !== undefined) throw new Error(`${change.id} comes before ${open}`);
      this.#carryOut(change);
      done.add(change.id);
    }
    for (const update of memory) {
      const known = this.#links.get(update.personId);
      if (known !== undefined)
        this.#links.set(update.personId, remember(known, update, this.#now, 'mapping-1'));
    }
  }

  #carryOut(change: Change): void {
    const known = this.#links.get(change.personId);
    const made = `acc-new-${change.personId}`;
    const id = change.accountId ?? (change.kind === 'create' ? made : (known?.accountId ?? made));
    if (change.kind === 'delete') this.#accounts.delete(id);
    else this.#accounts.set(id, this.#written(id, change));
    const { kind, personId, situation } = change;
    const applied = appliedHashes(
      change,
      known?.accountId === id ? known.applied : '',
      hash,
      (person) => this.#links.get(person)?.accountId,
    );
    const order = { kind: kind === 'adopt' ? ('update' as const) : kind, personId, situation, applied };
    const where = { sync: 'staff', target: 'lms', now: this.#now };
    this.#links.set(personId, linkAfter({ ...order, mapping: 'mapping-1' }, id, known, where));
  }

  #written(id: string, change: Change): Row {
    const row = this.#accounts.get(id) ?? { id, values: targetColumns.map(() => undefined), active: true };
    const values = [...row.values];
    for (const { name, after } of change.attributes) {
      values[targetColumns.indexOf(name)] = this.#stored(name, after);
    }
    if (change.active === false) return { ...row, values, active: false };
    if (change.kind === 'enable') return { ...row, values, active: true };
    return change.kind === 'disable' ? { ...row, values, active: false } : { ...row, values };
  }

  #stored(name: string, after: Change['attributes'][number]['after']): Value | undefined {
    if ('generate' in after) return undefined;
    const value = 'person' in after ? this.#links.get(after.person)?.accountId : after.value;
    if (value === undefined || value === null) return undefined;
    return shape.canonical(name)?.(value) ?? value;
  }
}
