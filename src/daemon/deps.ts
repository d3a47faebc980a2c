import type { Checkout, RevisionSource } from '../git/revision-source.ts';
import type { VerifiedWebhook, WebhookRequest } from '../model/webhook.ts';
import type { Clock, Random } from '../model/effects.ts';
import type { Finding } from '../model/error.ts';
import type { Outcome, Trigger } from '../model/run.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { PassScope } from '../reconcile/deps.ts';
import type { CompiledConnection, CompiledSpecs } from '../spec/compiled.ts';
import type { Store } from '../store/store.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

/** Everything that the daemon works with. Made by the composition root. */
export interface DaemonDeps {
  readonly source: RevisionSource;
  /** Reads and checks the specs of a checkout. Rejects with `Invalid` when they are at fault. */
  readonly load: (checkout: Checkout) => Promise<{ specs: CompiledSpecs; warnings: readonly Finding[] }>;
  /**
   * One pass. Its outcome says when it waits or is stalled. It may reject with `Waiting` or `Stalled` before it begins (a
   * secret that is missing), which becomes its outcome; any other rejection is a bug, and counted as one.
   *
   * `probes` are those of its connections that were away the last time: no request is repeated there before one was
   * answered, so that a system that is still away holds nobody else up.
   */
  readonly reconcile: (
    sync: string,
    specs: CompiledSpecs,
    trigger: Trigger,
    signal: AbortSignal,
    probes: readonly string[],
    scope: PassScope,
  ) => Promise<Outcome>;
  readonly store: Pick<
    Store,
    | 'syncState'
    | 'saveSyncState'
    | 'beginRun'
    | 'endRun'
    | 'runs'
    | 'expire'
    | 'held'
    | 'heldByDigest'
    | 'escrow'
    | 'owners'
    | 'due'
    | 'nextDue'
  >;
  readonly clock: Clock;
  readonly random: Random;
  readonly telemetry: Telemetry;
  readonly notify: Notifier;
  /** A pass ends itself after this long (ms); one that does not is left behind. */
  readonly passLimitMs?: number;
  /** What judges webhooks of a connection; `undefined` where it takes none. Left out: none takes any. */
  readonly webhook?: (
    connection: CompiledConnection,
  ) => ((request: WebhookRequest) => VerifiedWebhook) | undefined;
  /** Keeps what a webhook hands over, for the hosts of its connection alone. Left out: nothing is kept. */
  readonly keepToken?: (connection: CompiledConnection, name: string, text: string) => Promise<void>;
  /** From the first webhook on so long others are waited for (ms); 5 seconds when left out. */
  readonly webhookQuietMs?: number;
  /** Runs and outcomes are kept this long; 30 days when left out. */
  readonly retentionMs?: number;
}
