import type { Store } from '../../src/store/store.ts';
import type { ProcessFault } from './faults.ts';

/** The process is gone. What the engine does with this error has no effect any more. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

const storeWrites: ReadonlySet<string | symbol> = new Set([
  'saveSyncState',
  'saveLinks',
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
]);

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
  readonly #fault: ProcessFault | undefined;
  readonly #whileFrozen: () => Promise<void>;
  #thawed: Promise<void> | undefined;

  constructor(holder: string, fault: ProcessFault | undefined, whileFrozen: () => Promise<void>) {
    this.holder = holder;
    this.#fault = fault;
    this.#whileFrozen = whileFrozen;
  }

  /** Waits while the process is frozen, and throws once it is dead. */
  async alive(): Promise<void> {
    while (this.#thawed !== undefined) await this.#thawed;
    if (this.dead) throw new Crash('the process is dead');
  }

  /** Carries out one effect, before or after which the process may come to its end. */
  async effect<T>(work: () => T | Promise<T>, mayFreeze: boolean): Promise<T> {
    await this.alive();
    this.effects += 1;
    const fault = this.#fault?.at === this.effects ? this.#fault : undefined;
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
          if (storeWrites.has(name)) return await this.effect(call, name !== 'releaseLease');
          await this.alive();
          return await call();
        };
      },
    });
  }

  #die(): never {
    this.dead = true;
    throw new Crash('the process is dead');
  }

  async #freeze(): Promise<void> {
    const frozen = Promise.withResolvers<void>();
    this.#thawed = frozen.promise;
    await this.#whileFrozen();
    this.#thawed = undefined;
    frozen.resolve();
  }
}
