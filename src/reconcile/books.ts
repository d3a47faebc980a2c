import { SyncError, messageOf } from '../model/error.ts';
import type { Change } from '../model/change.ts';
import type { LinkRecord } from '../model/link.ts';
import type { Intent, Result } from '../model/order.ts';
import type { Value } from '../model/value.ts';
import type { Lease, Settlement } from '../store/store.ts';
import { whyStopped, type Applied, type Done } from './applied.ts';
import { awayBy, awayConnection } from './away.ts';
import type { PassDeps } from './deps.ts';
import type { Tenure } from './lease.ts';
import { LinkLedger } from './link-ledger.ts';
import { withoutSecrets, type PreparedOrder } from './orders.ts';
import { Tally } from './tally.ts';
import type { Traces } from './traces.ts';

/** How many outcomes share one commit. */
const settleSize = 100;

interface Underway {
  readonly change: Change;
  readonly intent: Intent;
  sent: boolean;
}

/** Keeps the store in step with what apply does: intents before, outcomes with their links and counts after. */
export class Books {
  readonly done: Done[] = [];
  readonly planned: number;
  stopped: Applied['stopped'];
  readonly #deps: PassDeps;
  readonly #tenure: Tenure;
  readonly #lease: Lease;
  readonly #run: string;
  /** People whose last write is still being looked for: nothing is sent for them. */
  readonly #unknown: ReadonlySet<string>;
  readonly #links: LinkLedger;
  readonly #traces: Traces;
  readonly #tally: Tally;
  readonly #underway = new Map<string, Underway>();
  readonly #failed = new Set<string>();
  #settlements: Settlement[] = [];

  constructor(options: {
    readonly deps: PassDeps;
    readonly tenure: Tenure;
    readonly run: string;
    readonly unknown: ReadonlySet<string>;
    readonly links: ReadonlyMap<string, LinkRecord>;
    /** Members released by an approval: not counted in the windows. */
    readonly approved: ReadonlyMap<string, string>;
    readonly traces: Traces;
    readonly released: readonly Change[];
  }) {
    this.#deps = options.deps;
    this.#tenure = options.tenure;
    this.#lease = options.tenure.lease;
    this.#run = options.run;
    this.#unknown = options.unknown;
    this.#links = new LinkLedger(options.links, options.released, options.deps, options.tenure.lease);
    this.#traces = options.traces;
    this.#tally = new Tally(options.approved);
    this.planned = options.released.length;
  }

  accountOf(personId: string): string | undefined {
    return this.#links.accountOf(personId);
  }

  mustStop(soft: AbortSignal): boolean {
    if (soft.aborted) this.stopped ??= whyStopped(soft);
    return this.stopped !== undefined;
  }

