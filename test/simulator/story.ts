import { approveWrongly } from './approval.ts';
import { calm } from './calm.ts';
import { Chance } from './chance.ts';
import type { Violation } from './claims.ts';
import { editByHand, inventStrangers } from './drift.ts';
import { drawFaults, drawJump, isLie } from './faults.ts';
import { Few } from './few.ts';
import type { Habit } from './forms.ts';
import { datesCome } from './dates-come.ts';
import type { StoreKind } from './kept.ts';
import { Life } from './life.ts';
import { moveSpecs } from './commits.ts';
import { drawCompany } from './rules.ts';
import { Stage } from './stage.ts';
import { World, type Break } from './world.ts';

/** How much happened. */
export interface Counts {
  readonly days: number;
  readonly passes: number;
  readonly writes: number;
  readonly crashes: number;
  readonly takeovers: number;
  readonly faults: number;
  readonly revisions: number;
  readonly 'lost stores': number;
  readonly 'over a few': number;
  readonly holds: number;
  readonly approvals: number;
  readonly mails: number;
}

export interface Plot {
  readonly days: number;
  readonly store: StoreKind;
  readonly broken?: Break | undefined;
}

const hour = 3_600_000;

/** Ordinary weeks, weeks in which the clocks change, a leap day, the end of a year. */
const starts = ['2026-03-02', '2026-03-16', '2026-10-12', '2026-12-14', '2028-02-14'];

/** One seed: weeks of good and bad days, then a calm in which it must come right. */
export class Story {
  readonly stage: Stage;
  readonly #chance: Chance;
  readonly #lives: readonly Life[];
  readonly #days: number;
  readonly #few: Few;
  /** In a part of the seeds: it costs a few passes more. */
  readonly #datesCome: boolean;
  readonly #beganAt: number;
  #revisions = 0;

