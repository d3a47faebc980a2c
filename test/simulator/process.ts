import { Waiting } from '../../src/model/error.ts';
import type { Intent } from '../../src/model/order.ts';
import type { Store } from '../../src/store/store.ts';
import type { Faults } from './faults.ts';

/** The process is gone. What the engine does with this error has no effect any more. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

const storeWrites: ReadonlySet<string | symbol> = new Set([
  'saveSyncState',
  'saveLinks',
  'changeLinks',
  'saveFormerValues',
  'saveStandIns',
  'saveDue',
  'recordIntents',
  'settle',
  'recordPopulation',
  'recordCounts',
  'saveHeld',
  'useHeld',
  'clearEscrow',
  'beginRun',
  'recordPeople',
  'endRun',
  'recordFillRates',
  'saveRemoteAccount',
  'acquireLease',
  'renewLease',
  'releaseLease',
  'saveAlert',
  'queueMail',
]);

/** What goes on around a process. */
interface Surroundings {
  whileFrozen(): Promise<void>;
  clockJumps(ms: number): void;
}

/**
 * One process that runs the engine: it may die at its n-th effect, freeze there while another takes over, or be asked to
 * stop. Everything the engine touches goes through it, so that a dead process leaves no trace and a frozen one waits.
 */
export class Process {
  readonly holder: string;
  readonly stop = new AbortController();
  dead = false;
  /** Effects so far. */
  effects = 0;
  /** Keys of the intents that are on disk: nothing else may leave. */
  readonly recorded = new Set<string>();
  readonly #faults: Pick<Faults, 'process' | 'store' | 'clock'>;
  readonly #surroundings: Surroundings;
  #failedWrites = 0;
  #thawed: Promise<void> | undefined;

  constructor(holder: string, faults: Faults, surroundings: Surroundings) {
    this.holder = holder;
    this.#faults = faults;
    this.#surroundings = surroundings;
  }

  /** Waits while the process is frozen, and throws once it is dead. */
  async alive(): Promise<void> {
    while (this.#thawed !== undefined) await this.#thawed;
    if (this.dead) throw new Crash('the process is dead');
  }

  /** Carries out one effect, before or after which the process may come to its end. */
  async effect<T>(work: () => T | Promise<T>, mayFreeze: boolean): Promise<T> {
    await this.alive();
    return await this.#effect(work, mayFreeze);
  }

  /**
   * Lets an order leave that was confirmed just before. Another part of the process may have come to the moment in which
   * it freezes: then the order was faster.
   */
  async order<T>(work: () => T): Promise<T> {
    if (this.dead) throw new Crash('the process is dead');
    return await this.#effect(work, false);
  }

  async #effect<T>(work: () => T | Promise<T>, mayFreeze: boolean): Promise<T> {
    this.effects += 1;
    const { process, clock } = this.#faults;
    if (clock?.at === this.effects) this.#surroundings.clockJumps(clock.jumpMs);
    const fault = process?.at === this.effects ? process : undefined;
    if (fault?.kind === 'crash' && fault.when === 'before') this.#die();
    if (fault?.kind === 'asked to stop') this.stop.abort(new Error('asked to stop'));
    const result = await work();
    if (fault?.kind === 'crash') this.#die();
    if (fault?.kind === 'frozen' && mayFreeze) await this.#freeze();
    return result;
  }

  /** The store as this process sees it. */
  through(store: Store): Store {
    return new Proxy(store, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function' || name === 'details' || name === 'close') return method;
        return async (...args: unknown[]) => {
          const call = () => Reflect.apply(method, target, args) as Promise<unknown>;
          if (storeWrites.has(name)) {
            const result = await this.effect(() => this.#kept(name, call), name !== 'releaseLease');
            if (name === 'recordIntents') this.#record(args);
            return result;
          }
          await this.alive();
          return await call();
        };
      },
    });
  }

  /** The disk may be full or read-only for a while. */
  #kept(name: string | symbol, call: () => Promise<unknown>): Promise<unknown> {
    const { store } = this.#faults;
    if (store === undefined || this.effects < store.at || this.#failedWrites >= store.writes) return call();
    if (store.only !== undefined && store.only !== name) return call();
    this.#failedWrites += 1;
    throw new Waiting('StoreUnavailable', 'the disk is full; nothing was written');
  }

  #record(args: readonly unknown[]): void {
    const intents = args.find((one): one is readonly Intent[] => Array.isArray(one)) ?? [];
    for (const { key } of intents) this.recorded.add(key);
  }

  #die(): never {
    this.dead = true;
    throw new Crash('the process is dead');
  }

  async #freeze(): Promise<void> {
    const frozen = Promise.withResolvers<void>();
    this.#thawed = frozen.promise;
    await this.#surroundings.whileFrozen();
    this.#thawed = undefined;
    frozen.resolve();
  }
}
