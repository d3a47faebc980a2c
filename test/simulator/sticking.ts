import type { Violation } from './claims.ts';
import { stuckBy } from './forms.ts';
import type { LogEntry, PassTrace } from './trace.ts';
import type { World } from './world.ts';

/** How often a value may be sent that the target does not keep. */
const enough = 3;

/** C5: a value that the target never shows is written a few times under one mapping, and not for ever. */
export class Sticking {
  readonly #attribute: string | undefined;
  readonly #passes: readonly PassTrace[];
  /** By account: what was sent last, under which revision, how often, and in which pass. */
  readonly #sent = new Map<string, { what: string; times: number; pass: number }>();

  constructor({ target, passes }: World) {
    this.#attribute = stuckBy(target.habit);
    this.#passes = passes;
  }

  forget(): void {
    this.#sent.clear();
  }

  check({ pass, personId, accountId, set, kind, answered }: LogEntry): Violation | undefined {
    const name = this.#attribute;
    if (name === undefined || accountId === null || !(name in set) || kind === 'create') return undefined;
    const what = `${String(set[name])} ${pass.revision}`;
    const last = this.#sent.get(accountId);
    const same = last?.what === what && this.#wantedSince(last.pass, pass, personId, set[name]);
    // What became of a write without an answer is told by looking: as the value never sticks, it counts as not done.
    const times = (same ? last.times : 0) + (answered ? 1 : 0);
    this.#sent.set(accountId, { what, times, pass: pass.number });
    if (times <= enough) return undefined;
    return {
      claim: 'C5',
      text: `the same ${name} was sent to ${accountId} ${times} times, and it never sticks`,
    };
  }

  /** False where HR wanted something else in between, be it by a mistake: then it is tried anew. */
  #wantedSince(first: number, { sync, number }: PassTrace, personId: string, value: unknown): boolean {
    const name = this.#attribute === 'unit' ? 'department' : 'phone';
    const between = this.#passes.slice(first, number).filter((one) => one.sync === sync && one.saw(personId));
    return between.every(({ listed }) => listed?.get(personId)?.[name] === value);
  }
}
