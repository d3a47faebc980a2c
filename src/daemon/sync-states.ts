import { dueNow, nextDue, waitingForWindow } from '../schedule/schedule.ts';
import type { CompiledSpecs, CompiledSync } from '../spec/compiled.ts';
import type { SyncState } from '../store/store.ts';
import { behavesOtherwise } from './behaviour.ts';
import type { DaemonDeps } from './deps.ts';

/** What the daemon keeps in mind of each sync between passes; the durable part lies in the store. */
export class SyncStates {
  readonly #deps: DaemonDeps;
  readonly #states = new Map<string, SyncState>();
  /** Occurrences whose pass has begun, in this process. */
  readonly #takenUp = new Map<string, number>();
  /** Occurrences that waited for a window when explicit terminations passed it. */
  readonly #passedWindow = new Map<string, number>();

  constructor(deps: DaemonDeps) {
    this.#deps = deps;
  }

  /**
   * Prepares the syncs of a revision and answers with the names of those to bring in line at once: their behaviour
   * changed, or an earlier change is still to be carried out (a pass that failed, a process that died before it).
   */
  async activate(after: CompiledSpecs, before: CompiledSpecs | undefined): Promise<readonly string[]> {
    const changed: string[] = [];
    for (const sync of after.syncs.values()) {
      if (await this.#activate(sync, after, before)) changed.push(sync.name);
    }
    return changed;
  }

  due(sync: CompiledSync, now: number): number | undefined {
    return dueNow(sync.schedule, this.#scheduleState(sync.name), now);
  }

  nextDue(sync: CompiledSync, now: number): number | undefined {
    return nextDue(sync.schedule, this.#scheduleState(sync.name), now);
  }

  /** True once for each occurrence that a closed window keeps waiting: explicit terminations pass it. */
  takeUpInClosedWindow(sync: CompiledSync, now: number): boolean {
    const occurrence = waitingForWindow(sync.schedule, this.#scheduleState(sync.name), now);
    if (occurrence === undefined || this.#passedWindow.get(sync.name) === occurrence) return false;
    this.#passedWindow.set(sync.name, occurrence);
    return true;
  }

  /** True when a first pass has ended well: before that nobody has an account of whom somebody could have left. */
  async hasPeople({ name }: CompiledSync): Promise<boolean> {
    return (await this.#deps.store.syncState(name)).firstPassDone;
  }

  /** The occurrence is not due again in this process. */
  takeUp(sync: string, occurrence: number): void {
    this.#takenUp.set(sync, occurrence);
  }

  /** The occurrence's pass ended well: a restart does not catch it up again. */
  async settle(sync: string, occurrence: number): Promise<void> {
    await this.#save(sync, { lastOccurrence: occurrence });
  }

  async #activate(
    sync: CompiledSync,
    after: CompiledSpecs,
    before: CompiledSpecs | undefined,
  ): Promise<boolean> {
    const { id } = after.revision;
    const stored = await this.#deps.store.syncState(sync.name);
    this.#states.set(sync.name, stored);
    if (stored.activatedAt === null) await this.#save(sync.name, { activatedAt: this.#deps.clock.now() });
    const known = before?.syncs.has(sync.name) === true;
    const changed = before !== undefined && behavesOtherwise(sync, before, after);
    // Nothing is brought in line for the first time here: that is for the schedule, or for whoever asks.
    const { appliedRevision } = stored;
    if (appliedRevision === null || sync.mode === 'observe') return changed;
    const upToDate = before === undefined ? id : before.revision.id;
    if (changed || appliedRevision !== upToDate) return known || before === undefined;
    if (appliedRevision !== id) await this.#save(sync.name, { observedRevision: id, appliedRevision: id });
    return false;
  }

  async #save(sync: string, changes: Partial<SyncState>): Promise<void> {
    await this.#deps.store.saveSyncState(sync, changes);
    const known = this.#states.get(sync);
    if (known !== undefined) this.#states.set(sync, { ...known, ...changes });
  }

  #scheduleState(sync: string): { sync: string; activatedAt: number | null; lastOccurrence: number | null } {
    const state = this.#states.get(sync);
    const lastOccurrence = this.#takenUp.get(sync) ?? state?.lastOccurrence ?? null;
    return { sync, activatedAt: state?.activatedAt ?? null, lastOccurrence };
  }
}
