import type { Reader, Writer } from '../../src/connectors/connector.ts';
import { isoInstant } from '../../src/model/effects.ts';
import { Waiting } from '../../src/model/error.ts';
import type { Intent, Order, Resolution, Result } from '../../src/model/order.ts';
import type { Receipt, Row, Want } from '../../src/model/row.ts';
import type { Chance } from './chance.ts';
import type { Faults } from './faults.ts';
import { targetAttributes } from './attributes.ts';
import { canonicalOf, refusal, refusedByAll, rowOf, storedForm, type Habit } from './forms.ts';
import { failsWith, foundIn } from './lookups.ts';
import type { Time } from './time.ts';
import type { Account, LogEntry, PassTrace } from './trace.ts';

const pageSize = 12;

/** A learning platform in memory: unique logins and addresses, its own account ids, and a log of every order. */
export class TargetSystem {
  readonly accounts = new Map<string, Account>();
  readonly log: LogEntry[] = [];
  /** Passwords that it was sent. */
  readonly secrets = new Set<string>();
  /** What it makes of some values. */
  readonly habit: Habit;
  /** True while lists may lack an account that was just created. */
  lags = false;
  /** How many lists will still lack an account. */
  readonly #unlisted = new Map<string, number>();
  readonly #time: Time;
  readonly #chance: Chance;
  #lastId = 100;

  constructor(time: Time, chance: Chance, habit: Habit) {
    this.habit = habit;
    this.#time = time;
    this.#chance = chance;
  }

  /** An account that somebody made by hand. */
  add(account: Omit<Account, 'id'>): Account {
    this.#lastId += 1;
    const added = { ...account, id: `a${this.#lastId}` };
    this.accounts.set(added.id, added);
    return added;
  }

