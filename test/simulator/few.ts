import { DueMoments } from '../../src/daemon/due-moments.ts';
import type { Store } from '../../src/store/store.ts';
import type { Chance } from './chance.ts';
import type { Violation } from './claims.ts';
import { drawFaults, type Faults } from './faults.ts';
import { scopeOf, type Scope } from './scope.ts';
import type { HrRecord } from './source.ts';
import type { Stage } from './stage.ts';

/** Passes over a few people: after edits in HR, because somebody asks for them, and when a date comes. */
export class Few {
  readonly #stage: Stage;
  readonly #chance: Chance;
  /** HR's records as they were when it was last looked for edits, by system. */
  readonly #before = new Map<string, ReadonlyMap<string, HrRecord>>();
  #known: { readonly store: Store; readonly moments: DueMoments } | undefined;

  constructor(stage: Stage, chance: Chance) {
    this.#stage = stage;
    this.#chance = chance.fork('few');
  }

  /** HR tells of some edits, of more than there were, or of nothing. */
  async afterEdits(): Promise<Violation | undefined> {
    for (const [sync, { hr }] of this.#stage.world.company) {
      const edited = this.#edited(hr);
      if (!this.#chance.happens(0.35)) continue;
      const asked = this.#chance.happens(0.2) ? this.#anybody(hr) : [];
      const people = [...new Set([...edited.filter(() => this.#chance.happens(0.8)), ...asked])];
      if (people.length === 0) continue;
      const violation = await this.#stage.pass(sync, this.#faults(), scopeOf(people, this.#chance));
      if (violation !== undefined) return violation;
    }
    for (const { hr } of this.#stage.world.company.values()) this.#keep(hr);
    return undefined;
  }

  /** The window of a whole pass may be closed. */
  window(): Scope {
    return this.#chance.happens(0.06) ? { leaversOnly: true } : {};
  }

  /** Lets time pass, and wakes for what the store holds to come in it: mostly, as a process may not run then. */
  async passes(ms: number): Promise<Violation | undefined> {
    const { world } = this.#stage;
    const until = world.time.now() + ms;
    if (this.#chance.happens(0.4)) {
      const violation = await this.dueUntil(until, 3, () => this.#faults());
      if (violation !== undefined) return violation;
    }
    await world.time.passes(Math.max(0, until - world.time.now()));
    return undefined;
  }

  /** At each moment at which the daemon wakes for a date, a pass over those to whom it brings something. */
  async dueUntil(until: number, most: number, faults?: () => Faults): Promise<Violation | undefined> {
    const { world } = this.#stage;
    for (let wakes = 0; wakes < most; wakes += 1) {
      const moments = this.#moments();
      const due = await moments.take(world.revisions.specs, world.time.now());
      for (const [sync, only] of due) {
        const violation = await this.#due(sync, only, faults);
        if (violation !== undefined) return violation;
        moments.changed(sync);
      }
      if (due.size > 0) continue;
      const next = moments.next(world.revisions.specs, world.time.now());
      if (next === undefined || next > until) break;
      await world.time.passes(Math.max(0, next - world.time.now()));
    }
    return undefined;
  }

  /** Where nothing fails any more, what is held gets its yes and is done. */
  async #due(
    sync: string,
    only: ReadonlySet<string>,
    faults: (() => Faults) | undefined,
  ): Promise<Violation | undefined> {
    const scope = { only, trigger: 'due' } as const;
    const violation = await this.#stage.pass(sync, faults?.(), scope);
    if (violation !== undefined || faults !== undefined || !(await this.#stage.approve(sync)))
      return violation;
    return await this.#stage.pass(sync, {}, scope);
  }

  /** What the daemon knows of them: a process that begins anew, with the store opened again, knows of none. */
  #moments(): DueMoments {
    const { store, time, telemetry } = this.#stage.world;
    if (this.#known?.store !== store) {
      this.#known = { store, moments: new DueMoments({ store, clock: time.clock, telemetry }) };
    }
    return this.#known.moments;
  }

  #faults(): Faults {
    return drawFaults(this.#chance, false);
  }

  #edited(hr: string): readonly string[] {
    const people = this.#stage.world.sources.get(hr)?.people ?? new Map<string, HrRecord>();
    const before = this.#before.get(hr) ?? people;
    const ids = new Set([...people.keys(), ...before.keys()]);
    return [...ids].filter((id) => people.get(id) !== before.get(id));
  }

  #keep(hr: string): void {
    this.#before.set(hr, new Map(this.#stage.world.sources.get(hr)?.people));
  }

  #anybody(hr: string): readonly string[] {
    const people = [...(this.#stage.world.sources.get(hr)?.people.keys() ?? [])];
    return this.#chance.shuffled(people).slice(0, this.#chance.between(1, 3));
  }
}