  /** As `mustStop`, asked just before an order leaves: the target must still be ours to write to. */
  async mustNotSend(soft: AbortSignal): Promise<boolean> {
    if (this.mustStop(soft)) return true;
    if (await this.#tenure.holds()) return false;
    const message = 'another rosterd took over the target';
    this.stopped ??= { fate: 'waiting', reason: 'LeaseLost', message };
    return true;
  }

  /** Why this change cannot be tried now. */
  obstacle(
    change: Change,
    soft: AbortSignal,
  ): { readonly reason: string; readonly message: string } | undefined {
    if (this.mustStop(soft))
      return { reason: 'Stopped', message: 'the pass was stopped before this was sent' };
    if (this.#unknown.has(change.personId))
      return { reason: 'StillUnknown', message: 'what became of an earlier write cannot be told yet' };
    const missing = change.needs.find((id) => this.#failed.has(id));
    if (missing === undefined) return undefined;
    return { reason: 'DependsOnFailed', message: `needs ${missing}, which was not applied` };
  }

  skip(change: Change, error: { readonly reason: string; readonly message: string }): void {
    this.#failed.add(change.id);
    this.#end({ change, accountId: change.accountId, outcome: 'not-sent', error }, null);
  }

  /** On disk before any of them leaves. */
  async intend(
    prepared: readonly { readonly change: Change; readonly order: PreparedOrder }[],
  ): Promise<void> {
    await this.#traces.flush();
    if (prepared.length === 0) return;
    const { store, sync } = this.#deps;
    const intents = prepared.map(({ change, order }) => this.#intentOf(change, order));
    await store.recordIntents(this.#run, sync.name, sync.to, intents, this.#lease);
    for (const [index, { change }] of prepared.entries()) {
      const intent = intents[index];
      if (intent !== undefined) this.#underway.set(intent.key, { change, intent, sent: false });
    }
  }

  sent(key: string): void {
    const order = this.#underway.get(key);
    if (order !== undefined) order.sent = true;
  }

  async settle(result: Result): Promise<void> {
    const order = this.#underway.get(result.key);
    if (order === undefined) return;
    this.#underway.delete(result.key);
    const { change, intent } = order;
    const { outcome } = result;
    const succeeded = outcome === 'applied' || outcome === 'delivered';
    if (!succeeded) this.#failed.add(change.id);
    const error = result.error;
    if (error !== undefined && error.fate !== 'person') {
      const { fate, reason, message, retryAfterMs } = error;
      const away = awayConnection({ fate, reason, retryAfterMs, connection: this.#deps.sync.to });
      this.stopped ??= {
        fate,
        reason,
        message,
        away,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      };
    }
    const accountId = result.accountId ?? intent.accountId;
    const link = succeeded && accountId !== null ? this.#links.after(intent, accountId, outcome) : undefined;
    const counts = succeeded || result.outcome === 'unknown' ? intent.counts : [];
    if (succeeded) this.#tally.add(counts);
    this.#settlements.push({
      key: result.key,
      outcome: result.outcome,
      at: this.#deps.clock.now(),
      sync: this.#deps.sync.name,
      target: this.#deps.sync.to,
      ...(link === undefined ? {} : { link }),
      counts,
    });
    const words = error === undefined ? null : { reason: error.reason, message: error.message };
    const sent = result.sent ?? (result.outcome === 'not-sent' ? null : intent.set);
    this.#end({ change, accountId, outcome: result.outcome, error: words }, sent);
    if (this.#settlements.length >= settleSize) await this.flush();
  }

  async notSent(key: string, reason: string, message: string): Promise<void> {
    await this.settle({ key, outcome: 'not-sent', error: { reason, message, fate: 'person' } });
  }

  /** An adoption without a write: only remembered, with the next flush. A crash before it just adopts again. */
  async linkOnly(change: Change): Promise<void> {
    if (change.accountId === null) return;
    const full = this.#links.adopt(change, change.accountId, this.#tally.of(change));
    this.#end({ change, accountId: change.accountId, outcome: 'applied', error: null }, null);
    if (full) await this.flush();
  }

  /** The writer broke. What a bug says may hold anything: it goes to the log only. */
  async giveUp(error: unknown): Promise<void> {
    const known = error instanceof SyncError;
    if (!known) {
      const stack = error instanceof Error ? error.stack : undefined;
      const words = { runId: this.#run, sync: this.#deps.sync.name, error: messageOf(error), stack };
      this.#deps.telemetry.log.error(words, 'writer crashed');
    }
    const fate = known ? error.fate : 'waiting';
    const reason = known ? error.reason : 'WriterFailed';
    const message = known ? error.message : `writing to ${this.#deps.sync.to} broke off; the log says where`;
    this.stopped ??= { fate, reason, message, away: awayBy(error) };
    await this.settleRest(reason, message);
  }

  /** Nothing is under way any more: what left is unknown, what did not is not sent. */
  async settleRest(reason: string, message: string): Promise<void> {
    for (const [key, { sent }] of this.#underway) {
      const outcome = sent ? 'unknown' : 'not-sent';
      await this.settle({ key, outcome, error: { reason, message, fate: 'person' } });
    }
  }

  async flush(): Promise<void> {
    // Adoptions first: what was written to an adopted account afterwards must not be forgotten for them.
    await this.#links.flush();
    const settlements = this.#settlements;
    this.#settlements = [];
    if (settlements.length > 0) await this.#deps.store.settle(settlements, this.#lease);
    await this.#traces.flush();
  }

  /** Everything that waits, the last traces too. */
  async close(): Promise<void> {
    await this.flush();
    await this.#traces.flush(true);
  }

  #end(done: Done, sent: Readonly<Record<string, Value>> | null): void {
    this.done.push(done);
    this.#traces.add(done, sent);
  }

  #intentOf(change: Change, { order, secrets }: PreparedOrder): Intent {
    return {
      ...order,
      set: withoutSecrets(order.set, secrets),
      situation: change.situation,
      applied: this.#links.applied(change),
      mapping: this.#deps.sync.digest,
      ...this.#links.strays(change),
      counts: this.#tally.of(change),
    };
  }
}
