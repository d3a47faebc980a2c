import { approveHeld } from './approval.ts';
import { Chance } from './chance.ts';
import { Claims, type Violation } from './claims.ts';
import { editByHand, inventStrangers } from './drift.ts';
import { compareEnd } from './ending.ts';
import { describeFaults, drawFaults, type Faults } from './faults.ts';
import type { StoreKind } from './kept.ts';
import { Life } from './life.ts';
import { drawRules } from './rules.ts';
import { World, type Break } from './world.ts';

/** How much happened. */
export interface Counts {
  readonly passes: number;
  readonly writes: number;
  readonly crashes: number;
  readonly takeovers: number;
  readonly faults: number;
  readonly holds: number;
  readonly approvals: number;
}

const hour = 3_600_000;
const steps = 24;

/** One seed: a while in which everything fails, then a calm in which it must come right. */
export class Story {
  readonly world: World;
  readonly events: string[] = [];
  readonly #chance: Chance;
  readonly #claims: Claims;
  readonly #lives: readonly Life[];
  readonly #deletedByHand = new Set<string>();
  #faults = 0;
  #holds = 0;
  #lying = false;

  constructor(seed: number, kind: StoreKind, broken: Break | undefined) {
    this.#chance = new Chance(seed);
    const syncs = this.#chance.happens(0.3) ? ['staff', 'crew'] : ['staff'];
    this.world = new World(this.#chance, syncs, drawRules(this.#chance), kind, broken);
    this.#claims = new Claims(this.world);
    this.#lives = [...this.world.sources.values()].map(
      (source) => new Life(source, this.world.target, this.#chance, this.world.time),
    );
  }

  counts(): Counts {
    const { passes, target, crashes, takeovers, approved } = this.world;
    return {
      passes: passes.length,
      writes: target.log.length,
      crashes,
      takeovers,
      faults: this.#faults,
      holds: this.#holds,
      approvals: approved,
    };
  }

  async play(): Promise<Violation | undefined> {
    inventStrangers(this.world.target, this.#chance);
    for (const life of this.#lives) for (let count = 20; count > 0; count -= 1) life.hire();
    this.#say(JSON.stringify(this.world.rules));
    for (let step = 0; step < steps; step += 1) {
      this.#worldMoves(step);
      await this.world.time.passes(this.#chance.between(1, 14) * hour);
      for (const sync of this.world.sources.keys()) {
        const violation = await this.#passWithFaults(sync);
        if (violation !== undefined) return violation;
      }
    }
    return await this.#calm();
  }

  #worldMoves(step: number): void {
    const { rules, target } = this.world;
    for (const life of this.#lives) {
      for (let count = this.#chance.below(4); count > 0; count -= 1) this.#say(life.happens());
      if (step > 2 && this.#chance.happens(0.06)) this.#say(life.happensToMany());
    }
    // What a lost answer came to is told by looking: a hand in between would make that a guess.
    if (!this.#lying && this.#chance.happens(0.3)) {
      this.#say(editByHand(target, this.#chance, this.#deletedByHand));
    }
    if (this.#chance.happens(0.05)) {
      const department = rules.department === 'as it is' ? 'upper case' : 'as it is';
      this.world.rules = { ...rules, department };
      this.#say(`the specs change: department ${department}`);
    }
  }

  async #passWithFaults(sync: string): Promise<Violation | undefined> {
    const mayLie = !this.#lying && this.#lastWasTrue(sync);
    const faults = drawFaults(this.#chance, mayLie);
    if (describeFaults(faults) !== '') this.#faults += 1;
    const violation = await this.#pass(sync, faults);
    if (violation === undefined && !isLie(faults) && this.#chance.happens(0.4)) await this.#approve(sync);
    return violation;
  }

  /** A lie is told once; only after a true reading that counted may the next be told. */
  #lastWasTrue(sync: string): boolean {
    const last = this.world.passes.findLast((pass) => pass.sync === sync);
    const { size } = this.world.sources.get(sync)?.people ?? { size: 0 };
    return last?.endedWell === true && (last.listed?.size ?? 0) >= size * 0.9;
  }

  async #pass(sync: string, faults: Faults): Promise<Violation | undefined> {
    const { outcome, trace } = await this.world.pass(sync, faults);
    const { result, reason, message, held } = outcome?.summary ?? {
      result: 'crash',
      reason: null,
      message: '',
      held: 0,
    };
    if (held > 0) this.#holds += 1;
    this.#say(
      `pass ${trace.number} of ${sync}${describeFaults(faults)}: ${result} ${reason ?? ''} ${message}`,
    );
    this.#lying = (await this.world.store.openIntents('lms')).length > 0;
    const violation = this.#claims.checkLog();
    if (violation !== undefined || !trace.endedWell) return violation;
    if (reason === 'Bug') return { claim: 'C4', text: message };
    const refused = this.world.target.log.find(
      (entry) => entry.pass === trace && entry.outcome === 'refused',
    );
    if (refused !== undefined && describeFaults(faults) === '') {
      const { kind, personId } = refused;
      return {
        claim: 'C4',
        text: `${kind} of ${personId} was sent before its time: the target had to refuse it`,
      };
    }
    return await this.#claims.checkLinks(sync);
  }

  /** Somebody looks at what is held, and lets it go. */
  async #approve(sync: string): Promise<void> {
    const people = await approveHeld(this.world, sync);
    for (const personId of people) this.#claims.approved.add(`${sync}/${personId}`);
    if (people.length > 0) this.#say(`${people.length} held changes of ${sync} are approved`);
  }

  async #calm(): Promise<Violation | undefined> {
    this.#say('from here on nothing fails');
    await this.world.time.passes(30 * hour);
    const asked = this.world.approved;
    let rounds = 2;
    for (let round = 1; round <= rounds; round += 1) {
      const violation = await this.#calmRound();
      if (violation !== undefined) return violation;
      this.#say(`round ${round} of the calm is over`);
      // What waited for a yes begins with it: who takes an address comes one pass after who gave it up.
      if (round === 1 && this.world.approved > asked) rounds = 3;
    }
    const left = this.#wrongAtTheEnd(false);
    if (left !== undefined) return left;
    await this.world.time.passes(9 * 24 * hour);
    for (let round = 0; round < 3; round += 1) {
      const violation = await this.#calmRound();
      if (violation !== undefined) return violation;
    }
    return this.#wrongAtTheEnd(true) ?? (await this.#writesNothing());
  }

  async #calmRound(): Promise<Violation | undefined> {
    for (const sync of this.world.sources.keys()) {
      const violation = await this.#pass(sync, {});
      if (violation !== undefined) return violation;
      await this.#approve(sync);
    }
    await this.world.time.passes(hour);
    return undefined;
  }

  #wrongAtTheEnd(vanishedAreOver: boolean): Violation | undefined {
    return compareEnd(this.world, this.#claims.ledger, this.#deletedByHand, vanishedAreOver);
  }

  async #writesNothing(): Promise<Violation | undefined> {
    const before = this.world.target.log.length;
    const violation = await this.#calmRound();
    if (violation !== undefined) return violation;
    const more = this.world.target.log.slice(before);
    if (more.length === 0) return undefined;
    const what = more.map(({ kind, personId, set }) => `${kind} of ${personId} ${Object.keys(set).join()}`);
    return { claim: 'C5', text: `a converged pass wrote: ${what.join('; ')}` };
  }

  #say(event: string): void {
    this.events.push(`${new Date(this.world.time.now()).toISOString().slice(0, 16)} ${event}`);
  }
}

function isLie({ source }: Faults): boolean {
  return source?.kind === 'half' || source?.kind === 'column';
}
