import type { Change } from '../model/change.ts';
import { listOf } from '../model/entity.ts';
import type { LinkRecord } from '../model/link.ts';
import type { Intent, Result } from '../model/order.ts';
import type { Reading } from '../model/reading.ts';
import type { Applied, Done } from './applied.ts';
import type { PassDeps } from './deps.ts';
import type { Escrows } from './escrow.ts';
import { Halt } from './halt.ts';
import type { Tenure } from './lease.ts';
import { LinkLedger } from './link-ledger.ts';
import { withoutSecrets, type PreparedOrder } from './orders.ts';
import { Reserved } from './reserved.ts';
import { Settling } from './settling.ts';
import { Tally } from './tally.ts';
import type { Traces } from './traces.ts';
import { letterOf } from './welcome.ts';

interface Underway {
  readonly change: Change;
  readonly intent: Intent;
  sent: boolean;
}

/** Keeps the store in step with what apply does: intents before, outcomes with what follows from them after. */
export class Books {
  readonly planned: number;
  readonly #deps: PassDeps;
  readonly #tenure: Tenure;
  readonly #run: string;
  /** People whose last write is still being looked for: nothing is sent for them. */
  readonly #unknown: ReadonlySet<string>;
  readonly #escrows: Escrows;
  readonly #links: LinkLedger;
  readonly #traces: Traces;
  readonly #tally: Tally;
  readonly #halt: Halt;
  readonly #settling: Settling;
  readonly #underway = new Map<string, Underway>();

  constructor(options: {
    readonly deps: PassDeps;
    readonly tenure: Tenure;
    readonly run: string;
    readonly unknown: ReadonlySet<string>;
    readonly links: ReadonlyMap<string, LinkRecord>;
    readonly escrows: Escrows;
    /** The target as it was read. */
    readonly accounts: Reading;
    /** Members released by an approval: not counted in the windows. */
    readonly approved: ReadonlyMap<string, string>;
    readonly traces: Traces;
    readonly released: readonly Change[];
    /** Everything that is planned, the held changes too. */
    readonly all: readonly Change[];
  }) {
    const { deps, tenure, escrows, traces, released } = options;
    this.#deps = deps;
    this.#tenure = tenure;
    this.#run = options.run;
    this.#unknown = options.unknown;
    this.#escrows = escrows;
    this.#traces = traces;
    this.#links = new LinkLedger(options.links, released, deps, tenure.lease);
    this.#tally = new Tally(options.approved);
    this.#halt = new Halt(options.run, tenure, deps);
    this.#settling = new Settling({
      deps,
      lease: tenure.lease,
      links: this.#links,
      tally: this.#tally,
      traces,
      escrows,
      reserved: new Reserved(deps.sync.name, options.accounts, options.all),
    });
    this.planned = released.length;
  }

  get done(): readonly Done[] {
    return this.#settling.done;
  }

  get stopped(): Applied['stopped'] {
    return this.#halt.stopped;
  }

  /** How many changes have ended. */
  get ended(): number {
    return this.#settling.ended;
  }

  accountOf(personId: string): string | undefined {
    return this.#links.accountOf(personId);
  }

  /** Asked just before an order leaves. */
  async mustNotSend(soft: AbortSignal): Promise<boolean> {
    return await this.#halt.mustNotSend(soft);
  }

  /** Why this change cannot be tried now. */
  obstacle(
    change: Change,
    soft: AbortSignal,
  ): { readonly reason: string; readonly message: string } | undefined {
    if (this.#halt.mustStop(soft))
      return { reason: 'Stopped', message: 'the pass was stopped before this was sent' };
    if (this.#unknown.has(change.personId))
      return { reason: 'StillUnknown', message: 'what became of an earlier write cannot be told yet' };
    const missing = change.needs.find((id) => this.#settling.hasFailed(id));
    if (missing !== undefined)
      return { reason: 'DependsOnFailed', message: `needs ${missing}, which was not applied` };
    return this.#escrows.obstacle(change);
  }

  skip(change: Change, error: { readonly reason: string; readonly message: string }): void {
    this.#settling.skip(change, error);
  }

  /** On disk before any of them leaves. */
  async intend(
    prepared: readonly { readonly change: Change; readonly order: PreparedOrder }[],
  ): Promise<void> {
    await this.#traces.flush();
    if (prepared.length === 0) return;
    const { store, sync } = this.#deps;
    const intents = prepared.map(({ change, order }) => this.#intentOf(change, order));
    const list = listOf(sync.to, sync.entity);
    await store.recordIntents(this.#run, sync.name, list, intents, this.#tenure.lease);
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
    this.#halt.after(result);
    await this.#settling.add(order.change, order.intent, result);
  }

  async notSent(key: string, reason: string, message: string): Promise<void> {
    await this.settle({ key, outcome: 'not-sent', error: { reason, message, fate: 'person' } });
  }

  /** An adoption without a write. */
  async linkOnly(change: Change): Promise<void> {
    if (change.accountId !== null) await this.#settling.adopt(change, change.accountId);
  }

  /** The writer broke. */
  async giveUp(error: unknown): Promise<void> {
    const { reason, message } = this.#halt.because(error);
    await this.settleRest(reason, message);
  }

  /** Nothing is under way any more: what left is unknown, what did not is not sent. */
  async settleRest(reason: string, message: string): Promise<void> {
    for (const [key, { sent }] of this.#underway) {
      const outcome = sent ? 'unknown' : 'not-sent';
      await this.settle({ key, outcome, error: { reason, message, fate: 'person' } });
    }
  }

  /** The end of a step: what the next one needs is known only once it is kept. */
  async endStep(): Promise<void> {
    await this.#settling.flush();
  }

  async close(): Promise<void> {
    await this.#settling.close();
  }

  #intentOf(change: Change, { order, secrets }: PreparedOrder): Intent {
    const { pictures: _, ...kept } = order;
    const set = withoutSecrets(order.set, secrets);
    const welcome = letterOf(change, set, this.#deps);
    return {
      ...kept,
      set,
      ...(welcome === undefined ? {} : { welcome }),
      situation: change.situation,
      ...(change.takesFrom === undefined ? {} : { takesFrom: change.takesFrom }),
      applied: this.#links.applied(change),
      mapping: this.#deps.sync.digest,
      ...this.#links.strays(change),
      counts: this.#tally.of(change),
    };
  }
}