  reader(pass: PassTrace, faults: Faults): Reader {
    return {
      shape: {
        system: 'Simulated LMS',
        abilities: {
          create: true,
          createDisabled: true,
          update: true,
          enable: true,
          disable: true,
          delete: true,
        },
        attributes: targetAttributes,
        canonical: (attribute) => canonicalOf(attribute, this.habit),
        delivers: false,
      },
      read: (want) => this.#read(want, pass, faults.target),
      find: async (want, keys) => {
        await pass.process.alive();
        failsWith('lms', faults.target);
        await this.#time.passes(200);
        pass.targetListed(this.#time.now());
        return foundIn(this.#listed(), want, keys, this.habit);
      },
      resolve: async (intent) => {
        await pass.process.alive();
        if (faults.resolve === 'fails') throw new Waiting('Unreachable', 'lms: HTTP 503');
        return faults.resolve === 'unknown' ? { state: 'unknown' } : this.#resolve(intent);
      },
      probe: async () => ({ fields: [], missing: [] }),
      close: async () => undefined,
    };
  }

  writer(pass: PassTrace, faults: Faults): Writer {
    return {
      apply: (orders) => this.#apply(orders, pass, faults.write),
      close: async () => undefined,
    };
  }

  async *#read(
    want: Want,
    pass: PassTrace,
    fault: Faults['target'],
  ): AsyncGenerator<readonly Row[], Receipt> {
    const asOf = isoInstant(this.#time.now());
    pass.looksAtEverybody();
    const rows = this.#listed().map((account) => rowOf(account, want));
    for (let start = 0; start < rows.length; start += pageSize) {
      await pass.process.alive();
      if (fault === 'page' && start > 0) throw new Waiting('Unreachable', 'lms: HTTP 502');
      yield rows.slice(start, start + pageSize);
      await this.#time.passes(300);
    }
    if (fault !== undefined) throw new Waiting('ShortList', 'lms: the total does not add up');
    pass.targetListed(this.#time.now());
    for (const [id, lists] of this.#unlisted)
      if (lists > 1) this.#unlisted.set(id, lists - 1);
      else this.#unlisted.delete(id);
    return {
      pages: Math.ceil(rows.length / pageSize),
      records: rows.length,
      total: rows.length,
      end: 'total',
      asOf,
    };
  }

  #listed(): readonly Account[] {
    return [...this.accounts.values()].filter(({ id }) => !this.lags || !this.#unlisted.has(id));
  }

  /** By looking only, as a connector would. */
  #resolve({ kind, accountId, identity, set }: Intent): Resolution {
    if (kind === 'create') {
      const found = [...this.accounts.values()].find(
        ({ values }) => values['hris_id'] === identity['hris_id'],
      );
      return found === undefined ? { state: 'not-done' } : { state: 'done', accountId: found.id };
    }
    const account = this.accounts.get(accountId ?? '');
    const done =
      kind === 'delete'
        ? account === undefined
        : account !== undefined &&
          (kind !== 'disable' || !account.active) &&
          (kind !== 'enable' || account.active) &&
          Object.entries(storedForm(set, this.habit)).every(
            ([name, value]) => account.values[name] === value,
          );
    return done ? { state: 'done', accountId: accountId ?? '' } : { state: 'not-done' };
  }

  /**
   * Takes a few orders at once and answers them in any order. What is taken leaves at once, as every writer must see to:
   * while the next one is waited for, the lease may be lost.
   */
  async *#apply(
    orders: AsyncIterable<Order>,
    pass: PassTrace,
    fault: Faults['write'],
  ): AsyncGenerator<Result> {
    const ends = fault?.ends;
    let taken = 0;
    let results: Result[] = [];
    let room = this.#chance.between(1, 4);
    for await (const order of orders) {
      taken += 1;
      if (ends !== undefined && taken > ends.after) {
        if (ends.how === 'throws') throw new Error('socket hang up');
        yield refusedByAll(order, ends.how);
        continue;
      }
      results.push(await this.#answer(order, pass, fault));
      if (results.length < room) continue;
      yield* this.#answerAll(results, fault);
      results = [];
      room = this.#chance.between(1, 4);
    }
    yield* this.#answerAll(results, fault);
  }

  async *#answerAll(results: readonly Result[], fault: Faults['write']): AsyncGenerator<Result> {
    for (const result of this.#chance.shuffled(results)) {
      await this.#time.passes(fault?.late ?? 150);
      yield result;
    }
  }

  async #answer(order: Order, pass: PassTrace, fault: Faults['write']): Promise<Result> {
    const refused = this.#chance.happens(fault?.refused ?? 0);
    const lost = this.#chance.happens(fault?.lost ?? 0);
    let entry: LogEntry | undefined;
    const result = await pass.process.order(() => {
      if (refused) return refusal(order, 'Refused');
      const answer = this.#carryOut(order, pass);
      entry = this.log.at(-1);
      return answer;
    });
    if (entry !== undefined) entry.answered = !lost;
    if (!lost) return result;
    const error = { reason: 'AnswerLost', message: 'the answer was lost', fate: 'person' } as const;
    return { key: order.key, outcome: 'unknown', error };
  }

  #carryOut(order: Order, pass: PassTrace): Result {
    const { key, kind, personId } = order;
    const before = order.accountId === null ? undefined : this.accounts.get(order.accountId);
    const after = this.#after(order, before);
    const recorded = pass.process.recorded.has(key);
    const entry = {
      at: this.#time.now(),
      pass,
      kind,
      personId,
      set: order.set,
      before,
      opens: typeof after !== 'string' && after.active && before?.active !== true,
      recorded,
      answered: false,
    };
    if (typeof order.set['password'] === 'string') this.secrets.add(order.set['password']);
    if (typeof after === 'string') {
      this.log.push({ ...entry, accountId: order.accountId, outcome: 'refused' });
      return refusal(order, after);
    }
    if (kind === 'delete') this.accounts.delete(after.id);
    else this.accounts.set(after.id, after);
    if (kind === 'create' && this.lags && this.#chance.happens(0.5))
      this.#unlisted.set(after.id, this.#chance.between(1, 2));
    this.log.push({ ...entry, accountId: after.id, outcome: 'applied' });
    return { key, outcome: 'applied', accountId: after.id };
  }

  #after({ kind, set, accountId, active }: Order, before: Account | undefined): Account | string {
    const values = { ...before?.values, ...storedForm(set, this.habit) };
    for (const name of ['email', 'login']) {
      if (set[name] === undefined) continue;
      const taken = [...this.accounts.values()].some(
        (one) => one.id !== accountId && one.values[name] === values[name],
      );
      if (taken) return 'Taken';
    }
    if (kind === 'create') {
      this.#lastId += 1;
      return { id: `a${this.#lastId}`, values, active: active !== false, protected: false };
    }
    if (before === undefined) return 'NotFound';
    return { ...before, values, active: kind === 'enable' || (kind !== 'disable' && before.active) };
  }
}
