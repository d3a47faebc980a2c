import type { Owner } from '../../src/model/link.ts';
import type { RunRecord, RunSummary } from '../../src/model/run.ts';
import { untouched } from '../../src/store/queries/sync-states.ts';
import type { Due } from '../../src/store/due.ts';
import type { AlertState, Escrow, QueuedMail, Store, StoredHeld, SyncState } from '../../src/store/store.ts';

type Mail = QueuedMail & { attempts: number; nextAttemptAt: number };

/** What the daemon and the notifier use of a store, in memory. It outlives the daemon under test, as a real one does. */
export class MemoryStore implements Pick<
  Store,
  | 'syncState'
  | 'saveSyncState'
  | 'runs'
  | 'expire'
  | 'held'
  | 'heldByDigest'
  | 'escrow'
  | 'owners'
  | 'due'
  | 'nextDue'
  | 'alerts'
  | 'saveAlert'
  | 'queueMail'
  | 'waitingMail'
  | 'takeMail'
  | 'mailSent'
  | 'mailFailed'
> {
  readonly states = new Map<string, SyncState>();
  readonly runRecords: (RunRecord & { readonly summary?: RunSummary })[] = [];
  readonly refused: Escrow[] = [];
  /** What a pass has kept of what dates will bring, by sync. */
  readonly dues = new Map<string, readonly Due[]>();
  /** Of accounts, in whatever target. */
  readonly owned = new Map<string, Owner>();
  readonly alertStates = new Map<string, AlertState>();
  readonly mails = new Map<string, Mail>();
  /** What each sync's last pass held. */
  readonly heldSets = new Map<string, StoredHeld>();
  /** While set, every call rejects with it. */
  away: Error | undefined;

  async syncState(sync: string): Promise<SyncState> {
    this.#answer();
    return this.states.get(sync) ?? untouched;
  }

  async saveSyncState(sync: string, changes: Partial<SyncState>): Promise<void> {
    this.#answer();
    this.states.set(sync, { ...(this.states.get(sync) ?? untouched), ...changes });
  }

  async runs({ sync, limit }: { sync?: string; limit: number }) {
    this.#answer();
    return this.runRecords.filter((run) => sync === undefined || run.sync === sync).slice(0, limit);
  }

  async beginRun(run: RunRecord): Promise<void> {
    this.#answer();
    this.runRecords.unshift(run);
  }

  async endRun(id: string, summary: RunSummary): Promise<void> {
    this.#answer();
    const at = this.runRecords.findIndex((run) => run.id === id);
    const run = this.runRecords[at];
    if (run !== undefined) this.runRecords[at] = { ...run, summary };
  }

  async held(sync: string): Promise<StoredHeld | undefined> {
    this.#answer();
    return this.heldSets.get(sync);
  }

  async escrow(): Promise<readonly Escrow[]> {
    this.#answer();
    return this.refused;
  }

  async owners(): Promise<ReadonlyMap<string, Owner>> {
    this.#answer();
    return this.owned;
  }

  async due(sync: string, after: number, until: number): Promise<readonly Due[]> {
    this.#answer();
    return (this.dues.get(sync) ?? [])
      .filter(({ at }) => at > after && at <= until)
      .toSorted((a, b) => a.at - b.at);
  }

  async nextDue(sync: string, after: number): Promise<number | undefined> {
    return (await this.due(sync, after, Number.POSITIVE_INFINITY))[0]?.at;
  }

  async heldByDigest(digest: string, sync = ''): Promise<StoredHeld | undefined> {
    this.#answer();
    const held = this.heldSets.get(sync);
    return held?.set.digest === digest ? held : undefined;
  }

  async expire(): Promise<void> {
    this.#answer();
  }

  async alerts(): Promise<readonly AlertState[]> {
    this.#answer();
    return [...this.alertStates.values()];
  }

  async saveAlert(alert: AlertState): Promise<void> {
    this.#answer();
    this.alertStates.set(alert.key, alert);
  }

  async queueMail(mail: QueuedMail): Promise<void> {
    this.#answer();
    this.mails.set(mail.id, { ...mail, attempts: 0, nextAttemptAt: mail.queuedAt });
  }

  async waitingMail(now: number): Promise<readonly Mail[]> {
    this.#answer();
    return [...this.mails.values()].filter((mail) => mail.nextAttemptAt <= now);
  }

  async takeMail(id: string, now: number, until: number): Promise<boolean> {
    this.#answer();
    const mail = this.mails.get(id);
    if (mail === undefined || mail.nextAttemptAt > now) return false;
    this.mails.set(id, { ...mail, nextAttemptAt: until });
    return true;
  }

  async mailSent(id: string): Promise<void> {
    this.#answer();
    this.mails.delete(id);
  }

  async mailFailed(id: string, nextAttemptAt: number): Promise<void> {
    this.#answer();
    const mail = this.mails.get(id);
    if (mail !== undefined) this.mails.set(id, { ...mail, attempts: mail.attempts + 1, nextAttemptAt });
  }

  #answer(): void {
    if (this.away !== undefined) throw this.away;
  }
}
