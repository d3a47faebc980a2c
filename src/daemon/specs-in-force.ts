import type { Checkout } from '../git/revision-source.ts';
import { Invalid, messageOf, SyncError } from '../model/error.ts';
import type { CompiledChannel, CompiledSpecs } from '../spec/compiled.ts';
import { Conditions } from './conditions.ts';
import type { DaemonDeps } from './deps.ts';

/** Revisions of the specs as the daemon sees them. */
export interface RevisionStatus {
  /** The newest one at the source. */
  readonly observed: string | null;
  /** The last one that was read and checked. */
  readonly attempted: string | null;
  /** The one in force. */
  readonly applied: string | null;
}

/**
 * Prepares the new specs, durably; a rejection leaves the old ones in force. What it answers with is called once the
 * new ones are in force.
 */
type Prepare = (after: CompiledSpecs, before: CompiledSpecs | undefined) => Promise<() => void>;

/** What it works with. */
type Needs = Pick<DaemonDeps, 'source' | 'load' | 'clock' | 'telemetry' | 'notify'>;

/**
 * The specs that count. A new revision is taken over whole or refused whole; whatever goes wrong with the source or
 * with a revision, the last good one stays in force, also over a restart.
 */
export class SpecsInForce {
  readonly conditions = new Conditions();
  readonly #deps: Needs;
  readonly #prepare: Prepare;
  #specs: CompiledSpecs | undefined;
  #status: RevisionStatus = { observed: null, attempted: null, applied: null };
  #refused: { readonly id: string; readonly message: string } | undefined;
  #failedFetches = 0;

  constructor(deps: Needs, prepare: Prepare) {
    this.#deps = deps;
    this.#prepare = prepare;
    this.#say('Ready', false, 'Starting', 'no revision of the specs is in force yet');
  }

  get specs(): CompiledSpecs | undefined {
    return this.#specs;
  }

  get status(): RevisionStatus {
    return this.#status;
  }

  /** Puts the last good revision in force, if there is one: the source need not answer for it. */
  async start(): Promise<void> {
    try {
      const checkout = await this.#deps.source.lastGood();
      if (checkout !== undefined) await this.#take(checkout);
    } catch (error) {
      this.#deps.telemetry.log.error({ error: messageOf(error) }, 'last good revision cannot be used');
    }
  }

  /** Looks at the source once. Rejects only with the reason of the signal. */
  async check(signal: AbortSignal): Promise<void> {
    try {
      const checkout = await this.#deps.source.fetch(signal);
      this.#status = { ...this.#status, observed: checkout.revision.id };
      if (checkout.revision.id === this.#specs?.revision.id) await this.#backToForce(checkout);
      // One that was refused is tried again: what was wrong may lie outside of it (a variable, a table of another folder).
      else await this.#take(checkout);
      await this.#sourceAnswered();
    } catch (error) {
      signal.throwIfAborted();
      await this.#sourceFailed(error);
    }
  }

  async #take(checkout: Checkout): Promise<void> {
    const { log, metrics } = this.#deps.telemetry;
    const { id } = checkout.revision;
    this.#status = { ...this.#status, attempted: id };
    try {
      const { specs, warnings } = await this.#deps.load(checkout);
      const begin = await this.#prepare(specs, this.#specs);
      await this.#deps.source.markGood(checkout);
      this.#specs = specs;
      begin();
      this.#status = { ...this.#status, applied: id };
      log.info({ revision: id, syncs: specs.syncs.size, warnings: warnings.length }, 'revision in force');
      metrics.specsValid.set(1);
      await this.#accepted();
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      await this.#refuse(id, error);
    }
  }

  /** After a refused revision, the one in force is the newest again. */
  async #backToForce(checkout: Checkout): Promise<void> {
    if (this.#refused === undefined) return;
    this.#status = { ...this.#status, attempted: checkout.revision.id };
    this.#deps.telemetry.metrics.specsValid.set(1);
    await this.#accepted();
  }

  async #accepted(): Promise<void> {
    this.#refused = undefined;
    this.#say('Ready', true, 'InForce', 'the newest revision is in force');
    this.#say('Stalled', false, 'InForce', '');
    await this.#deps.notify.failureEnded('specs/', this.#channels());
  }

  async #refuse(id: string, { message, findings }: Invalid): Promise<void> {
    const { id: before, message: said } = this.#refused ?? {};
    this.#refused = { id, message };
    if (before === id && said === message) return;
    this.#deps.telemetry.metrics.specsValid.set(0);
    const kept =
      this.#specs === undefined ? 'nothing is in force' : `${this.#specs.revision.id} stays in force`;
    this.#say('Stalled', true, 'SpecsInvalid', `revision ${id} is refused, ${kept}:\n${message}`);
    this.#deps.telemetry.log.error(
      { revision: id, faults: findings.length, first: message.split('\n', 1)[0] },
      'revision refused',
    );
    const title = `the specs at ${id.slice(0, 12)} are refused`;
    await this.#deps.notify.failureBegan(
      { key: `specs/${id}`, title, message: `${kept}.\n\n${message}` },
      this.#channels(),
    );
  }

  async #sourceAnswered(): Promise<void> {
    if (this.#failedFetches > 0) this.#say('Reconciling', false, 'SourceAnswers', '');
    this.#failedFetches = 0;
    // Also after none that this process saw: what was told before a restart, only the store knows.
    await this.#deps.notify.failureEnded('source', this.#channels());
  }

  async #sourceFailed(error: unknown): Promise<void> {
    this.#failedFetches += 1;
    const reason = error instanceof SyncError ? error.reason : 'InternalError';
    this.#say('Reconciling', true, reason, messageOf(error));
    this.#deps.telemetry.log.warn(
      { reason, error: messageOf(error), times: this.#failedFetches },
      'specs not fetched',
    );
    // Once is a hiccup of the network.
    if (this.#failedFetches < 3) return;
    const failure = { key: 'source', title: 'the specs cannot be fetched', message: messageOf(error) };
    await this.#deps.notify.failureBegan(failure, this.#channels());
  }

  #channels(): readonly CompiledChannel[] {
    return [...(this.#specs?.channels.values() ?? [])];
  }

  #say(
    ...[type, status, reason, message]: [Parameters<Conditions['set']>[0], boolean, string, string]
  ): void {
    this.conditions.set(type, status, reason, message, this.#deps.clock.now());
  }
}
