import type { HrRecord } from './source.ts';
import type { Process } from './process.ts';
import type { Rules } from './rules.ts';
import type { Scope } from './scope.ts';

/** What one pass of one process was seen to do, from the outside. */
export class PassTrace {
  readonly number: number;
  readonly sync: string;
  readonly process: Process;
  readonly startedAt: number;
  /** The spec that it works by, as it was written. */
  readonly rules: Rules;
  readonly revision: string;
  /** What it was narrowed to. */
  readonly scope: Scope;
  /** False while only a few people were looked up. */
  whole: boolean;
  /** When both sides were read (ms). */
  readAt: number;
  /** From when the source's list may be (ms): a clock may be set back once the pass has begun. */
  listFrom: number;
  /** What the source listed, once it was read whole, or of whom it was asked. */
  listed: ReadonlyMap<string, HrRecord> | undefined;
  targetRead = false;
  /** True when the pass ended in an outcome that rests on both readings. */
  endedWell = false;

  constructor(
    number: number,
    sync: string,
    process: Process,
    startedAt: number,
    spec: { readonly rules: Rules; readonly revision: string },
    scope: Scope = {},
  ) {
    this.number = number;
    this.sync = sync;
    this.process = process;
    this.startedAt = startedAt;
    this.readAt = startedAt;
    this.listFrom = startedAt;
    this.rules = spec.rules;
    this.scope = scope;
    this.whole = scope.only === undefined;
    this.revision = spec.revision;
  }

  get sawBoth(): boolean {
    return this.listed !== undefined && this.targetRead;
  }

  /** It reads everybody: what was looked up before counts for nothing any more. */
  looksAtEverybody(): void {
    if (this.whole) return;
    this.whole = true;
    this.listed = undefined;
    this.targetRead = false;
  }

  /** Whether it saw how HR has this person, be it that HR does not have them. */
  saw(personId: string): boolean {
    return this.sawBoth && (this.whole || this.listed?.has(personId) === true);
  }

  targetListed(at: number): void {
    this.targetRead = true;
    this.readAt = Math.max(this.readAt, at);
  }

  sourceListed(records: readonly HrRecord[], at: number): void {
    this.readAt = Math.max(this.readAt, at);
    this.listFrom = Math.min(this.listFrom, at);
    this.listed = new Map(records.filter(({ id }) => id !== '').map((record) => [record.id, record]));
  }
}

/** One order that reached the target, as its request log keeps it. */
export interface LogEntry {
  /** False where it left before its intent was on disk. */
  readonly recorded: boolean;
  readonly at: number;
  readonly pass: PassTrace;
  readonly kind: 'create' | 'update' | 'enable' | 'disable' | 'delete';
  readonly personId: string;
  readonly accountId: string | null;
  readonly set: Readonly<Record<string, unknown>>;
  /** The account before; undefined for a create, and where there was none. */
  readonly before: Account | undefined;
  readonly outcome: 'applied' | 'refused';
  /** True when the account can be used from here on, and could not before. */
  readonly opens: boolean;
  /** False where the answer was lost, or nobody was there any more to hear it. */
  answered: boolean;
}

/** An account as the target holds it. */
export interface Account {
  readonly id: string;
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly active: boolean;
  readonly protected: boolean;
}
