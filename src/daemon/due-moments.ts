import { messageOf } from '../model/error.ts';
import type { CompiledSpecs, CompiledSync } from '../spec/compiled.ts';
import { suspensionOf } from './behaviour.ts';
import type { DaemonDeps } from './deps.ts';

const minuteMs = 60_000;

/** What is known of one sync's moments. */
interface Known {
  /** When to wake (ms); undefined where nothing is to come. */
  readonly at: number | undefined;
  /** When the store was asked, by the steady clock: another process may have written to it since. */
  readonly asked: number;
}

/**
 * Wakes syncs when a date comes, whatever their schedule says: people who are due within the same minute together. Each
 * moment wakes once in a process; a pass that ended keeps a new list, so what is held or refused wakes nobody again.
 * Moments that were missed (no process ran, the machine slept, the clock jumped) are one, caught up at once.
 */
export class DueMoments {
  readonly #deps: Pick<DaemonDeps, 'store' | 'clock' | 'telemetry'>;
  readonly #known = new Map<string, Known>();
  /** Up to here (ms) moments have woken a sync. */
  readonly #taken = new Map<string, number>();

  constructor(deps: Pick<DaemonDeps, 'store' | 'clock' | 'telemetry'>) {
    this.#deps = deps;
  }

  /** People who are due now, by sync; each is answered once. Never rejects. */
  async take(specs: CompiledSpecs, now: number): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const due = new Map<string, ReadonlySet<string>>();
    for (const sync of specs.syncs.values()) {
      if (!wakes(sync, specs, now)) continue;
      const { at } = await this.#look(sync.name, now);
      if (at === undefined || at > now) continue;
      const people = await this.#takeOf(sync.name, now);
      if (people.size > 0) due.set(sync.name, people);
    }
    return due;
  }

  /** When the next moment comes that `take` knows of (ms). One that has come and wakes nobody (its sync is suspended) hides no later one. */
  next(specs: CompiledSpecs | undefined, now: number): number | undefined {
    const known = [...(specs?.syncs.keys() ?? [])].flatMap((sync) => this.#known.get(sync)?.at ?? []);
    const coming = known.filter((at) => at > now);
    return coming.length === 0 ? undefined : Math.min(...coming);
  }

  /** A pass of the sync has ended: the store has another list. */
  changed(sync: string): void {
    this.#known.delete(sync);
  }

  async #look(sync: string, now: number): Promise<Known> {
    const steady = this.#deps.clock.monotonic();
    const known = this.#known.get(sync);
    if (known !== undefined && steady - known.asked < minuteMs) return known;
    const fresh = { at: await this.#ask(sync, now), asked: steady };
    this.#known.set(sync, fresh);
    return fresh;
  }

  /** The last moment of the first minute in which somebody is due. */
  async #ask(sync: string, now: number): Promise<number | undefined> {
    const { store, telemetry } = this.#deps;
    try {
      const after = this.#takenUntil(sync, now);
      const first = await store.nextDue(sync, after);
      if (first === undefined) return undefined;
      return (await store.due(sync, after, first + minuteMs - 1)).at(-1)?.at;
    } catch (error) {
      telemetry.log.warn({ sync, error: messageOf(error) }, 'due moments not read');
      return undefined;
    }
  }

  async #takeOf(sync: string, now: number): Promise<ReadonlySet<string>> {
    const { store, telemetry } = this.#deps;
    this.#known.delete(sync);
    try {
      const due = await store.due(sync, this.#takenUntil(sync, now), now);
      this.#taken.set(sync, now);
      return new Set(due.map(({ personId }) => personId));
    } catch (error) {
      telemetry.log.warn({ sync, error: messageOf(error) }, 'due moments not read');
      return new Set();
    }
  }

  /** What a clock that was ahead has taken counts again, from the first time that it is asked after it was set back. */
  #takenUntil(sync: string, now: number): number {
    const taken = Math.min(this.#taken.get(sync) ?? Number.MIN_SAFE_INTEGER, now);
    this.#taken.set(sync, taken);
    return taken;
  }
}

/** A sync that only looks would do nothing when it wakes. */
function wakes(sync: CompiledSync, specs: CompiledSpecs, now: number): boolean {
  return sync.mode !== 'observe' && suspensionOf(sync, specs, now) === undefined;
}
