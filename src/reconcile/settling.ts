import type { Change } from '../model/change.ts';
import { listOf } from '../model/entity.ts';
import type { Owner } from '../model/link.ts';
import type { Intent, Result } from '../model/order.ts';
import type { Value } from '../model/value.ts';
import type { Lease, Settlement } from '../store/store.ts';
import type { Done } from './applied.ts';
import type { PassDeps } from './deps.ts';
import type { Escrows } from './escrow.ts';
import type { LinkLedger } from './link-ledger.ts';
import { accountTaken, type Reserved } from './reserved.ts';
import type { Tally } from './tally.ts';
import type { Traces } from './traces.ts';
import { mailAfter } from './welcome.ts';

/** How many outcomes share one commit. */
const batchSize = 100;

interface Pending {
  readonly change: Change;
  readonly settlement: Settlement;
  readonly done: Done;
  readonly sent: Readonly<Record<string, Value>> | null;
}

/** What became of changes, kept in the store in batches: outcomes with their links, counts and escrow. */
export class Settling {
  /** Changes whose fate is kept, in the order in which they ended. */
  readonly done: Done[] = [];
  readonly #failed = new Set<string>();
  readonly #deps: PassDeps;
  readonly #lease: Lease;
  readonly #links: LinkLedger;
  readonly #tally: Tally;
  readonly #traces: Traces;
  readonly #escrows: Escrows;
  readonly #reserved: Reserved;
  #pending: Pending[] = [];

  constructor(options: {
    readonly deps: PassDeps;
    readonly lease: Lease;
    readonly links: LinkLedger;
    readonly tally: Tally;
    readonly traces: Traces;
    readonly escrows: Escrows;
    readonly reserved: Reserved;
  }) {
    this.#deps = options.deps;
    this.#lease = options.lease;
    this.#links = options.links;
    this.#tally = options.tally;
    this.#traces = options.traces;
    this.#escrows = options.escrows;
    this.#reserved = options.reserved;
  }

  /** How many changes have ended, also those whose fate is not kept yet. */
  get ended(): number {
    return this.done.length + this.#pending.length;
  }

  hasFailed(changeId: string): boolean {
    return this.#failed.has(changeId);
  }

  /** What the target answered. Kept with the next flush. */
  async add(change: Change, intent: Intent, result: Result): Promise<void> {
    const { outcome, error } = result;
    const succeeded = outcome === 'applied' || outcome === 'delivered';
    const accountId = result.accountId ?? intent.accountId;
    const owner = succeeded ? this.#reserved.ownerOf(intent, accountId) : undefined;
    const linked = succeeded && accountId !== null && owner === undefined;
    const link = linked ? this.#links.after(intent, accountId, outcome) : undefined;
    if (succeeded) this.#tally.add(intent.counts);
    const refused = outcome === 'rejected' && error?.fate === 'person';
    const escrow = refused ? this.#escrows.after(change, error.reason) : undefined;
    const settlement: Settlement = {
      key: result.key,
      outcome,
      at: this.#deps.clock.now(),
      sync: this.#deps.sync.name,
      target: listOf(this.#deps.sync.to, this.#deps.sync.entity),
      ...(link === undefined ? {} : { link }),
      counts: succeeded || outcome === 'unknown' ? intent.counts : [],
      ...(escrow === undefined ? {} : { escrow }),
      ...(owner === undefined ? mailAfter(intent, outcome, this.#deps.clock.now()) : {}),
    };
    const words = error === undefined ? null : { reason: error.reason, message: error.message };
    const sent = result.sent ?? (outcome === 'not-sent' ? null : intent.set);
    const pending = { change, settlement, done: { change, accountId, outcome, error: words }, sent };
    this.#pending.push(owner === undefined ? pending : this.#withoutLink(pending, owner));
    if (!succeeded) this.#failed.add(change.id);
    if (this.#pending.length >= batchSize) await this.flush();
  }

  /** An adoption without a write: only remembered, with the next flush. A crash before it just adopts again. */
  async adopt(change: Change, accountId: string): Promise<void> {
    const full = this.#links.adopt(change, accountId, this.#tally.of(change));
    this.#end({ change, accountId, outcome: 'applied', error: null }, null);
    if (full) await this.flush();
  }

  /** Never sent, and no intent was written. */
  skip(change: Change, error: { readonly reason: string; readonly message: string }): void {
    this.#failed.add(change.id);
    this.#end({ change, accountId: change.accountId, outcome: 'not-sent', error }, null);
  }

  async flush(): Promise<void> {
    // Adoptions first: what was written to an adopted account afterwards must not be forgotten for them.
    await this.#links.flush();
    const pending = this.#pending;
    this.#pending = [];
    if (pending.length > 0) await this.#settle(pending);
    await this.#traces.flush();
  }

  /** Everything that waits, the last traces too. */
  async close(): Promise<void> {
    await this.flush();
    await this.#traces.flush(true);
  }

  async #settle(pending: readonly Pending[]): Promise<void> {
    const { store } = this.#deps;
    const settlements = pending.map(({ settlement }) => settlement);
    const refused = await store.settle(settlements, this.#lease);
    const owners = new Map(refused.map(({ key, owner }) => [key, owner]));
    const ended = pending.map((one) => {
      const owner = owners.get(one.settlement.key);
      return owner === undefined ? one : this.#withoutLink(one, owner);
    });
    // Kept apart, since only the store knows of them: a crash in between costs one escalation.
    const late = ended.filter(({ settlement }) => owners.has(settlement.key)).map((one) => one.settlement);
    if (late.length > 0) await store.settle(late, this.#lease);
    for (const { done, sent } of ended) this.#end(done, sent);
  }

  /** It was carried out, on an account that is another person's: nobody is given it, and what needs it is not tried. */
  #withoutLink({ change, settlement, sent }: Pending, owner: Owner): Pending {
    this.#failed.add(change.id);
    const { link: _, ...rest } = settlement;
    const error = accountTaken(this.#deps.sync.to, owner);
    const escrow = this.#escrows.after(change, error.reason);
    return {
      change,
      settlement: { ...rest, ...(escrow === undefined ? {} : { escrow }) },
      done: { change, accountId: change.accountId, outcome: 'failed', error },
      sent,
    };
  }

  #end(done: Done, sent: Readonly<Record<string, Value>> | null): void {
    this.done.push(done);
    this.#traces.add(done, sent);
  }
}
