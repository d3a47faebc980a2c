import { approveHeld } from '../approval.ts';
import { Chance } from '../chance.ts';
import type { Violation } from '../claims.ts';
import { describeFaults, drawFaults, type Faults } from '../faults.ts';
import type { Company, Rules } from '../rules.ts';
import { scopeOf, type Scope } from '../scope.ts';
import { World, type Break } from '../world.ts';
import { twoOwners, wrongInTheEnd, wrongOrder } from './claims.ts';
import { idOf, many, moves, put, syncs, type Sync } from './people.ts';

const hour = 3_600_000;

/** Two HR systems, one target: people are in both, in one, and move between them, while anything may fail. */
export class TwoLists {
  readonly world: World;
  readonly events: string[] = [];
  readonly #chance: Chance;
  #checked = 0;

  constructor(seed: number, broken?: Break) {
    this.#chance = new Chance(seed).fork('two lists');
    this.world = new World(this.#chance, { company: company(), habit: 'none', store: 'memory', broken });
  }

  async play(days: number): Promise<Violation | undefined> {
    await this.world.open();
    try {
      return await this.#play(days);
    } finally {
      await this.world.close();
    }
  }

  async #play(days: number): Promise<Violation | undefined> {
    for (let number = 1; number <= many; number += 1) {
      put(this.world, number % 3 === 0 ? 'crew' : 'staff', number, 'active');
      if (number % 4 === 0) put(this.world, 'crew', number, 'active');
    }
    for (let day = 0; day < days; day += 1) {
      for (let times = this.#chance.below(3); times > 0; times -= 1) {
        this.events.push(moves(this.world, this.#chance));
      }
      await this.world.time.passes(this.#chance.between(3, 30) * hour);
      const violation = await this.#round((sync) => this.#badPass(sync));
      if (violation !== undefined) return violation;
    }
    return await this.#calm();
  }

  /** Whoever vanished is gone after two days; who leaves one list is taken up by the other a pass later. */
  async #calm(): Promise<Violation | undefined> {
    this.world.troubled = false;
    for (let round = 0; round < 6; round += 1) {
      await this.world.time.passes(30 * hour);
      const violation = await this.#round((sync) => this.#pass(sync, {}, {}));
      if (violation !== undefined) return violation;
    }
    return wrongInTheEnd(this.world);
  }

  async #round(pass: (sync: Sync) => Promise<Violation | undefined>): Promise<Violation | undefined> {
    for (const sync of this.#chance.shuffled(syncs)) {
      const violation = await pass(sync);
      if (violation !== undefined) return violation;
      await approveHeld(this.world, sync);
    }
    return undefined;
  }

  async #badPass(sync: Sync): Promise<Violation | undefined> {
    const some = [1, 2].map(() => idOf(sync, this.#chance.between(1, many)));
    const scope = this.#chance.happens(0.2) ? scopeOf(some, this.#chance) : {};
    const { clock: _, ...faults } = drawFaults(this.#chance, false);
    return await this.#pass(sync, faults, scope);
  }

  async #pass(sync: Sync, faults: Faults, scope: Scope): Promise<Violation | undefined> {
    const { outcome } = await this.world.pass(sync, faults, scope);
    const how = outcome === undefined ? 'crash' : `${outcome.summary.result} ${outcome.summary.message}`;
    this.events.push(`pass ${this.world.passes.length} of ${sync}${describeFaults(faults)}: ${how}`);
    for (const entry of this.world.target.log.slice(this.#checked)) {
      const wrong = wrongOrder(this.world, entry);
      if (wrong !== undefined) return wrong;
    }
    this.#checked = this.world.target.log.length;
    return await twoOwners(this.world);
  }
}

function company(): Company {
  const rules: Omit<Rules, 'hr' | 'precedence'> = {
    mode: 'full',
    zone: 'UTC',
    outOfScope: 'keep',
    away: 'keep',
    vanished: 'disable',
    returned: 'reuse',
    createBefore: 0,
    deleteAfter: 0,
    phoneOnNull: 'keep',
    department: 'as it is',
  };
  return new Map([
    ['staff', { ...rules, hr: 'hr-staff', precedence: 1 }],
    ['crew', { ...rules, hr: 'hr-crew', precedence: 2 }],
  ]);
}
