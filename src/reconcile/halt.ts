import { SyncError, messageOf } from '../model/error.ts';
import type { Result } from '../model/order.ts';
import { whyStopped, type Applied } from './applied.ts';
import { awayBy, awayConnection } from './away.ts';
import type { PassDeps } from './deps.ts';
import type { Tenure } from './lease.ts';

type Stopped = NonNullable<Applied['stopped']>;

/** So many orders in a row are enough to know that the target is away. */
const mostBreaks = 3;

/** Whether an apply goes on, and why not. The first reason stays. */
export class Halt {
  readonly #deps: PassDeps;
  readonly #tenure: Tenure;
  readonly #run: string;
  #stopped: Stopped | undefined;
  /** Orders in a row for which the target could not be had. */
  #breaks: Stopped[] = [];

  constructor(run: string, tenure: Tenure, deps: PassDeps) {
    this.#run = run;
    this.#tenure = tenure;
    this.#deps = deps;
  }

  /** Also where the last orders of all could not be sent. */
  get stopped(): Stopped | undefined {
    return this.#stopped ?? this.#breaks[0];
  }

  mustStop(soft: AbortSignal): boolean {
    if (soft.aborted) this.#stopped ??= whyStopped(soft);
    return this.#stopped !== undefined;
  }

  /** As `mustStop`, asked just before an order leaves: the target must still be ours to write to. */
  async mustNotSend(soft: AbortSignal): Promise<boolean> {
    if (this.mustStop(soft)) return true;
    if (await this.#tenure.holds()) return false;
    const message = 'another rosterd took over the target';
    this.#stopped ??= { fate: 'waiting', reason: 'LeaseLost', message };
    return true;
  }

  /**
   * What the target said of one order may mean all of them. That it could not be had does not, as long as it could for
   * others: there are records at which a system breaks each time, and nobody must wait behind them.
   */
  after({ error, outcome }: Result): void {
    if (outcome === 'applied' || outcome === 'delivered') this.#breaks = [];
    if (error === undefined || error.fate === 'person') return;
    const { fate, reason, message, retryAfterMs } = error;
    const away = awayConnection({ fate, reason, retryAfterMs, connection: this.#deps.sync.to });
    const stop = { fate, reason, message, away, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    if (away !== undefined) this.#breaks.push(stop);
    if (away === undefined || this.#breaks.length >= mostBreaks) this.#stopped ??= this.#breaks[0] ?? stop;
  }

  /** The writer broke. What a bug says may hold anything: it goes to the log only. */
  because(error: unknown): { readonly reason: string; readonly message: string } {
    const known = error instanceof SyncError;
    if (!known) {
      const stack = error instanceof Error ? error.stack : undefined;
      const words = { runId: this.#run, sync: this.#deps.sync.name, error: messageOf(error), stack };
      this.#deps.telemetry.log.error(words, 'writer crashed');
    }
    const fate = known ? error.fate : 'waiting';
    const reason = known ? error.reason : 'WriterFailed';
    const message = known ? error.message : `writing to ${this.#deps.sync.to} broke off; the log says where`;
    this.#stopped ??= { fate, reason, message, away: awayBy(error) };
    return { reason, message };
  }
}
