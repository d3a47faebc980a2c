import type { Entity } from '../model/entity.ts';
import type { Outcome } from '../model/run.ts';
import type { CompiledChannel } from '../spec/compiled.ts';

/**
 * Tells people what happened. Nothing waits for a mail server: news are queued in the store and delivered by
 * `deliverWaiting`. No method rejects; what can't be told is logged and counted.
 */
export interface Notifier {
  /** Summary, failure, held and drift, each to the channels that want it. */
  passEnded(outcome: Outcome, about: SyncNews): Promise<void>;
  /** A failure that is no single sync's (specs, their source, a connection): told once, when it begins. `key` is its identity. */
  failureBegan(failure: Failure, channels: readonly CompiledChannel[]): Promise<void>;
  /** Ends every failure whose key begins with the prefix; told once for each that had been told. */
  failureEnded(prefix: string, channels: readonly CompiledChannel[]): Promise<void>;
  /** Hands waiting mails to the mail server; those it does not take wait longer and longer. */
  deliverWaiting(signal: AbortSignal): Promise<void>;
}

export interface SyncNews {
  /** `personio → talentlms` */
  readonly direction: string;
  /** What the sync carries; people where it is left out. */
  readonly entity?: Entity;
  readonly owner: string | undefined;
  readonly channels: readonly CompiledChannel[];
  /** It went wrong for the first time in a row, and another pass follows soon: what may be right then is no news yet. */
  readonly looksAgainSoon?: boolean;
}

export interface Failure {
  /** `specs/<revision>`, `source`, `connection/<name>/` */
  readonly key: string;
  /** What it is about, for the subject: `the specs at 3f2c1a9 are refused`. */
  readonly title: string;
  /** In sentences, without people's values. */
  readonly message: string;
}
