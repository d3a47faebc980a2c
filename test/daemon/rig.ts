import type { Checkout } from '../../src/git/revision-source.ts';
import { createDaemon, type Daemon } from '../../src/daemon/daemon.ts';
import type { DaemonDeps } from '../../src/daemon/deps.ts';
import { Invalid, Waiting } from '../../src/model/error.ts';
import type { Outcome, Trigger } from '../../src/model/run.ts';
import type { Failure } from '../../src/notify/notifier.ts';
import type { CompiledSpecs } from '../../src/spec/compiled.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { FakeClock } from '../fake-clock.ts';
import { outcomeOf } from './invented.ts';
import { MemoryStore } from './memory-store.ts';

export const minute = 60_000;
export const hour = 60 * minute;
/** A Sunday. */
export const start = Date.parse('2026-11-22T12:00:00Z');

export interface Pass {
  readonly sync: string;
  readonly trigger: Trigger;
  readonly revision: string;
  readonly at: number;
}

/** A daemon with everything around it under control. `restart` is a new process over the same store and source. */
export class Rig {
  readonly clock = new FakeClock(start);
  readonly store = new MemoryStore();
  readonly passes: Pass[] = [];
  /** Told once, as a notifier does. */
  readonly failures: Failure[] = [];
  readonly ended: string[] = [];
  /** Failures that are told and not over, as the store keeps them. */
  readonly #firing = new Set<string>();
  readonly told: Outcome[] = [];
  /** The newest revision at the source: specs, a revision that is at fault, or a source that is away. */
  newest: CompiledSpecs | { readonly invalid: string } | Waiting;
  /** What a pass comes to. */
  reconcile: DaemonDeps['reconcile'];
  webhook: DaemonDeps['webhook'];
  keepToken: DaemonDeps['keepToken'];
  telemetry = { log: createLogger({ level: 'silent' }), metrics: createMetrics() };
  daemon!: Daemon;
  #good: Checkout | undefined;
  readonly #loaded = new Map<string, CompiledSpecs>();
  #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(newest: Rig['newest']) {
    this.newest = newest;
    this.reconcile = async (sync, _specs, trigger) => outcomeOf(sync, { trigger, at: this.clock.now() });
  }

  async start(): Promise<this> {
    this.telemetry = { log: createLogger({ level: 'silent' }), metrics: createMetrics() };
    this.#stop = new AbortController();
    this.daemon = createDaemon(this.#deps());
    this.#running = this.daemon.run(this.#stop.signal);
    await this.clock.advance(0);
    return this;
  }

  /** Tells the process to end; `ended` is when it has. */
  stop(): Promise<void> {
    this.#stop.abort(new Error('stop'));
    return this.#running;
  }

  /** Stops although a pass may hang. */
  async end(): Promise<void> {
    const stopping = this.stop();
    await this.clock.advance(10_000);
    await stopping;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** A revision comes to the source, and its poll. */
  async push(newest: Rig['newest']): Promise<void> {
    this.newest = newest;
    await this.clock.advance(minute);
  }

  async metric(name: string): Promise<string> {
    return await this.telemetry.metrics.registry.getSingleMetricAsString(name);
  }

  #deps(): DaemonDeps {
    return {
      source: {
        fetch: async () => this.#checkout(),
        lastGood: async () => this.#good,
        markGood: async (checkout) => {
          this.#good = checkout;
        },
        watch: async (onChange, signal) => {
          while (!signal.aborted) {
            await this.clock.sleep(minute, signal).catch(() => undefined);
            onChange();
          }
        },
      },
      load: async ({ revision }) => this.#load(revision.id),
      reconcile: async (sync, specs, trigger, signal, probes, scope) => {
        this.passes.push({ sync, trigger, revision: specs.revision.id, at: this.clock.now() });
        return await this.reconcile(sync, specs, trigger, signal, probes, scope);
      },
      ...(this.webhook === undefined ? {} : { webhook: this.webhook }),
      ...(this.keepToken === undefined ? {} : { keepToken: this.keepToken }),
      store: this.store,
      clock: this.clock,
      random: { fraction: () => 0.5, bytes: (length) => new Uint8Array(length), id: () => 'id' },
      telemetry: this.telemetry,
      notify: {
        passEnded: async (outcome) => void this.told.push(outcome),
        failureBegan: async (failure) => {
          if (!this.#firing.has(failure.key)) this.failures.push(failure);
          this.#firing.add(failure.key);
        },
        failureEnded: async (prefix) => {
          for (const key of this.#firing) {
            if (!key.startsWith(prefix)) continue;
            this.#firing.delete(key);
            this.ended.push(prefix);
          }
        },
        deliverWaiting: async () => undefined,
      },
    };
  }

  #checkout(): Checkout {
    if (this.newest instanceof Waiting) throw this.newest;
    if ('invalid' in this.newest) {
      return { revision: { kind: 'commit', id: this.newest.invalid }, folder: '/specs' };
    }
    const { revision } = this.newest;
    this.#loaded.set(revision.id, this.newest);
    return { revision, folder: '/specs' };
  }

  #load(id: string): { specs: CompiledSpecs; warnings: [] } {
    const specs = this.#loaded.get(id);
    if (specs !== undefined) return { specs, warnings: [] };
    throw new Invalid([
      {
        code: 'spec/unknown-key',
        message: 'unknown key "atributes"',
        severity: 'error',
        file: 'staff.yaml',
        line: 3,
        column: 1,
      },
    ]);
  }
}