  constructor(seed: number, { days, store, broken }: Plot) {
    this.#chance = new Chance(seed);
    this.#days = days;
    const company = drawCompany(this.#chance);
    const habit = this.#chance.oneOf<Habit>(
      'none',
      'none',
      'none',
      'composed names',
      'phones without spaces',
      'one unit for all',
    );
    const world = new World(this.#chance, {
      company,
      habit,
      store,
      broken,
      starts: this.#chance.pick(starts) ?? '',
    });
    world.target.lags = this.#chance.happens(0.4);
    this.stage = new Stage(world);
    this.#datesCome = this.#chance.fork('dates come').happens(0.4);
    this.#few = new Few(this.stage, this.#chance);
    this.#beganAt = world.time.now();
    this.#lives = [...world.sources.values()].map(
      (source) => new Life(source, world.target, this.#chance, world.time),
    );
  }

  counts(): Counts {
    const { passes, target, crashes, takeovers, approved, post, lost, time } = this.stage.world;
    return {
      days: Math.round((time.now() - this.#beganAt) / (24 * hour)),
      passes: passes.length,
      writes: target.log.length,
      crashes,
      takeovers,
      faults: this.stage.faults,
      revisions: this.#revisions,
      'lost stores': lost,
      'over a few': passes.filter(({ whole }) => !whole).length,
      holds: this.stage.holds,
      approvals: approved,
      mails: post.sent.length,
    };
  }

  async play(): Promise<Violation | undefined> {
    const { world } = this.stage;
    inventStrangers(world.target, this.#chance);
    for (const life of this.#lives) for (let count = 20; count > 0; count -= 1) life.hire();
    this.stage.say(JSON.stringify([...world.company, world.target.habit]));
    const refused = await world.revisions.check();
    if (refused !== undefined) return refused;
    for (let day = 0; day < this.#days; day += 1) {
      const violation =
        this.#chance.happens(0.4) && day > 0 ? await this.#goodDay() : await this.#badDay(day);
      if (violation !== undefined) return violation;
    }
    const violation = await calm(this.stage);
    if (violation !== undefined || !this.#datesCome) return violation;
    return await datesCome(this.stage, this.#lives, this.#few);
  }

  /** Little happens, and nothing fails. */
  async #goodDay(): Promise<Violation | undefined> {
    const { world } = this.stage;
    for (const life of this.#lives) if (this.#chance.happens(0.4)) this.stage.say(life.happens());
    const late = await this.#few.passes(this.#chance.between(20, 26) * hour);
    if (late !== undefined) return late;
    for (const sync of world.company.keys()) {
      const violation = await this.stage.pass(sync);
      if (violation !== undefined) return violation;
    }
    return undefined;
  }

  /** Much happens, some of it to many, and anything may fail. */
  async #badDay(day: number): Promise<Violation | undefined> {
    for (let times = this.#chance.between(1, 2); times > 0; times -= 1) {
      const refused = await this.#worldMoves(day);
      if (refused !== undefined) return refused;
      const early =
        (await this.#few.afterEdits()) ?? (await this.#few.passes(this.#chance.between(1, 14) * hour));
      if (early !== undefined) return early;
      const violation = this.#chance.happens(0.1) ? await this.#allAtOnce() : await this.#oneByOne();
      if (violation !== undefined) return violation;
    }
    return undefined;
  }

  async #worldMoves(day: number): Promise<Violation | undefined> {
    const { stage } = this;
    for (const life of this.#lives) {
      for (let count = this.#chance.below(4); count > 0; count -= 1) stage.say(life.happens());
      if (day > 2 && this.#chance.happens(0.06)) stage.say(life.happensToMany());
    }
    // What a lost answer came to is told by looking: a hand in between would make that a guess.
    if (!stage.inDoubt && this.#chance.happens(0.3)) {
      stage.say(editByHand(stage.world.target, this.#chance, stage.deletedByHand));
    }
    if (this.#chance.happens(0.04)) {
      const ms = drawJump(this.#chance);
      stage.world.time.jump(ms);
      stage.say(`the clock is set by ${ms / hour} hours`);
    }
    if (day > 4 && stage.world.lost === 0 && this.#chance.happens(0.01)) {
      stage.say('the store is lost');
      await stage.world.loseStore();
      stage.claims.storeLost();
    }
    if (!this.#chance.happens(0.12)) return undefined;
    this.#revisions += 1;
    return await moveSpecs(stage, this.#chance);
  }

  async #oneByOne(): Promise<Violation | undefined> {
    for (const sync of this.stage.world.company.keys()) {
      const faults = drawFaults(this.#chance, !this.stage.inDoubt && this.#lastWasTrue(sync));
      const violation = await this.stage.pass(sync, faults, this.#few.window());
      if (violation !== undefined) return violation;
      if (!isLie(faults) && this.#chance.happens(0.4)) await this.stage.approve(sync);
      else if (this.#chance.happens(0.2)) await this.#wrongYes(sync);
    }
    return undefined;
  }

  /** Several processes at the same moment: one works, the others wait for their turn. */
  async #allAtOnce(): Promise<Violation | undefined> {
    const syncs = [...this.stage.world.company.keys()];
    const found = await Promise.all([...syncs, ...syncs].map((sync) => this.stage.pass(sync)));
    return found.find((violation) => violation !== undefined);
  }

  async #wrongYes(sync: string): Promise<void> {
    const how = this.#chance.oneOf('expired', 'expired', 'for another sync', 'of another digest');
    this.stage.say(await approveWrongly(this.stage.world, sync, how));
  }

  /** A lie is told once; only after a true reading that counted may the next be told. */
  #lastWasTrue(sync: string): boolean {
    const { world } = this.stage;
    const last = world.passes.findLast((pass) => pass.sync === sync && pass.whole);
    const { size } = world.sources.get(world.company.get(sync)?.hr ?? '')?.people ?? { size: 0 };
    return last?.endedWell === true && (last.listed?.size ?? 0) >= size * 0.9;
  }
}
