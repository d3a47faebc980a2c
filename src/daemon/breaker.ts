import type { Clock, Random } from '../model/effects.ts';
import type { Outcome, RunSummary, Trigger } from '../model/run.ts';
import { backOff, minuteMs, ofConnection } from './back-off.ts';

/** A connection that is away, for people. Moments by the wall clock (ms). */
export interface Away {
  readonly since: number;
  readonly reason: string;
  readonly message: string;
  readonly nextProbe: number;
}

interface Open {
  readonly since: number;
  readonly reason: string;
  readonly message: string;
  /** Probes that came when their time had come, the first failure included. */
  readonly failures: number;
  /** The next one, by the steady clock. */
  readonly next: number;
  /** The last probe: its end by the steady clock, and how long it took. */
  readonly ended: number;
  readonly tookMs: number;
  /** The sync that could read it but not write to it, where that is what is wrong. */
  readonly writer: string | undefined;
}

/** After a probe that took long, so many times as long is left to the other syncs before a schedule brings another. */
const rest = 9;

/** Results of passes that saw both sides whole. */
const looked: ReadonlySet<RunSummary['result']> = new Set(['settled', 'applied', 'held', 'failed-people']);

/**
 * The breaker of one connection, shared by all syncs that read or write it. Closed: passes go through. Open, from the first
 * pass that ended because the connection could not be had: retries wait for the next probe, after 1, 5, 15, 60 minutes,
 * 6 hours and then each day; one pass is the probe. Kept in memory only: a restart probes at once.
 */
export class Breaker {
  readonly #name: string;
  readonly #clock: Clock;
  readonly #random: Random;
  #open: Open | undefined;
  #probing: number | undefined;

  constructor(name: string, { clock, random }: { readonly clock: Clock; readonly random: Random }) {
    this.#name = name;
    this.#clock = clock;
    this.#random = random;
  }

  get away(): Away | undefined {
    if (this.#open === undefined) return undefined;
    const { since, reason, message, next } = this.#open;
    const nextProbe = this.#clock.now() + Math.max(0, Math.round(next - this.#clock.monotonic()));
    return { since, reason, message, nextProbe };
  }

  /** True while a pass is under way that tells whether it is back. */
  get probing(): boolean {
    return this.#probing !== undefined;
  }

  /** Who writes to it from now on: one that does no more never shows whether it takes writes again. */
  writtenBy(syncs: readonly string[]): void {
    const writer = this.#open?.writer;
    if (this.#open === undefined || writer === undefined || syncs.includes(writer)) return;
    this.#open = { ...this.#open, writer: undefined };
  }

  /**
   * How long a pass must wait before it may use the connection (ms); 0 for now. A schedule or a person need not wait for
   * the next probe: they are one, a minute after the last at the earliest.
   */
  waitMs(trigger: Trigger): number {
    if (this.#open === undefined) return 0;
    const { next, ended, tookMs } = this.#open;
    const pause = isAsked(trigger) ? minuteMs : Math.max(minuteMs, rest * tookMs);
    const moment = trigger === 'retry' ? next : Math.min(next, ended + pause);
    return Math.max(0, moment - this.#clock.monotonic());
  }

  /** A pass that uses the connection begins. */
  begin(): void {
    if (this.#open !== undefined) this.#probing = this.#clock.monotonic();
  }

  /** What the pass has shown of the connection. */
  end(outcome: Outcome): 'away' | 'answers' | 'unknown' {
    const began = this.#probing;
    this.#probing = undefined;
    if (outcome.away === this.#name) {
      this.#failed(outcome, began);
      return 'away';
    }
    if (!sawBoth(outcome) || this.#isStillUnwritable(outcome)) {
      this.#learntNothing(outcome, began);
      return 'unknown';
    }
    this.#open = undefined;
    return 'answers';
  }

  #failed(outcome: Outcome, began: number | undefined): void {
    const { reason, message } = outcome.summary;
    const now = this.#clock.monotonic();
    const before = this.#open;
    // A probe before its time does not make the next one come later.
    const early = before !== undefined && began !== undefined && began < before.next;
    const failures = (before?.failures ?? 0) + (early ? 0 : 1);
    const next = early
      ? Math.max(before.next, now + minuteMs)
      : now + backOff(failures, undefined, this.#random, ofConnection);
    this.#open = {
      since: before?.since ?? this.#clock.now(),
      reason: reason ?? 'Unreachable',
      message,
      failures,
      next,
      ended: now,
      tookMs: began === undefined ? 0 : now - began,
      writer: sawBoth(outcome) ? outcome.run.sync : undefined,
    };
  }

  /** Another system kept the pass from looking, or this one asked for patience: the next one tries. */
  #learntNothing({ retryAfterMs }: Outcome, began: number | undefined): void {
    if (this.#open === undefined || began === undefined) return;
    const now = this.#clock.monotonic();
    const next = Math.max(this.#open.next, now + Math.max(minuteMs, retryAfterMs ?? 0));
    this.#open = { ...this.#open, next, ended: now, tookMs: now - began };
  }

  /** Who only reads it, or had nothing to write, has not shown that it takes writes again. */
  #isStillUnwritable({ run, summary }: Outcome): boolean {
    const writer = this.#open?.writer;
    if (writer === undefined || writer === run.sync) return false;
    const wrote = summary.changes.some(({ outcome }) => outcome === 'applied' || outcome === 'delivered');
    return run.target !== this.#name || !wrote;
  }
}

export function isAsked(trigger: Trigger): boolean {
  return trigger === 'request' || trigger === 'cli';
}

/** A pass that broke off while it wrote has seen them as well. */
function sawBoth({ summary }: Outcome): boolean {
  return looked.has(summary.result) || (summary.source !== null && summary.targetReceipt !== null);
}
